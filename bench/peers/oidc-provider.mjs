/**
 * `oidc-provider`: its adapter on SQLite, JWT access tokens by a resource server (which it does not store), refresh tokens that
 * are rotated each time.
 */
import { Provider } from 'oidc-provider';
import known from './client.json' with { type: 'json' };
import { openDatabase, signingKey } from './storage.mjs';

const { issuer: ISSUER, client: CLIENT, member: MEMBER, livesInSeconds: LIVES } = known;

const RESOURCE = 'https://api.example';
const SCOPE = CLIENT.scopes.join(' ');

const SCHEMA = `
  create table if not exists model (
    kind text not null, id text not null, payload text not null, grant_id text, uid text, user_code text,
    expires_at integer, consumed_at integer, primary key (kind, id)
  ) without rowid;
  create index if not exists model_grant on model (grant_id) where grant_id is not null;
  create index if not exists model_uid on model (uid) where uid is not null;
  create index if not exists model_user_code on model (user_code) where user_code is not null`;

export function open(folder) {
  const database = openDatabase(folder, SCHEMA);
  const provider = new Provider(ISSUER, configuration(database, signingKey(folder)));
  provider.proxy = true;
  return { answer: provider.callback(), makeCode: () => makeCode(provider), database };
}

function configuration(database, key) {
  const jwk = { ...key.export({ format: 'jwk' }), kid: 'bench', alg: 'RS256', use: 'sig' };
  return {
    adapter: adapterOn(database),
    jwks: { keys: [jwk] },
    cookies: { keys: ['bench'] },
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [CLIENT.redirectUri],
        grant_types: CLIENT.grants,
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
        scope: `${SCOPE} offline_access`,
      },
    ],
    scopes: [...CLIENT.scopes, 'offline_access'],
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    pkce: { required: () => false },
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    ttl: {
      AccessToken: LIVES.access,
      AuthorizationCode: LIVES.code,
      ClientCredentials: LIVES.access,
      Grant: LIVES.refresh,
      RefreshToken: LIVES.refresh,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: SCOPE,
          audience: RESOURCE,
          accessTokenFormat: 'jwt',
          accessTokenTTL: LIVES.access,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  };
}

/** The adapter of the project's documents (example/my_adapter.js), one prepared statement for each deed. */
function adapterOn(database) {
  const statements = {
    upsert: database.prepare(`insert into model (kind, id, payload, grant_id, uid, user_code, expires_at)
      values (?, ?, ?, ?, ?, ?, ?) on conflict (kind, id) do update set payload = excluded.payload,
      grant_id = excluded.grant_id, uid = excluded.uid, user_code = excluded.user_code, expires_at = excluded.expires_at`),
    find: database.prepare('select payload, expires_at, consumed_at from model where kind = ? and id = ?'),
    byUid: database.prepare('select payload, expires_at, consumed_at from model where uid = ? and kind = ?'),
    byUserCode: database.prepare(
      'select payload, expires_at, consumed_at from model where user_code = ? and kind = ?',
    ),
    consume: database.prepare('update model set consumed_at = ? where kind = ? and id = ?'),
    destroy: database.prepare('delete from model where kind = ? and id = ?'),
    revoke: database.prepare('delete from model where grant_id = ?'),
  };
  return class SqliteAdapter {
    constructor(kind) {
      this.kind = kind;
    }
    async upsert(id, payload, expiresIn) {
      const { grantId = null, uid = null, userCode = null } = payload;
      const expiresAt = expiresIn ? seconds() + expiresIn : null;
      statements.upsert.run(this.kind, id, JSON.stringify(payload), grantId, uid, userCode, expiresAt);
    }
    async find(id) {
      return told(statements.find.get(this.kind, id));
    }
    async findByUid(uid) {
      return told(statements.byUid.get(uid, this.kind));
    }
    async findByUserCode(userCode) {
      return told(statements.byUserCode.get(userCode, this.kind));
    }
    async consume(id) {
      statements.consume.run(seconds(), this.kind, id);
    }
    async destroy(id) {
      statements.destroy.run(this.kind, id);
    }
    async revokeByGrantId(grantId) {
      statements.revoke.run(grantId);
    }
  };
}

const seconds = () => Math.floor(Date.now() / 1000);

function told(row) {
  if (!row || (row.expires_at !== null && row.expires_at < seconds())) return undefined;
  const payload = JSON.parse(row.payload);
  return row.consumed_at === null ? payload : { ...payload, consumed: row.consumed_at };
}

async function makeCode(provider) {
  const client = await provider.Client.find(CLIENT.id);
  const grant = new provider.Grant({ accountId: MEMBER.id, clientId: CLIENT.id });
  grant.addOIDCScope('offline_access');
  grant.addResourceScope(RESOURCE, SCOPE);
  const grantId = await grant.save();
  const code = new provider.AuthorizationCode({
    accountId: MEMBER.id,
    client,
    grantId,
    redirectUri: CLIENT.redirectUri,
    resource: RESOURCE,
    scope: `${SCOPE} offline_access`,
    authTime: seconds(),
    gty: 'authorization_code',
  });
  return code.save();
}
