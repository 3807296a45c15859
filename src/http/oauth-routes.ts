/** POST /token and the documents by which clients find it. Errors leave in OAuth form (RFC 6749 §5.2). */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sha256Base64url } from '../base/bytes.ts';
import type { TokenRequest } from '../flow/authenticate-client.ts';
import { introspectToken } from '../flow/introspect.ts';
import { revokeToken } from '../flow/revoke.ts';
import { issueToken } from '../flow/token.ts';
import type { TokenDeps } from '../flow/token-deps.ts';
import { unavailableFor } from '../flow/unavailable.ts';
import type { SigningKey } from '../keys/keyring.ts';
import { OAuthError } from '../oauth/errors.ts';
import { authorizationServerMetadata, protectedResourceMetadata } from '../oauth/metadata.ts';
import { strictParams } from '../oauth/params.ts';
import { callerOf } from './caller.ts';
import { addressKey, type Limiter, retryAfter, TooManyError } from './limits.ts';

const FORM = 'application/x-www-form-urlencoded';
const DOCUMENT_CACHE = 'public, max-age=300'; // seconds that a client may keep metadata and keys

export type OAuthRoutes = {
  readonly token: TokenDeps;
  readonly adminRoute: string;
  readonly keys: () => readonly SigningKey[];
  /** Called after a revocation, so that this node sees it at once. */
  readonly forgetTokens: () => void;
  /** Failed requests a minute. */
  readonly failures: Limiter;
};

export async function oauthRoutes(app: FastifyInstance, deps: OAuthRoutes): Promise<void> {
  app.setErrorHandler(answerError);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume();
    done(new OAuthError('invalid_request', `Send the parameters as ${FORM}.`));
  });

  app.post('/token', async (request, reply) =>
    noStore(reply).send(await counted(deps, request, (asked) => issueToken(deps.token, asked))),
  );
  app.post('/revoke', async (request, reply) => {
    await counted(deps, request, (asked) => revokeToken(deps.token, asked));
    deps.forgetTokens();
    // RFC 7009 §2.2: clients ignore the body; some fail when it is not JSON (simple-oauth2).
    return noStore(reply).send({});
  });
  app.post('/introspect', async (request, reply) =>
    noStore(reply).send(await counted(deps, request, (asked) => introspectToken(deps.token, asked))),
  );
  for (const url of ['/token', '/revoke', '/introspect']) onlyPost(app, url);
}

/** RFC 8414, RFC 9728, RFC 7517: exact, cacheable, readable from any origin. */
export async function documentRoutes(app: FastifyInstance, deps: OAuthRoutes): Promise<void> {
  const { issuer, scopes } = deps.token;
  const server = JSON.stringify(authorizationServerMetadata(issuer, deps.adminRoute, scopes));
  const resource = JSON.stringify(protectedResourceMetadata(issuer, scopes));
  const keys = () => JSON.stringify({ keys: deps.keys().map(({ jwk }) => jwk) });
  app.get('/.well-known/oauth-authorization-server', (request, reply) => document(request, reply, server));
  app.get('/.well-known/oauth-protected-resource', (request, reply) => document(request, reply, resource));
  app.get('/.well-known/oauth-protected-resource/api', (request, reply) =>
    document(request, reply, resource),
  );
  app.get('/.well-known/jwks.json', (request, reply) => document(request, reply, keys()));
}

function document(request: FastifyRequest, reply: FastifyReply, body: string): FastifyReply {
  const etag = `"${sha256Base64url(body).slice(0, 22)}"`;
  reply
    .header('etag', etag)
    .header('cache-control', DOCUMENT_CACHE)
    .header('access-control-allow-origin', '*');
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  return reply.type('application/json; charset=utf-8').send(body);
}

/**
 * Does `work` and counts its failure against the address and, once it has proven itself, the client: naming a client is
 * not enough to use up its share.
 */
async function counted<T>(
  deps: OAuthRoutes,
  request: FastifyRequest,
  work: (asked: TokenRequest) => Promise<T>,
): Promise<T> {
  const sources = [addressKey(request)];
  await deps.failures.check(sources);
  const onAuthenticated = async (clientId: string) => {
    sources.push(`client ${clientId}`);
    await deps.failures.check(sources);
  };
  try {
    return await work({ ...tokenRequest(request), onAuthenticated });
  } catch (error) {
    if (!unavailableFor(error)) await deps.failures.count(sources);
    // A replay or reuse has ended a grant: this node must see it at once.
    deps.forgetTokens();
    throw error;
  }
}

const tokenRequest = (request: FastifyRequest): Omit<TokenRequest, 'onAuthenticated'> => ({
  ...strictParams(formOf(request)),
  authorization: request.headers.authorization,
  caller: callerOf(request),
});

function formOf(request: FastifyRequest): string {
  // RFC 6749 §3.2: parameters in the body; a query could end up in logs (BCP-36).
  if (request.url.includes('?'))
    throw new OAuthError('invalid_request', 'Send the parameters in the body, not in the URL.');
  return typeof request.body === 'string' ? request.body : '';
}

function onlyPost(app: FastifyInstance, url: string): void {
  app.route({
    method: ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url,
    handler: async (_request, reply) => {
      reply.code(405).header('allow', 'POST');
      return noStore(reply).send({ error: 'invalid_request', error_description: 'Use POST.' });
    },
  });
}

const noStore = (reply: FastifyReply): FastifyReply =>
  reply.header('cache-control', 'no-store').header('pragma', 'no-cache');

function answerError(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const away = unavailableFor(error);
  const known = away ? new OAuthError('temporarily_unavailable') : asOAuthError(error);
  if (away) {
    request.log.warn({ err: error, why: away.why }, 'request put off');
    reply.header('retry-after', String(away.retryAfterSeconds));
  } else if (known.status >= 500) request.log.error({ err: error }, 'request failed');
  else request.log.info({ oauth: known.code, detail: known.detail }, 'request refused');
  noStore(reply).code(known.status);
  if (error instanceof TooManyError) retryAfter(reply, error);
  // RFC 9110 §15.5.2: a 401 names the scheme to use.
  if (known.status === 401) reply.header('www-authenticate', 'Basic realm="tegata", charset="UTF-8"');
  return reply.send({ error: known.code, error_description: known.description, request_id: request.id });
}

function asOAuthError(error: FastifyError | Error): OAuthError {
  if (error instanceof OAuthError) return error;
  if (error instanceof TooManyError) return new OAuthError('too_many_requests');
  const status = 'statusCode' in error ? error.statusCode : undefined;
  if (status === 413) return new OAuthError('invalid_request', 'The request body is too large.');
  if (status !== undefined && status < 500) return new OAuthError('invalid_request');
  return new OAuthError('server_error');
}
