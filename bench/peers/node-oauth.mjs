/** `@node-oauth/oauth2-server`: its model on SQLite; access tokens are JWTs by `generateAccessToken`, and stored as it asks for. */
import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import OAuth2Server from '@node-oauth/oauth2-server';
import known from './client.json' with { type: 'json' };
import { openDatabase, signingKey, signJwt } from './storage.mjs';

const { issuer: ISSUER, client: CLIENT, member: MEMBER, livesInSeconds: LIVES } = known;

const SCHEMA = `
  create table if not exists client (id text primary key, secret text not null, redirect_uris text not null,
    grants text not null, scope text not null) without rowid;
  create table if not exists code (code text primary key, client_id text not null, user_id text not null,
    redirect_uri text not null, scope text not null, expires_at integer not null) without rowid;
  create table if not exists access_token (token text primary key, client_id text not null, user_id text,
    scope text not null, expires_at integer not null) without rowid;
  create table if not exists refresh_token (token text primary key, client_id text not null, user_id text,
    scope text not null, expires_at integer not null) without rowid`;

export function open(folder) {
  const database = openDatabase(folder, SCHEMA);
  const { id, secret, redirectUri, grants, scopes } = CLIENT;
  database
    .prepare('insert or ignore into client values (?, ?, ?, ?, ?)')
    .run(id, secret, redirectUri, grants.join(' '), scopes.join(' '));
  const model = modelOn(database, signingKey(folder));
  const server = new OAuth2Server({
    model,
    accessTokenLifetime: LIVES.access,
    refreshTokenLifetime: LIVES.refresh,
    allowExtendedTokenAttributes: false,
  });
  return {
    answer: (request, response) => answer(server, request, response),
    makeCode: () => makeCode(model),
    database,
  };
}

async function answer(server, incoming, outgoing) {
  const body = Object.fromEntries(new URLSearchParams(await text(incoming)));
  const { method, headers } = incoming;
  const request = new OAuth2Server.Request({ method, headers, query: {}, body });
  const response = new OAuth2Server.Response();
  await server.token(request, response).catch(() => {}); // the response tells
  const json = JSON.stringify(response.body);
  outgoing.writeHead(response.status, {
    ...response.headers,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(json),
  });
  outgoing.end(json);
}

function modelOn(database, key) {
  const client = database.prepare('select * from client where id = ? and secret = ?');
  const code = database.prepare('select * from code where code = ?');
  const insertCode = database.prepare('insert into code values (?, ?, ?, ?, ?, ?)');
  const deleteCode = database.prepare('delete from code where code = ?');
  const refresh = database.prepare('select * from refresh_token where token = ?');
  const deleteRefresh = database.prepare('delete from refresh_token where token = ?');
  const insertAccess = database.prepare('insert into access_token values (?, ?, ?, ?, ?)');
  const insertRefresh = database.prepare('insert into refresh_token values (?, ?, ?, ?, ?)');

  return {
    getClient: async (id, secret) => clientOf(client.get(id, secret)),
    getUserFromClient: async ({ id }) => ({ id }),
    validateScope: async (_user, { scopes }, scope = scopes) =>
      scope.every((one) => scopes.includes(one)) && scope,

    generateAccessToken: ({ id }, user, scope) => signJwt(claimsOf(id, user.id, scope), key),

    getAuthorizationCode: async (value) => {
      const row = code.get(value);
      return row && { ...approvedOf(row), authorizationCode: row.code, redirectUri: row.redirect_uri };
    },
    saveAuthorizationCode: async (made, { id }, user) => {
      const scope = made.scope.join(' ');
      insertCode.run(made.authorizationCode, id, user.id, made.redirectUri, scope, Number(made.expiresAt));
      return { ...made, client: { id }, user };
    },
    revokeAuthorizationCode: async ({ authorizationCode }) => deleteCode.run(authorizationCode).changes === 1,

    getRefreshToken: async (value) => {
      const row = refresh.get(value);
      return (
        row && {
          ...approvedOf(row),
          refreshToken: row.token,
          refreshTokenExpiresAt: new Date(row.expires_at),
        }
      );
    },
    revokeToken: async ({ refreshToken }) => deleteRefresh.run(refreshToken).changes === 1,
    saveToken: async (token, { id }, user) => {
      const scope = token.scope.join(' ');
      database.exec('begin immediate');
      insertAccess.run(token.accessToken, id, user.id, scope, Number(token.accessTokenExpiresAt));
      if (token.refreshToken)
        insertRefresh.run(token.refreshToken, id, user.id, scope, Number(token.refreshTokenExpiresAt));
      database.exec('commit');
      return { ...token, client: { id }, user };
    },
  };
}

const clientOf = (row) =>
  row && {
    id: row.id,
    grants: row.grants.split(' '),
    redirectUris: row.redirect_uris.split(' '),
    scopes: row.scope.split(' '),
  };

const approvedOf = (row) => ({
  client: { id: row.client_id },
  user: { id: row.user_id },
  scope: row.scope.split(' '),
  expiresAt: new Date(row.expires_at),
});

function claimsOf(clientId, sub, scope) {
  const iat = Math.floor(Date.now() / 1000);
  const jti = randomBytes(16).toString('hex');
  const exp = iat + LIVES.access;
  return { iss: ISSUER, aud: clientId, client_id: clientId, sub, scope: scope.join(' '), jti, iat, exp };
}

async function makeCode(model) {
  const authorizationCode = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + LIVES.code * 1000);
  const made = { authorizationCode, expiresAt, redirectUri: CLIENT.redirectUri, scope: CLIENT.scopes };
  await model.saveAuthorizationCode(made, CLIENT, MEMBER);
  return authorizationCode;
}
