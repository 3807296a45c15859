/**
 * `@jmondi/oauth2-server`: its repositories on SQLite; codes and refresh tokens opaque, so that it signs once for an answer;
 * access tokens are JWTs by its `JwtInterface`.
 */
import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { AuthorizationServer, DateInterval, OAuthException, OAuthRequest } from '@jmondi/oauth2-server';
import { handleVanillaError } from '@jmondi/oauth2-server/vanilla';
import known from './client.json' with { type: 'json' };
import { openDatabase, signingKey, signJwt } from './storage.mjs';

const { issuer: ISSUER, client: CLIENT, member: MEMBER, livesInSeconds: LIVES } = known;

const SCHEMA = `
  create table if not exists client (id text primary key, name text not null, secret text not null,
    redirect_uris text not null, grants text not null, scope text not null) without rowid;
  create table if not exists code (code text primary key, client_id text not null, user_id text not null,
    redirect_uri text, scope text not null, challenge text, challenge_method text, expires_at integer not null
  ) without rowid;
  create table if not exists token (access_token text primary key, access_expires_at integer not null,
    refresh_token text, refresh_expires_at integer, client_id text not null, user_id text, scope text not null,
    code text) without rowid;
  create unique index if not exists token_refresh on token (refresh_token) where refresh_token is not null;
  create index if not exists token_code on token (code) where code is not null`;

export function open(folder) {
  const database = openDatabase(folder, SCHEMA);
  const { id, secret, redirectUri, grants, scopes } = CLIENT;
  database
    .prepare('insert or ignore into client values (?, ?, ?, ?, ?, ?)')
    .run(id, 'bench', secret, redirectUri, grants.join(' '), scopes.join(' '));
  const clients = clientsOn(database);
  const codes = codesOn(database, clients);
  const server = serverOf(clients, codes, tokensOn(database, clients), signingKey(folder));
  return {
    answer: (request, response) => answer(server, request, response),
    makeCode: () => makeCode(codes),
    database,
  };
}

function serverOf(clients, codes, tokens, key) {
  const jwt = {
    sign: (claims) => signJwt(claims, key),
    verify: () => Promise.reject(new Error('nothing here is a JWT but access tokens, which go to the API')),
    decode: () => null,
  };
  const server = new AuthorizationServer(clients, tokens, scopes, jwt, {
    issuer: ISSUER,
    requiresPKCE: false,
    useOpaqueAuthorizationCodes: true,
    useOpaqueRefreshTokens: true,
  });
  const life = new DateInterval(`${LIVES.access}s`);
  server.enableGrantTypes(['client_credentials', life], ['refresh_token', life]);
  server.enableGrantType(
    { grant: 'authorization_code', authCodeRepository: codes, userRepository: users },
    life,
  );
  return server;
}

async function answer(server, incoming, outgoing) {
  const body = Object.fromEntries(new URLSearchParams(await text(incoming)));
  const request = new OAuthRequest({ headers: incoming.headers, body });
  const told = await server.respondToAccessTokenRequest(request).catch(handleVanillaError);
  const json = JSON.stringify(told.body);
  outgoing.writeHead(told.status, {
    ...told.headers,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(json),
  });
  outgoing.end(json);
}

const scopesOf = (list) => list.split(' ').map((name) => ({ name }));
const listOf = (scopes) => scopes.map(({ name }) => name).join(' ');

const scopes = {
  getAllByIdentifiers: async (names) =>
    names.filter((name) => CLIENT.scopes.includes(name)).map((name) => ({ name })),
  finalize: async (asked, _grant, client) => (asked.length > 0 ? asked : client.scopes),
};

const users = { getUserByCredentials: async (id) => ({ id }) };

function clientsOn(database) {
  const find = database.prepare('select * from client where id = ?');
  return {
    getByIdentifier: async (id) => {
      const row = find.get(id);
      return (
        row && {
          id: row.id,
          name: row.name,
          secret: row.secret,
          redirectUris: row.redirect_uris.split(' '),
          allowedGrants: row.grants.split(' '),
          scopes: scopesOf(row.scope),
        }
      );
    },
    isClientValid: async (grant, client, secret) =>
      client.secret === secret && client.allowedGrants.includes(grant),
  };
}

function codesOn(database, clients) {
  const find = database.prepare('select * from code where code = ?');
  const insert = database.prepare('insert into code values (?, ?, ?, ?, ?, ?, ?, ?)');
  const remove = database.prepare('delete from code where code = ?');
  return {
    getByIdentifier: async (value) => {
      const row = find.get(value);
      if (!row) return undefined;
      return {
        code: row.code,
        redirectUri: row.redirect_uri,
        codeChallenge: row.challenge,
        codeChallengeMethod: row.challenge_method,
        expiresAt: new Date(row.expires_at),
        user: { id: row.user_id },
        client: await clients.getByIdentifier(row.client_id),
        scopes: scopesOf(row.scope),
      };
    },
    issueAuthCode: (client, user, scopes) => ({
      code: randomBytes(32).toString('base64url'),
      client,
      user,
      scopes,
      expiresAt: new Date(Date.now() + LIVES.code * 1000),
    }),
    persist: async (code) => {
      const { codeChallenge = null, codeChallengeMethod = null, redirectUri = null } = code;
      const approved = [code.code, code.client.id, code.user.id, redirectUri, listOf(code.scopes)];
      insert.run(...approved, codeChallenge, codeChallengeMethod, Number(code.expiresAt));
    },
    isRevoked: async (value) => find.get(value) === undefined,
    revoke: async (value) => {
      remove.run(value);
    },
  };
}

function tokensOn(database, clients) {
  const byRefresh = database.prepare('select * from token where refresh_token = ?');
  const upsert = database.prepare(`insert into token values (?, ?, ?, ?, ?, ?, ?, ?)
    on conflict (access_token) do update set refresh_token = excluded.refresh_token,
    refresh_expires_at = excluded.refresh_expires_at, access_expires_at = excluded.access_expires_at`);
  const remove = database.prepare('delete from token where access_token = ?');
  const removeOfCode = database.prepare('delete from token where code = ?');

  const persist = async (token) => {
    const { refreshToken = null, refreshTokenExpiresAt, originatingAuthCodeId = null } = token;
    const refresh = [refreshToken, refreshTokenExpiresAt ? Number(refreshTokenExpiresAt) : null];
    const whose = [token.client.id, token.user?.id ?? null, listOf(token.scopes), originatingAuthCodeId];
    upsert.run(token.accessToken, Number(token.accessTokenExpiresAt), ...refresh, ...whose);
  };
  return {
    issueToken: async (client, scopes, user) => ({
      accessToken: randomBytes(32).toString('base64url'),
      accessTokenExpiresAt: new Date(Date.now() + LIVES.access * 1000),
      client,
      user,
      scopes,
    }),
    issueRefreshToken: async (token) => {
      token.refreshToken = randomBytes(32).toString('base64url');
      token.refreshTokenExpiresAt = new Date(Date.now() + LIVES.refresh * 1000);
      await persist(token);
      return token;
    },
    persist,
    revoke: async ({ accessToken }) => {
      remove.run(accessToken);
    },
    revokeDescendantsOf: async (code) => {
      removeOfCode.run(code);
    },
    isRefreshTokenRevoked: async ({ refreshTokenExpiresAt }) => Number(refreshTokenExpiresAt) < Date.now(),
    getByRefreshToken: async (value) => {
      const row = byRefresh.get(value);
      if (!row) throw OAuthException.invalidGrant('unknown refresh token');
      return {
        accessToken: row.access_token,
        accessTokenExpiresAt: new Date(row.access_expires_at),
        refreshToken: row.refresh_token,
        refreshTokenExpiresAt: new Date(row.refresh_expires_at),
        client: await clients.getByIdentifier(row.client_id),
        user: row.user_id === null ? null : { id: row.user_id },
        scopes: scopesOf(row.scope),
        originatingAuthCodeId: row.code ?? undefined,
      };
    },
  };
}

async function makeCode(codes) {
  const code = codes.issueAuthCode(
    CLIENT,
    MEMBER,
    CLIENT.scopes.map((name) => ({ name })),
  );
  await codes.persist({ ...code, redirectUri: CLIENT.redirectUri });
  return code.code;
}
