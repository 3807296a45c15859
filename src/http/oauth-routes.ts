/** POST /token and the documents by which clients find it. Errors leave in OAuth form (RFC 6749 §5.2). */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { sha256Base64url } from '../base/bytes.ts';
import type { SigningKey } from '../oauth/keys/keyring.ts';
import { type Client, GRANT_TYPES, type GrantType } from '../oauth/rules/client.ts';
import { OAuthError } from '../oauth/rules/errors.ts';
import {
  authorizationServerMetadata,
  protectedResourceMetadata,
  type WellKnown,
  wellKnownUrl,
} from '../oauth/rules/metadata.ts';
import { type Params, strictParams } from '../oauth/rules/params.ts';
import { apiResource } from '../oauth/rules/resource.ts';
import { authenticateClient, type TokenRequest } from '../oauth/token/authenticate-client.ts';
import { introspectToken } from '../oauth/token/introspect.ts';
import { revokeToken } from '../oauth/token/revoke.ts';
import { grantTypeOf, issueToken } from '../oauth/token/token.ts';
import type { TokenDeps } from '../oauth/token/token-deps.ts';
import { type Door, openToPages } from './cors.ts';
import { addressKeys, type Limiter, retryAfter, TooManyError } from './limits.ts';
import { originOf } from './origin.ts';
import { withPatience } from './patience.ts';
import { tellStandings } from './rate-limit.ts';
import { isMultipart, tokenBodies } from './token-body.ts';
import { logPutOff, unavailableFor } from './unavailable.ts';

const BY_PAGES: Door = { methods: 'POST', headers: 'Authorization, Content-Type, *' };
// MCP clients, for one, add a header of their own, which makes browsers ask first.
const READ_BY_PAGES: Door = { methods: 'GET', headers: '*' };
const DOCUMENT_CACHE = 'public, max-age=300'; // seconds that a client may keep metadata and keys

export type OAuthRouteDeps = {
  readonly token: TokenDeps;
  readonly adminRoute: string;
  readonly keys: () => readonly SigningKey[];
  /** Failed requests a minute. */
  readonly failures: Limiter;
  /** Told of each answer of `/token`; `none` = no error. Both are words of the protocol. */
  readonly countTokenAnswer: (grantType: string, error: string) => void;
};

export async function oauthRoutes(app: FastifyInstance, deps: OAuthRouteDeps): Promise<void> {
  app.setErrorHandler(answerError);
  tokenBodies(app);
  openToPages(app, { '/token': BY_PAGES, '/revoke': BY_PAGES });

  app.post('/token', async (request, reply) =>
    noStore(reply).send(
      await counted(deps, request, (judge) =>
        admitted(deps, request, reply, (client, asked) => issueToken(deps.token, client, asked), judge),
      ),
    ),
  );
  app.post('/revoke', async (request, reply) => {
    await admitted(deps, request, reply, (client, asked) => revokeToken(deps.token, client, asked));
    // RFC 7009 §2.2: clients ignore the body; some fail when it is not JSON (simple-oauth2).
    return noStore(reply).send({});
  });
  app.post('/introspect', async (request, reply) =>
    noStore(reply).send(
      await admitted(deps, request, reply, (client, asked) => introspectToken(deps.token, client, asked)),
    ),
  );
  onlyPost(app, '/token', ['GET', 'PUT', 'PATCH', 'DELETE']);
  onlyPost(app, '/revoke', ['GET', 'PUT', 'PATCH', 'DELETE']);
  onlyPost(app, '/introspect', ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
}

/** RFC 8414, RFC 9728, RFC 7517: exact, cacheable, readable from any origin. */
export async function documentRoutes(app: FastifyInstance, deps: OAuthRouteDeps): Promise<void> {
  const { issuer, scopes } = deps.token;
  const server = JSON.stringify(authorizationServerMetadata(issuer, deps.adminRoute, scopes));
  const resource = JSON.stringify(protectedResourceMetadata(issuer, scopes));
  const keys = () => JSON.stringify({ keys: deps.keys().map(({ jwk }) => jwk) });
  const placeOf = (name: WellKnown, url: string) => new URL(wellKnownUrl(name, url)).pathname;
  const documents: Readonly<Record<string, () => string>> = {
    '/.well-known/oauth-authorization-server': () => server,
    [placeOf('oauth-authorization-server', issuer)]: () => server,
    '/.well-known/oauth-protected-resource': () => resource,
    '/.well-known/oauth-protected-resource/api': () => resource,
    [placeOf('oauth-protected-resource', issuer)]: () => resource,
    [placeOf('oauth-protected-resource', apiResource(issuer))]: () => resource,
    '/.well-known/jwks.json': keys,
  };
  for (const [url, text] of Object.entries(documents)) {
    app.get(url, (request, reply) => document(request, reply, text()));
  }
  openToPages(app, Object.fromEntries(Object.keys(documents).map((url) => [url, READ_BY_PAGES])));
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
 * Authenticates the client, limits, then does `work`. A failure counts against the address and, once it has proven itself,
 * the client: naming a client is not enough to use up its share. A public client proves nothing. The answer
 * says how many failures are left.
 */
async function admitted<T>(
  deps: OAuthRouteDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (client: Client, asked: TokenRequest) => Promise<T>,
  /** Throws for what is refused no matter who asks. */
  judge: (params: Params) => void = () => {},
): Promise<T> {
  const sources = addressKeys(request);
  let standing = await deps.failures.check(sources);
  try {
    const given = tokenRequest(request);
    judge(given.params);
    return await withPatience(request, deps.token.patienceMs, async (patience) => {
      const asked = { ...given, patience };
      const client = await authenticateClient(deps.token, asked);
      if (!client.isPublic) sources.push(`client ${client.clientId}`);
      standing = await deps.failures.check(sources);
      return work(client, asked);
    });
  } catch (error) {
    if (!unavailableFor(error)) standing = await deps.failures.count(sources);
    throw error;
  } finally {
    tellStandings(reply, [standing]);
  }
}

/** Counts the answer by its grant type and error code; an unknown grant type is `other`. */
async function counted<T>(
  deps: OAuthRouteDeps,
  request: FastifyRequest,
  work: (judge: (params: Params) => void) => Promise<T>,
): Promise<T> {
  let grantType: GrantType | undefined;
  const judge = (params: Params): void => {
    grantType = grantTypeOf(params);
  };
  try {
    const answer = await work(judge);
    deps.countTokenAnswer(grantType ?? 'other', 'none');
    return answer;
  } catch (error) {
    deps.countTokenAnswer(grantType ?? namedGrantType(request), asOAuthError(error as Error).code);
    throw error;
  }
}

/** Of a request that was refused before it was read. */
function namedGrantType({ body }: FastifyRequest): GrantType | 'other' {
  const asked = new URLSearchParams(typeof body === 'string' ? body : '').get('grant_type');
  return GRANT_TYPES.find((one) => one === asked) ?? 'other';
}

const tokenRequest = (request: FastifyRequest): Omit<TokenRequest, 'patience'> => ({
  ...strictParams(formOf(request)),
  authorization: request.headers.authorization,
  origin: originOf(request),
});

function formOf(request: FastifyRequest): string {
  // RFC 6749 §3.2: parameters in the body; a query could end up in logs (BCP-36).
  if (request.url.includes('?'))
    throw new OAuthError('invalid_request', 'Send the parameters in the body, not in the URL.');
  return typeof request.body === 'string' ? request.body : '';
}

function onlyPost(app: FastifyInstance, url: string, method: HTTPMethods[]): void {
  app.route({
    method,
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
    logPutOff(request, error, away);
    reply.header('retry-after', String(away.retryAfterSeconds));
  } else if (known.status >= 500) request.log.error({ err: error }, 'request failed');
  else request.log.info({ oauth: known.code, detail: known.detail }, 'request refused');
  const status = statusOf(known, request);
  noStore(reply).code(status);
  if (error instanceof TooManyError) retryAfter(reply, error);
  // RFC 9110 §15.5.2: a 401 names the scheme to use.
  if (status === 401) reply.header('www-authenticate', 'Basic realm="tegata", charset="UTF-8"');
  return reply.send({ error: known.code, error_description: known.description, request_id: request.id });
}

/**
 * RFC 6749 §5.2: a 401 is owed to who used the Authorization header. HTTP libraries may answer one by sending the request
 * again, which they cannot do with a multipart body: then the answer would be lost.
 */
function statusOf({ code, status }: OAuthError, { headers }: FastifyRequest): number {
  const retried = code === 'invalid_client' && headers.authorization === undefined;
  return retried && isMultipart(headers['content-type']) ? 400 : status;
}

function asOAuthError(error: FastifyError | Error): OAuthError {
  if (error instanceof OAuthError) return error;
  if (error instanceof TooManyError) return new OAuthError('too_many_requests');
  const status = 'statusCode' in error ? error.statusCode : undefined;
  if (status === 413) return new OAuthError('invalid_request', 'The request body is too large.');
  if (status !== undefined && status < 500) return new OAuthError('invalid_request');
  return new OAuthError('server_error');
}
