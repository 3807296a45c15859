/**
 * Judges an authorization request (RFC 6749 §4.1.1). The checks are a list in `judge`; where the line lies between an
 * error page and a redirect back to the client is said there, and only there.
 */
import { type Client, needsPkce } from './client.ts';
import type { OAuthErrorCode } from './errors.ts';
import { printable, type ReadParams } from './params.ts';
import { judgeChallenge } from './pkce.ts';
import { matchesRegistered } from './redirect-uri.ts';
import { apiResource, knowsResources } from './resource.ts';
import { narrowScope } from './scope.ts';

/** Why the browser stays here: the client or its redirect URI cannot be trusted (RFC 6749 §4.1.2.1, RFC 9700 §4.11.2). */
export type PageReason =
  | 'request-too-long'
  | 'client-missing'
  | 'client-unknown'
  | 'client-disabled'
  | 'redirect-missing'
  | 'redirect-mismatch';

export type AuthorizationRequest = {
  readonly redirectUri: string;
  readonly redirectUriSent: boolean;
  readonly scopes: readonly string[];
  readonly state: string | null;
  readonly codeChallenge: string | null;
  /** RFC 8707; null when none was named. */
  readonly resource: string | null;
};

export type RequestVerdict =
  | { kind: 'ok'; request: AuthorizationRequest }
  | { kind: 'page'; reason: PageReason }
  | {
      kind: 'redirect';
      redirectUri: string;
      state: string | null;
      error: OAuthErrorCode;
      description: string;
    };

/** RFC 6749 gives neither a length: what is kept while someone logs in has to have one. */
const MAX_STATE_BYTES = 4_000;
const MAX_QUERY_BYTES = 5_000; // as sent

export const isTooLong = (query: string): boolean => query.length > MAX_QUERY_BYTES;

/** `client` is what the store holds for `client_id`; undefined when there is none. `known`: every scope of this server. */
export function judgeRequest(
  read: ReadParams,
  client: Client | undefined,
  issuer: string,
  known: readonly string[],
): RequestVerdict {
  const { params, repeated } = read;
  // Up to here nothing is known about where a redirect would lead: errors are pages.
  if (params.get('client_id') === undefined || repeated.includes('client_id')) return page('client-missing');
  if (!client) return page('client-unknown');
  if (client.disabledAt !== null) return page('client-disabled');
  const redirectUri = redirectUriOf(read, client);
  if (typeof redirectUri !== 'string') return redirectUri;
  // From here on the redirect URI is the client's own: errors go back to it, with `state` and `iss`.
  const state = params.get('state') ?? null;
  const scopes = scopesOf(params.get('scope'), client, known);
  const challenge = judgeChallenge(
    params.get('code_challenge'),
    params.get('code_challenge_method'),
    needsPkce(client),
  );
  const fault =
    shapeFault(read, state) ??
    typeFault(read, client) ??
    scopeFault(scopes) ??
    challengeFault(challenge) ??
    targetFault(read, issuer);
  if (fault || !scopes || !challenge.ok) {
    return { kind: 'redirect', redirectUri, state, ...(fault ?? SERVER_FAULT) };
  }
  return {
    kind: 'ok',
    request: {
      redirectUri,
      redirectUriSent: params.has('redirect_uri'),
      scopes,
      state,
      codeChallenge: challenge.challenge,
      resource: read.resources[0] ?? null,
    },
  };
}

type Fault = { error: OAuthErrorCode; description: string };

const SERVER_FAULT: Fault = { error: 'server_error', description: 'The request could not be judged.' };

const page = (reason: PageReason): RequestVerdict => ({ kind: 'page', reason });

/** RFC 6749 §3.1.2.3: may be left out only when exactly one is registered. */
function redirectUriOf({ params, repeated }: ReadParams, client: Client): string | RequestVerdict {
  if (repeated.includes('redirect_uri')) return page('redirect-mismatch');
  const asked = params.get('redirect_uri');
  const only = client.redirectUris.length === 1 ? client.redirectUris[0] : undefined;
  if (asked === undefined) return only ?? page('redirect-missing');
  return matchesRegistered(asked, client.redirectUris) ? asked : page('redirect-mismatch');
}

function shapeFault({ repeated, malformed }: ReadParams, state: string | null): Fault | undefined {
  const twice = repeated[0];
  if (twice !== undefined) return invalid(`The parameter ${printable(twice)} is sent more than once.`);
  const bad = malformed[0];
  if (bad !== undefined)
    return invalid(`The parameter ${printable(bad)} holds characters that are not allowed.`);
  if (state !== null && Buffer.byteLength(state) > MAX_STATE_BYTES) {
    return invalid(`The parameter state is longer than ${MAX_STATE_BYTES} bytes.`);
  }
  return undefined;
}

function typeFault({ params }: ReadParams, client: Client): Fault | undefined {
  const type = params.get('response_type');
  if (type === undefined) return invalid('The parameter response_type is missing; send response_type=code.');
  if (type !== 'code') {
    return { error: 'unsupported_response_type', description: 'The only supported response_type is code.' };
  }
  if (!['query', undefined].includes(params.get('response_mode'))) {
    return invalid('The only supported response_mode is query.');
  }
  if (params.has('request') || params.has('request_uri')) {
    return invalid('Request objects are not supported; send plain parameters.');
  }
  if (!client.grantTypes.includes('authorization_code')) {
    return {
      error: 'unauthorized_client',
      description: 'The client is not registered for authorization_code.',
    };
  }
  return undefined;
}

/** No `scope` asks for all that the client is registered for (RFC 6749 §3.3). */
const scopesOf = (
  text: string | undefined,
  client: Client,
  known: readonly string[],
): readonly string[] | undefined =>
  text === undefined ? client.scopes : narrowScope(text, client.scopes, known);

const scopeFault = (scopes: readonly string[] | undefined): Fault | undefined =>
  scopes && scopes.length > 0
    ? undefined
    : {
        error: 'invalid_scope',
        description: 'The scope is malformed, unknown, or not registered for this client.',
      };

const challengeFault = (verdict: ReturnType<typeof judgeChallenge>): Fault | undefined =>
  verdict.ok ? undefined : invalid(verdict.why);

/** RFC 8707 §2.1. */
const targetFault = ({ resources }: ReadParams, issuer: string): Fault | undefined =>
  knowsResources(resources, issuer)
    ? undefined
    : { error: 'invalid_target', description: `The only resource is ${apiResource(issuer)}.` };

const invalid = (description: string): Fault => ({ error: 'invalid_request', description });
