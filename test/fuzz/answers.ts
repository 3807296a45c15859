/** What every answer must be, whatever was asked: in the form of its protocol, never an error of the server. */
import type { LightMyRequestResponse } from 'fastify';
import { CATALOGUE } from '../../src/oauth/rules/errors.ts';
import { REDIRECT_URIS, type Target } from './target.ts';

class Finding extends Error {}

const must = (holds: boolean, what: string, answer: LightMyRequestResponse): void => {
  if (holds) return;
  const { statusCode, headers, body } = answer;
  throw new Finding(`${what}: ${statusCode} ${JSON.stringify(headers)} ${body.slice(0, 400)}`);
};

const PRINTABLE = /^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/;

/** RFC 6749 §5, RFC 7009 §2.2, RFC 7662 §2.2. `proven`: whether the request held good credentials. */
export function judgeTokenAnswer(path: string, answer: LightMyRequestResponse, proven: boolean): void {
  const { statusCode, headers } = answer;
  must([200, 400, 401].includes(statusCode), 'a strange status', answer);
  must(headers['cache-control'] === 'no-store', 'an answer that may be kept', answer);
  must(headers['access-control-allow-origin'] === undefined, 'CORS', answer);
  if (statusCode === 200) {
    must(proven, 'taken without credentials', answer);
    judgeGood(path, answer);
    return;
  }
  const body = objectOf(answer);
  must(Object.keys(body).sort().join() === 'error,error_description,request_id', 'a strange error', answer);
  must(Object.hasOwn(CATALOGUE, String(body.error)), 'an unknown error', answer);
  must(PRINTABLE.test(String(body.error_description)), 'a description beyond RFC 6749', answer);
  must((statusCode === 401) === (headers['www-authenticate'] !== undefined), 'a challenge amiss', answer);
}

function judgeGood(path: string, answer: LightMyRequestResponse): void {
  if (path === '/revoke') {
    must(answer.body === '{}', 'a body after a revocation', answer);
    return;
  }
  const body = objectOf(answer);
  if (path === '/introspect') {
    must(typeof body.active === 'boolean', 'no introspection', answer);
    return;
  }
  must(body.token_type === 'Bearer' && typeof body.access_token === 'string', 'no token', answer);
  must(typeof body.scope === 'string' && body.scope !== '', 'no scope', answer);
}

export function objectOf(answer: LightMyRequestResponse): Record<string, unknown> {
  must(/^application\/json/.test(String(answer.headers['content-type'])), 'no JSON', answer);
  return answer.json();
}

/** What the authorization endpoint did: a page for the member, a page that ends here, the login, or an error for the client. */
export type Outcome = 'consent' | 'page' | 'login' | { readonly error: string };

/** RFC 6749 §4.1.2.1, RFC 9700 §4.11: the browser goes to the login or back to a registered address, and nowhere else. */
export function judgeAuthorizeAnswer(target: Target, answer: LightMyRequestResponse): Outcome {
  const { statusCode, headers } = answer;
  must([200, 303, 400].includes(statusCode), 'a strange status', answer);
  must(headers['access-control-allow-origin'] === undefined, 'CORS', answer);
  const location = headers.location;
  if (statusCode !== 303) {
    must(/frame-ancestors/.test(String(headers['content-security-policy'])), 'can be framed', answer);
    must(location === undefined, 'a page with an address to go to', answer);
    must(/^text\/html/.test(String(headers['content-type'])), 'no page', answer);
    must(!answer.body.includes('<script>alert'), 'input as markup', answer);
    return statusCode === 200 ? 'consent' : 'page';
  }
  if (/^\/admin\/login(?:\?|$)/.test(String(location))) return 'login';
  return clientError(target, answer, String(location));
}

function clientError(target: Target, answer: LightMyRequestResponse, location: string): Outcome {
  const base = REDIRECT_URIS.find((uri) => location.startsWith(`${uri}${uri.includes('?') ? '&' : '?'}`));
  must(base !== undefined || isLoopback(location.split('?')[0] ?? ''), 'a redirect elsewhere', answer);
  const params = new URL(location).searchParams;
  must(params.get('iss') === target.issuer && params.getAll('iss').length === 1, 'no issuer', answer);
  must(!params.has('code') && Object.hasOwn(CATALOGUE, params.get('error') ?? ''), 'no error', answer);
  return { error: params.get('error') ?? '' };
}

/** RFC 8252 §7.3 of the one that is registered. */
export function isLoopback(uri: string): boolean {
  const port = /^http:\/\/127\.0\.0\.1(?::(\d{1,5}))?\/cb$/.exec(uri);
  return port !== null && Number(port[1] ?? 0) <= 65_535;
}

export const expectThat = (holds: boolean, what: string): void => {
  if (!holds) throw new Finding(what);
};
