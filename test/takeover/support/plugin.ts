/**
 * EC-CUBE's plugin as far as a takeover meets it: its tables, made as each version makes them, and its token endpoint in
 * the order of league/oauth2-server: decrypt, ask the row, issue, mark revoked. Strings and keys are real.
 */
import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { readLiveSchema } from '../../../src/database/live-schema.ts';
import type { Store } from '../../../src/database/open.ts';
import { defuse } from '../../../src/oauth/plugin/defuse.ts';

export const PASSWORD = '<change.me>';
export const SECRET = '5'.repeat(128);
export const REDIRECT = 'https://erp.example/cb';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const PUBLIC_PEM = publicKey.export({ type: 'spki', format: 'pem' }).toString();

export type PluginVersion = 'Api42' | 'Api';

const id = (): string => randomBytes(40).toString('hex');

/** The plugin's tables; `columns` are those of the dump of a real shop (4.3), and of 2.1.5 for `Api`. */
export async function installPlugin(store: Store, version: PluginVersion = 'Api42'): Promise<void> {
  const boolean = store.kit.columnType('boolean');
  const at = store.kit.name === 'postgres' ? 'timestamp(0)' : 'datetime';
  const run = (statement: string) => sql.raw(statement).execute(store.db);
  const extra =
    version === 'Api42'
      ? `name varchar(128) not null, allow_plain_text_pkce ${boolean} default false not null,`
      : '';
  await run(`create table oauth2_client (${extra} identifier varchar(32) primary key,
    secret varchar(128) ${version === 'Api' ? 'not null' : ''}, redirect_uris text, grants text, scopes text,
    active ${boolean} not null)`);
  for (const name of ['access_token', 'authorization_code']) {
    await run(`create table oauth2_${name} (identifier char(80) primary key, client varchar(32) not null
      references oauth2_client (identifier) on delete cascade, expiry ${at} not null,
      user_identifier varchar(128), scopes text, revoked ${boolean} not null)`);
  }
  await run(`create table oauth2_refresh_token (identifier char(80) primary key, access_token char(80)
    references oauth2_access_token (identifier) on delete set null, expiry ${at} not null, revoked ${boolean} not null)`);
  const key = store.kit.columnType('id');
  await run(`create table plg_api_webhook (id ${key}, payload_url varchar(1024) not null, secret varchar(1024),
    enabled ${boolean} not null, create_date ${store.kit.columnType('datetimetz')} not null,
    update_date ${store.kit.columnType('datetimetz')} not null, discriminator_type varchar(255) not null)`);
}

const flag = (value: boolean) => (value ? sql`true` : sql`false`);

export async function addPluginClient(
  store: Store,
  identifier: string,
  { secret = SECRET, scopes = 'read write', uris = REDIRECT, active = true } = {},
): Promise<void> {
  const isOfToday = (await columnsOf(store, 'oauth2_client')).includes('name');
  const [names, values] = isOfToday ? [sql`name,`, sql`'',`] : [sql``, sql``];
  await sql`insert into oauth2_client (${names} identifier, secret, redirect_uris, grants, scopes, active)
    values (${values} ${identifier}, ${secret}, ${uris}, 'authorization_code refresh_token', ${scopes},
    ${flag(active)})`.execute(store.db);
}

const columnsOf = async (store: Store, table: string): Promise<string[]> => [
  ...((await readLiveSchema(store)).get(table) ?? []),
];

export async function addPluginWebhook(
  store: Store,
  payloadUrl: string,
  { secret = null as string | null, enabled = true } = {},
): Promise<void> {
  const at = store.kit.dateText(1_775_001_600);
  await sql`insert into plg_api_webhook (payload_url, secret, enabled, create_date, update_date, discriminator_type)
    values (${payloadUrl}, ${secret}, ${flag(enabled)}, ${at}, ${at}, 'webhook')`.execute(store.db);
}

export type PluginHook = {
  readonly payload_url: string;
  readonly secret: string | null;
  readonly enabled: boolean;
};

export async function pluginHooks({ db }: Store): Promise<PluginHook[]> {
  const { rows } = await sql<PluginHook>`
    select payload_url, secret, enabled from plg_api_webhook order by id`.execute(db);
  return rows.map((row) => ({ ...row, enabled: Boolean(row.enabled) }));
}

export type PluginTokens = { readonly access: string; readonly refresh: string; readonly jti: string };

type Issue = {
  readonly client?: string;
  readonly login?: string;
  readonly scopes?: readonly string[];
  /** Seconds; negative: it has ended. */
  readonly refreshLife?: number;
  readonly accessLife?: number;
  readonly kid?: string;
};

export type PhpPlugin = {
  issue(wish?: Issue): Promise<PluginTokens>;
  code(wish?: Issue & { challenge?: string; method?: string; life?: number }): Promise<string>;
  /** POST /token with a refresh token: the new pair, or the plugin's hint. */
  refresh(text: string, client?: string): Promise<PluginTokens | string>;
  revokeRefresh(text: string): Promise<void>;
  liveRefresh(): Promise<number>;
};

/** The plugin at work on a database, as PHP would be beside us. */
export function phpPlugin(store: Store, now: () => number): PhpPlugin {
  const texts = defuse({ type: 'plain', text: PASSWORD });
  const { db } = store;
  const expiry = (at: number) =>
    new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Tokyo',
      dateStyle: 'short',
      timeStyle: 'medium',
    }).format(at * 1000);
  const issue = async ({
    client = 'erp',
    login = 'admin',
    scopes = ['read', 'write'],
    refreshLife = 30 * 86_400,
    accessLife = 3600,
    kid,
  }: Issue = {}): Promise<PluginTokens> => {
    const [jti, refreshId] = [id(), id()];
    await sql`insert into oauth2_access_token (identifier, client, expiry, user_identifier, scopes, revoked)
      values (${jti}, ${client}, ${expiry(now() + accessLife)}, ${login}, ${scopes.join(' ')}, false)`.execute(
      db,
    );
    await sql`insert into oauth2_refresh_token (identifier, access_token, expiry, revoked)
      values (${refreshId}, ${jti}, ${expiry(now() + refreshLife)}, false)`.execute(db);
    const inside = {
      client_id: client,
      refresh_token_id: refreshId,
      access_token_id: jti,
      scopes,
      user_id: login,
      expire_time: now() + refreshLife,
    };
    const refresh = await texts.encrypt(JSON.stringify(inside), SALT, randomBytes(16));
    return { access: jwtOf({ client, login, scopes, jti, now: now(), accessLife, kid }), refresh, jti };
  };
  return {
    issue,
    code: async ({
      client = 'erp',
      login = 'admin',
      scopes = ['read', 'write'],
      challenge,
      method,
      life = 600,
    } = {}) => {
      const codeId = id();
      await sql`insert into oauth2_authorization_code (identifier, client, expiry, user_identifier, scopes, revoked)
        values (${codeId}, ${client}, ${expiry(now() + life)}, ${login}, ${scopes.join(' ')}, false)`.execute(
        db,
      );
      const inside = {
        client_id: client,
        redirect_uri: REDIRECT,
        auth_code_id: codeId,
        scopes,
        user_id: login,
        expire_time: now() + life,
        code_challenge: challenge ?? null,
        code_challenge_method: method ?? null,
      };
      return texts.encrypt(JSON.stringify(inside), SALT, randomBytes(16));
    },
    refresh: async (text, client = 'erp') => {
      const { rows: clients } = await sql<{ active: boolean | number }>`
        select active from oauth2_client where identifier = ${client}`.execute(db);
      if (!clients[0]?.active) return 'invalid_client';
      const inside = await texts.decrypt(text);
      if (inside === undefined) return 'Cannot decrypt the refresh token';
      const token = JSON.parse(inside) as Record<string, unknown>;
      if (token.client_id !== client) return 'Token is not linked to client';
      if (Number(token.expire_time) < now()) return 'Token has expired';
      const row = await liveRow(store, String(token.refresh_token_id));
      if (!row) return 'Token has been revoked';
      await sql`update oauth2_access_token set revoked = true where identifier = ${token.access_token_id}`.execute(
        db,
      );
      await sql`update oauth2_refresh_token set revoked = true where identifier = ${token.refresh_token_id}`.execute(
        db,
      );
      return issue({ client, login: String(token.user_id), scopes: token.scopes as string[] });
    },
    revokeRefresh: async (text) => {
      const { refresh_token_id: rowId } = JSON.parse((await texts.decrypt(text)) ?? '{}') as Record<
        string,
        string
      >;
      await sql`update oauth2_refresh_token set revoked = true where identifier = ${rowId}`.execute(db);
    },
    liveRefresh: async () => {
      const { rows } = await sql`select identifier from oauth2_refresh_token where revoked = false`.execute(
        db,
      );
      return rows.length;
    },
  };
}

/** One salt, so that the tests pay for one derivation; the library draws one for each text. */
const SALT = randomBytes(32);

async function liveRow({ db }: Store, identifier: string): Promise<boolean> {
  const { rows } = await sql<{ revoked: boolean | number }>`
    select revoked from oauth2_refresh_token where identifier = ${identifier}`.execute(db);
  return rows[0] !== undefined && !rows[0].revoked;
}

type JwtFacts = {
  readonly client: string;
  readonly login: string;
  readonly scopes: readonly string[];
  readonly jti: string;
  readonly now: number;
  readonly accessLife: number;
  readonly kid: string | undefined;
};

/** As lcobucci/jwt writes it: times with microseconds, no `kid` of its own. */
function jwtOf({ client, login, scopes, jti, now, accessLife, kid }: JwtFacts): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const at = now - 0.876544;
  const claims = { aud: client, jti, iat: at, nbf: at, exp: at + accessLife, sub: login, scopes };
  const input = `${part({ typ: 'JWT', alg: 'RS256', ...(kid && { kid }) })}.${part(claims)}`;
  return `${input}.${createSign('RSA-SHA256').update(input).sign(privateKey).toString('base64url')}`;
}
