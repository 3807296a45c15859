/** The requests of each client, one by one: written in batches, read newest first from a place on, pruned. */
import type { Selectable } from 'kysely';
import { behind, type ListWindow, type Part, type Place, readPart } from '../../database/keyset.ts';
import type { Db, Store } from '../../database/open.ts';
import type { Tables } from '../../database/tables.ts';

/** One request under a token, as it was answered. */
export type CallRow = {
  readonly requestId: string;
  readonly clientId: string;
  readonly calledAt: number;
  readonly operation: string;
  readonly fields: string;
  readonly status: number;
  readonly ms: number;
  readonly cost: number;
  readonly errorCode: string | null;
};

export type CallFilter = {
  /** Undefined: any. */
  readonly outcome?: 'ok' | 'failed' | undefined;
  /** An HTTP status. */
  readonly status?: number | undefined;
  /** An operation's name, or a field at the root. */
  readonly operation?: string | undefined;
  readonly requestId?: string | undefined;
};

const ROWS_A_STATEMENT = 200;
const SEARCHED = 2_000; // rows in one window of a search
const SEARCHED_WINDOWS = 10;

const LENGTHS = { operation: 64, fields: 255, errorCode: 40 } as const;

/** A row that is there already stays: what was sent before a connection broke may have arrived. */
export async function insertCalls({ db, kit }: Store, calls: readonly CallRow[]): Promise<void> {
  for (let i = 0; i < calls.length; i += ROWS_A_STATEMENT) {
    const rows = calls.slice(i, i + ROWS_A_STATEMENT).map(rowOf);
    await kit.ifAbsent(db.insertInto('tegata_api_call').values(rows)).execute();
  }
}

const rowOf = (call: CallRow) => ({
  request_id: call.requestId,
  client_id: call.clientId,
  called_at: call.calledAt,
  operation: call.operation.slice(0, LENGTHS.operation),
  fields: call.fields.slice(0, LENGTHS.fields),
  status: call.status,
  ms: call.ms,
  cost: call.cost,
  error_code: call.errorCode?.slice(0, LENGTHS.errorCode) ?? null,
});

const callOf = (row: Selectable<Tables['tegata_api_call']>): CallRow => ({
  requestId: row.request_id,
  clientId: row.client_id,
  calledAt: Number(row.called_at),
  operation: row.operation,
  fields: row.fields,
  status: row.status,
  ms: row.ms,
  cost: row.cost,
  errorCode: row.error_code,
});

export type CallSearch = CallFilter & {
  readonly clientId: string;
  readonly limit: number;
  readonly after?: Place | undefined;
};

/** Newest first. What few rows fit is looked for in windows of so many, so that a part may be short and yet there is more. */
export async function listCalls(db: Db, search: CallSearch): Promise<Part<CallRow>> {
  const { clientId, requestId, limit, after } = search;
  if (requestId !== undefined)
    return { rows: await callsByRequest(db, clientId, requestId), next: undefined };
  const filtered = [search.outcome, search.status, search.operation].some((one) => one !== undefined);
  return readPart(
    { limit, after, windows: filtered ? SEARCHED_WINDOWS : 1 },
    (from) => windowOfCalls(db, search, from, filtered ? SEARCHED : limit + 1, filtered),
    placeOf,
  );
}

async function callsByRequest(db: Db, clientId: string, requestId: string): Promise<CallRow[]> {
  const rows = await db
    .selectFrom('tegata_api_call')
    .selectAll()
    .where('request_id', '=', requestId)
    .where('client_id', '=', clientId)
    .execute();
  return rows.map(callOf);
}

const placeOf = ({ calledAt, requestId }: CallRow): Place => ({ at: calledAt, id: requestId });

/** Rows come as they lie in the index and are judged here: none of what is asked for is worth an index of its own. */
async function windowOfCalls(
  db: Db,
  search: CallSearch,
  after: Place | undefined,
  size: number,
  filtered: boolean,
): Promise<ListWindow<CallRow>> {
  let query = db
    .selectFrom('tegata_api_call')
    .selectAll()
    .where('client_id', '=', search.clientId)
    .orderBy('called_at', 'desc')
    .orderBy('request_id', 'desc')
    .limit(size);
  if (after) query = query.where(behind('called_at', 'request_id', after));
  const rows = (await query.execute()).map(callOf);
  const last = rows.at(-1);
  const end = filtered && last && rows.length === size ? placeOf(last) : undefined;
  return { rows: rows.filter((row) => fits(row, search)), end };
}

function fits(row: CallRow, { outcome, status, operation }: CallFilter): boolean {
  if (outcome !== undefined && (row.errorCode === null) !== (outcome === 'ok')) return false;
  if (status !== undefined && row.status !== status) return false;
  if (operation === undefined) return true;
  return row.operation === operation || row.fields.split(' ').includes(operation);
}

/** Removes what is older than `before`, `batch` rows at the most; says how many. */
export async function pruneCalls(db: Db, before: number, batch: number): Promise<number> {
  const old = await db
    .selectFrom('tegata_api_call')
    .select('request_id')
    .where('called_at', '<', before)
    .orderBy('called_at')
    .limit(batch)
    .execute();
  if (old.length === 0) return 0;
  const ids = old.map((row) => row.request_id);
  const { numDeletedRows } = await db
    .deleteFrom('tegata_api_call')
    .where('request_id', 'in', ids)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
