/** The shop's own clients as lists: newest first, searched, counted. Those that the program made for itself are left out. */
import { sql } from 'kysely';
import {
  behind,
  type Count,
  countSome,
  isBehind,
  type ListWindow,
  type Place,
  readPart,
} from '../../database/keyset.ts';
import type { Db } from '../../database/open.ts';
import { storable } from '../../database/storable.ts';
import type { Client } from '../rules/client.ts';
import { type ClientRow, clientOf, secretsOf } from './clients.ts';

export type ClientSearch = { readonly text: string; readonly limit: number; readonly after?: Place };

const SEARCHED = 2_000; // clients in one window of a search
const SEARCHED_WINDOWS = 10;
const NAMES_SEARCHED = 50_000;

// `!` needs no quoting of its own in any of the databases, as `\\` does in one.
const escaped = (text: string): string => text.replace(/[!%_]/g, '!$&');

/** Whatever the letters' case. */
export const holds = (column: string, text: string) =>
  sql<boolean>`lower(${sql.ref(column)}) like ${`%${escaped(storable(text.toLowerCase(), 255) ?? '')}%`} escape '!'`;

/** Clients whose name, id or redirect URIs hold `text`, newest first; a long search comes in parts. */
export async function listClients(
  db: Db,
  { text, limit, after }: ClientSearch,
): Promise<{ clients: Client[]; next: Place | undefined }> {
  const size = text === '' ? limit + 1 : SEARCHED;
  const { rows, next } = await readPart(
    { limit, after, windows: text === '' ? 1 : SEARCHED_WINDOWS },
    (from) => windowOfClients(db, text, from, size),
    placeOf,
  );
  const secrets = await secretsOf(
    db,
    rows.map(({ client_id }) => client_id),
  );
  return { clients: rows.map((row) => clientOf(row, secrets)), next };
}

const placeOf = (row: { created_at: number; client_id: string }): Place => ({
  at: row.created_at,
  id: row.client_id,
});

const newestClients = (db: Db, after: Place | undefined) => {
  const query = db
    .selectFrom('tegata_client')
    .where('purpose', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('client_id', 'desc');
  return after ? query.where(behind('created_at', 'client_id', after)) : query;
};

async function windowOfClients(
  db: Db,
  text: string,
  after: Place | undefined,
  size: number,
): Promise<ListWindow<ClientRow>> {
  if (text === '')
    return { rows: await newestClients(db, after).selectAll().limit(size).execute(), end: undefined };
  const end = await endOfWindow(db, after, size);
  const fitting = newestClients(db, after)
    .selectAll()
    .where((eb) => eb.or([holds('name', text), holds('client_id', text), holds('redirect_uris', text)]));
  const rows = await (end ? fitting.where('created_at', '>=', end.at) : fitting).execute();
  return { rows: end ? rows.filter((row) => !isBehind(placeOf(row), end)) : rows, end };
}

/** The place of the last of `size` clients behind `after`; undefined when there are fewer. */
async function endOfWindow(db: Db, after: Place | undefined, size: number): Promise<Place | undefined> {
  const last = await newestClients(db, after)
    .select(['created_at', 'client_id'])
    .limit(1)
    .offset(size - 1)
    .executeTakeFirst();
  return last && placeOf(last);
}

export type ListedName = { readonly clientId: string; readonly name: string };

export async function listNewestClients(db: Db, limit: number): Promise<ListedName[]> {
  const rows = await newestClients(db, undefined).select(['client_id', 'name']).limit(limit).execute();
  return rows.map(({ client_id: clientId, name }) => ({ clientId, name }));
}

export const countClients = (db: Db): Promise<Count> =>
  countSome(db, sql`from tegata_client where purpose is null`);

/** Ids of clients whose name holds `text` among the newest 50,000, or is just that; `limit` at the most. */
export async function clientIdsByName(db: Db, text: string, limit: number): Promise<string[]> {
  const end = await endOfWindow(db, undefined, NAMES_SEARCHED);
  const own = db.selectFrom('tegata_client').select('client_id').where('purpose', 'is', null).limit(limit);
  const fitting = own.where(holds('name', text));
  const rows = await (end ? fitting.where('created_at', '>=', end.at) : fitting).execute();
  const named = await own.where('name', '=', text).execute();
  return [...new Set([...named, ...rows].map(({ client_id }) => client_id))].slice(0, limit);
}
