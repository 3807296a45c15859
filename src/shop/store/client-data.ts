/**
 * What clients keep about rows of the shop. It belongs to a row by id and `create_date`: what is kept about a row that is gone
 * is never shown, and a new row that gets its id does not inherit it.
 */
import { sql } from 'kysely';
import type { DialectKit } from '../../database/dialect/kit.ts';
import type { Db } from '../../database/open.ts';
import { CLIENT_DATA_ENTITIES } from '../client-data.ts';
import type { Registry } from '../registry.ts';
import { keyColumn } from '../rows/condition.ts';
import { parseDatabaseDate } from '../shop-time.ts';

export type ClientDataDeps = { readonly db: Db; readonly kit: DialectKit; readonly registry: Registry };

/** One client's ids of rows of one entity. */
export type Namespace = { readonly clientId: string; readonly entity: string };

export type ClientData = {
  readonly rowId: number;
  /** Epoch seconds. */
  readonly createdAt: number;
  readonly externalId: string | null;
  readonly metadata: string | null;
};

type StoredData = {
  readonly row_id: number | string;
  readonly row_created_at: number | string;
  readonly external_id: string | null;
  readonly metadata: string | null;
};

const AT_ONCE = 500; // values in one statement

export const createdAtOf = (date: unknown): number => parseDatabaseDate(String(date)) ?? 0;

function pieces<V>(values: readonly V[]): V[][] {
  const count = Math.ceil(values.length / AT_ONCE);
  return Array.from({ length: count }, (_, i) => values.slice(i * AT_ONCE, (i + 1) * AT_ONCE));
}

/** What is kept about rows with these ids, or under these external ids; `lock`: nothing changes it until the transaction ends. */
export async function readClientData(
  { db, kit }: ClientDataDeps,
  { clientId, entity }: Namespace,
  by: { readonly rowIds: readonly number[] } | { readonly externalIds: readonly string[] },
  lock = false,
): Promise<ClientData[]> {
  const found: ClientData[] = [];
  const isByRow = 'rowIds' in by;
  const locked = lock && kit.supportsRowLocks ? sql` for update` : sql``;
  const keys: readonly (number | string)[] = isByRow ? by.rowIds : by.externalIds.filter(isStorable);
  for (const some of pieces(keys)) {
    const column = sql.ref(isByRow ? 'row_id' : 'external_id');
    const { rows } = await sql<StoredData>`
      select row_id, row_created_at, external_id, metadata from tegata_client_data
      where client_id = ${clientId} and entity = ${entity} and ${column} in (${sql.join(some)})${locked}`.execute(
      db,
    );
    for (const row of rows) {
      found.push({
        rowId: Number(row.row_id),
        createdAt: Number(row.row_created_at),
        externalId: row.external_id,
        metadata: row.metadata,
      });
    }
  }
  return found;
}

/** PostgreSQL does not even compare with a text that it cannot store. */
const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** Id → when the row was made, of the rows that there are. */
export async function rowsThere(
  { db, registry }: ClientDataDeps,
  entityName: string,
  ids: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const found = new Map<number, number>();
  if (!registry.entities.some(({ name }) => name === entityName)) return found;
  const entity = registry.entity(entityName);
  const key = sql.ref(keyColumn(entity));
  for (const some of pieces(ids)) {
    const { rows } = await sql<{ id: number; created: unknown }>`
      select ${key} as id, create_date as created from ${sql.table(entity.table)}
      where ${key} in (${sql.join(some)})`.execute(db);
    for (const { id, created } of rows) found.set(Number(id), createdAtOf(created));
  }
  return found;
}

/** External id → the key of its row, as look-ups want it; ids that no row has are left out. */
export async function keysByExternalId(
  deps: ClientDataDeps,
  namespace: Namespace,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const kept = await readClientData(deps, namespace, { externalIds });
  const there = await rowsThere(
    deps,
    namespace.entity,
    kept.map(({ rowId }) => rowId),
  );
  const living = kept.filter(({ rowId, createdAt }) => there.get(rowId) === createdAt);
  return new Map(living.map(({ externalId, rowId }) => [String(externalId), [rowId]]));
}

/** Puts `rows` in the place of all that is kept about `rowIds`; a row with nothing in it is left out. */
export async function replaceClientData(
  db: Db,
  { clientId, entity }: Namespace,
  rowIds: readonly number[],
  rows: readonly ClientData[],
): Promise<void> {
  for (const some of pieces(rowIds)) {
    await db
      .deleteFrom('tegata_client_data')
      .where('client_id', '=', clientId)
      .where('entity', '=', entity)
      .where('row_id', 'in', some)
      .execute();
  }
  const full = rows.filter(({ externalId, metadata }) => externalId !== null || metadata !== null);
  for (const some of pieces(full)) {
    const values = some.map(({ rowId, createdAt, externalId, metadata }) => ({
      client_id: clientId,
      entity,
      row_id: rowId,
      row_created_at: createdAt,
      external_id: externalId,
      metadata,
    }));
    await db.insertInto('tegata_client_data').values(values).execute();
  }
}

/** How many values a client keeps. */
export async function countMetadata(db: Db, clientId: string): Promise<number> {
  const row = await db
    .selectFrom('tegata_client_data')
    .select((eb) => eb.fn.countAll<number | string>().as('count'))
    .where('client_id', '=', clientId)
    .where('metadata', 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Where the next look at what is left of rows that are gone begins. */
export type ClientDataPlace = { clientId: string; entity: string; rowId: number };

/** Looks at the next `batch`, and removes what is kept about rows that are gone. Says how many went. */
export async function pruneClientData(
  deps: ClientDataDeps,
  place: ClientDataPlace,
  batch: number,
): Promise<number> {
  const { db } = deps;
  const next = await db
    .selectFrom('tegata_client_data')
    .select(['client_id', 'entity', 'row_id', 'row_created_at'])
    .where((eb) =>
      eb.or([
        eb('client_id', '>', place.clientId),
        eb.and([eb('client_id', '=', place.clientId), eb('entity', '>', place.entity)]),
        eb.and([
          eb('client_id', '=', place.clientId),
          eb('entity', '=', place.entity),
          eb('row_id', '>', place.rowId),
        ]),
      ]),
    )
    .orderBy('client_id')
    .orderBy('entity')
    .orderBy('row_id')
    .limit(batch)
    .execute();
  const last = next.length < batch ? undefined : next.at(-1);
  place.clientId = last?.client_id ?? '';
  place.entity = last?.entity ?? '';
  place.rowId = Number(last?.row_id ?? 0);
  let removed = 0;
  for (const entity of CLIENT_DATA_ENTITIES) {
    const own = next.filter((row) => row.entity === entity);
    const ids = [...new Set(own.map((row) => Number(row.row_id)))];
    const there = await rowsThere(deps, entity, ids);
    for (const row of own.filter((one) => there.get(Number(one.row_id)) !== Number(one.row_created_at))) {
      const { numDeletedRows } = await db
        .deleteFrom('tegata_client_data')
        .where('client_id', '=', row.client_id)
        .where('entity', '=', entity)
        .where('row_id', '=', row.row_id)
        .where('row_created_at', '=', row.row_created_at)
        .executeTakeFirst();
      removed += Number(numDeletedRows);
    }
  }
  return removed;
}
