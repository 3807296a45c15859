/** What each grant has called: one row an operation. */
import { sql } from 'kysely';
import type { Db, Store } from '../../database/open.ts';
import { storable } from '../../database/storable.ts';

export type GrantUse = {
  readonly grantId: string;
  readonly operation: string;
  readonly calls: number;
  readonly lastUsedAt: number;
  readonly lastIp: string | null;
};

const OPERATION_MAX = 64; // characters

/**
 * Adds calls to the row, making it first where it is missing. Each statement stands alone, outside any transaction:
 * see staff/store/throttle.ts.
 */
export async function addGrantUse({ db, kit }: Store, use: GrantUse): Promise<void> {
  const operation = storable(use.operation, OPERATION_MAX) ?? '';
  if (await countUp(db, { ...use, operation })) return;
  const row = {
    grant_id: use.grantId,
    operation,
    calls: 0,
    last_used_at: use.lastUsedAt,
    last_ip: storable(use.lastIp, 64),
  };
  await kit.ifAbsent(db.insertInto('tegata_grant_use').values(row)).execute();
  await countUp(db, { ...use, operation });
}

async function countUp(db: Db, use: GrantUse): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('tegata_grant_use')
    .set({
      calls: sql`calls + ${use.calls}`,
      last_used_at: use.lastUsedAt,
      last_ip: storable(use.lastIp, 64),
    })
    .where('grant_id', '=', use.grantId)
    .where('operation', '=', use.operation)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** The use of these grants, the most called first. */
export async function grantUses(db: Db, grantIds: readonly string[]): Promise<GrantUse[]> {
  if (grantIds.length === 0) return [];
  const rows = await db
    .selectFrom('tegata_grant_use')
    .selectAll()
    .where('grant_id', 'in', [...grantIds])
    .orderBy('calls', 'desc')
    .orderBy('operation')
    .execute();
  return rows.map((row) => ({
    grantId: row.grant_id,
    operation: row.operation,
    calls: Number(row.calls),
    lastUsedAt: row.last_used_at,
    lastIp: row.last_ip,
  }));
}

/** The grants behind `after` that have called anything, in order. */
export async function usedGrantIdsAfter(db: Db, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('tegata_grant_use')
    .select('grant_id')
    .distinct()
    .where('grant_id', '>', after)
    .orderBy('grant_id')
    .limit(limit)
    .execute();
  return rows.map(({ grant_id: id }) => id);
}

/** Removes the use of those of these grants that are gone; says how many rows. */
export async function pruneUsesOfNone(db: Db, grantIds: readonly string[]): Promise<number> {
  const present = await db
    .selectFrom('tegata_grant')
    .select('grant_id')
    .where('grant_id', 'in', [...grantIds])
    .execute();
  const known = new Set(present.map(({ grant_id: id }) => id));
  const gone = grantIds.filter((id) => !known.has(id));
  if (gone.length === 0) return 0;
  const { numDeletedRows } = await db
    .deleteFrom('tegata_grant_use')
    .where('grant_id', 'in', gone)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
