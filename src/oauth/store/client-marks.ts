/** What is known of clients beside their settings: which are the program's own, and whose app went without PKCE. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db } from '../../database/open.ts';
import { prepared } from '../../database/prepared.ts';

/** SQLite finds no row of `is not null` by an index, and would read all clients. */
export const hasPurpose = (column: string): RawBuilder<SqlBool> => sql<SqlBool>`${sql.ref(column)} > ''`;

/** Ids of the program's own clients made before `before`, the oldest first. */
export async function systemClients(db: Db, before: number, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('tegata_client')
    .select('client_id')
    .where(hasPurpose('purpose'))
    .where('created_at', '<', before)
    .orderBy('created_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.client_id);
}

const stampWithoutPkce = prepared((db, p: { clientId: string; now: number; before: number }) =>
  db
    .updateTable('tegata_client')
    .set({ without_pkce_at: p.now })
    .where('client_id', '=', p.clientId)
    .where((eb) => eb.or([eb('without_pkce_at', 'is', null), eb('without_pkce_at', '<', p.before)])),
);

/** Notes that the client's app did without PKCE; at most once in `everySeconds`, so that the row is not a hot spot. */
export async function noteWithoutPkce(
  db: Db,
  clientId: string,
  now: number,
  everySeconds: number,
): Promise<void> {
  await stampWithoutPkce(db, { clientId, now, before: now - everySeconds });
}
