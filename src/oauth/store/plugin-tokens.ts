/**
 * The token rows of EC-CUBE's plugin (`oauth2_…`), which either program spends while both may be asked, and what is
 * remembered here of those that came in. A row is spent by one conditional write in the transaction that issues what follows.
 */
import { sql } from 'kysely';
import type { DialectKit } from '../../database/dialect/kit.ts';
import type { Write, Writes } from '../../database/hot/deed.ts';
import { readLiveSchema } from '../../database/live-schema.ts';
import type { Db, Store } from '../../database/open.ts';
import { type NotedCut, pluginCutsSince } from '../../staff/store/plugin-cuts.ts';
import { pluginTimeText } from '../rules/takeover.ts';
import type { TakeoverRecord } from './takeover-state.ts';

export type PluginKind = 'refresh' | 'code';

const TABLES = { refresh: 'oauth2_refresh_token', code: 'oauth2_authorization_code' } as const;

type Revoked = { revoked: boolean | number };

/** Whether the row is there and not revoked; the plugin takes a missing one for revoked. */
export async function livesInPlugin(
  db: Db,
  kind: PluginKind | 'access',
  identifier: string,
): Promise<boolean> {
  const table = kind === 'access' ? 'oauth2_access_token' : TABLES[kind];
  const { rows } = await sql<Revoked>`
    select revoked from ${sql.table(table)} where identifier = ${identifier}`.execute(db);
  return rows[0] !== undefined && !rows[0].revoked;
}

/** Spends the row; true for exactly one caller, of whichever program. */
export function* spendInPlugin(db: Db, kind: PluginKind, identifier: string): Writes<boolean> {
  const spent = sql`update ${sql.table(TABLES[kind])} set revoked = true
    where identifier = ${identifier} and revoked = false`.compile(db);
  return (yield spent) === 1;
}

/** The row behind a string that is presented; undefined = it is none of the plugin's form that is known here. */
export async function pluginRowOf(db: Db, tokenHash: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('tegata_plugin_token')
    .select('identifier')
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
  return row?.identifier;
}

export type KnownPluginToken = {
  readonly identifier: string;
  readonly kind: PluginKind | 'access';
  readonly tokenHash: string | null;
  readonly grantId: string;
  readonly clientId: string;
  readonly expiresAt: number;
};

/** Remembers a token of the plugin; one that is known stays as it is. */
export async function notePluginToken(tx: Db, kit: DialectKit, token: KnownPluginToken): Promise<void> {
  await pluginTokenNote(tx, kit, token).executeTakeFirst();
}

/** The write of `notePluginToken`. */
export const pluginTokenNote = (db: Db, kit: DialectKit, token: KnownPluginToken) =>
  kit.ifAbsent(
    db.insertInto('tegata_plugin_token').values({
      identifier: token.identifier,
      kind: token.kind,
      token_hash: token.tokenHash,
      grant_id: token.grantId,
      client_id: token.clientId,
      expires_at: token.expiresAt,
    }),
  );

/** A refresh token of ours that the plugin can be asked for, too. Without its access token, as after the plugin's clearing. */
export const newPluginRefresh = (db: Db, identifier: string, expiry: string): Write =>
  sql`insert into oauth2_refresh_token (identifier, access_token, expiry, revoked)
    values (${identifier}, null, ${expiry}, false)`.compile(db);

type Returned = Pick<TakeoverRecord, 'plugin' | 'changedAt'> & {
  /** The shop's. */
  readonly timeZone: string;
};

/** Lives of what the plugin issues, in seconds: what ends later was issued later. */
const ACCESS_SECONDS = 3600;
const CODE_SECONDS = 600;

/**
 * What was ended here, one by one or all of a client's or a member's, ends in the plugin, too. `returned`: it was done when the
 * shop was given back, and is done again for what was ended here since; what the plugin has issued behind that is its own.
 */
export async function endInPlugin(tx: Db, returned?: Returned): Promise<void> {
  await revokeEnded(tx);
  for (const cut of await pluginCutsSince(tx, returned?.changedAt ?? 0)) await revokeCut(tx, cut, returned);
}

async function revokeEnded(tx: Db): Promise<void> {
  const ended = sql`select token.identifier from tegata_plugin_token as token
    inner join tegata_grant as own on own.grant_id = token.grant_id
    where own.revoked_at is not null and token.kind =`;
  await sql`update oauth2_refresh_token set revoked = true
    where revoked = false and identifier in (${ended} 'refresh')`.execute(tx);
  await sql`update oauth2_refresh_token set revoked = true
    where revoked = false and access_token in (${ended} 'access')`.execute(tx);
  await sql`update oauth2_access_token set revoked = true
    where revoked = false and identifier in (${ended} 'access')`.execute(tx);
}

/** All that the plugin knows of a client or a member whose tokens were all ended here; after a return what is older alone. */
async function revokeCut(tx: Db, { kind, identifier, at }: NotedCut, returned?: Returned): Promise<void> {
  const owner = sql.ref(kind === 'cut' ? 'client' : 'user_identifier');
  const meant = (life: number) => {
    const older = returned && pluginTimeText(returned.plugin, at + life, returned.timeZone);
    return sql`${owner} = ${identifier}${older === undefined ? sql`` : sql` and expiry <= ${older}`}`;
  };
  await sql`update oauth2_refresh_token set revoked = true where revoked = false
    and access_token in (select identifier from oauth2_access_token where ${meant(ACCESS_SECONDS)})`.execute(
    tx,
  );
  await sql`update oauth2_access_token set revoked = true
    where revoked = false and ${meant(ACCESS_SECONDS)}`.execute(tx);
  await sql`update oauth2_authorization_code set revoked = true
    where revoked = false and ${meant(CODE_SECONDS)}`.execute(tx);
}

export type PluginTokenCounts = {
  readonly access: number;
  readonly refresh: number;
  readonly codes: number;
};

/** Live rows; `expiry` is compared as text that the plugin wrote itself. */
export async function countLiveInPlugin(db: Db, now: string): Promise<PluginTokenCounts> {
  const count = async (table: string): Promise<number> => {
    const { rows } = await sql<{ n: number | string }>`
      select count(*) as n from ${sql.table(table)} where revoked = false and expiry > ${now}`.execute(db);
    return Number(rows[0]?.n ?? 0);
  };
  return {
    access: await count('oauth2_access_token'),
    refresh: await count('oauth2_refresh_token'),
    codes: await count('oauth2_authorization_code'),
  };
}

/** Live refresh tokens less those that Tegata has made for both, in one statement: both come and go while they are counted. */
export async function countWaitingRefresh(db: Db, now: string): Promise<number> {
  const { rows } = await sql<{ n: number | string }>`
    select count(*) as n from oauth2_refresh_token as row_of
    where row_of.revoked = false and row_of.expiry > ${now}
      and (row_of.access_token is not null or not exists (
        select 1 from tegata_plugin_token as own
        where own.identifier = row_of.identifier and own.kind = 'refresh' and own.token_hash is not null))`.execute(
    db,
  );
  return Number(rows[0]?.n ?? 0);
}

/** The plugin's own members, as it names them; undefined = there is no such member. */
export async function memberOfLogin(db: Db, loginId: string): Promise<number | undefined> {
  const row = await db
    .withTables<{ dtb_member: { id: number; login_id: string } }>()
    .selectFrom('dtb_member')
    .select('id')
    .where('login_id', '=', loginId)
    .executeTakeFirst();
  return row?.id;
}

/** Whether the tables are there: someone may uninstall the plugin at any time. */
export async function hasPluginTables(store: Pick<Store, 'db' | 'kit'>): Promise<boolean> {
  const tables = await readLiveSchema(store);
  return ['oauth2_access_token', ...Object.values(TABLES)].every((name) => tables.has(name));
}
