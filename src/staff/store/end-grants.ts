/** Ends many grants at once, in statements of a bounded number of rows: a statement that takes long is cut off by the database. */
import { sql } from 'kysely';
import type { Db } from '../../database/open.ts';

const ROWS_A_STATEMENT = 1_000;

type Owner = { readonly member_id: number } | { readonly client_id: string };

/**
 * Every live grant of a member or a client, and with it every token; says how many. What was approved and has not been
 * redeemed becomes none any more. Call it in a transaction: all or none.
 */
export async function revokeGrantsOf(tx: Db, whose: Owner, reason: string, now: number): Promise<number> {
  const [[column, value] = ['', '']] = Object.entries(whose);
  const mine = sql<boolean>`${sql.ref(column)} = ${value}`;
  // First: a code that is being redeemed at this moment is waited for here, and its grant is read below.
  await tx
    .updateTable('tegata_code')
    .set({ used_at: now, refused_because: 'Access has been ended since it was approved.' })
    .where(mine)
    .where('used_at', 'is', null)
    .execute();
  let ended = 0;
  let last: { readonly created_at: number; readonly grant_id: string } | undefined;
  do {
    const rows = await tx
      .selectFrom('tegata_grant')
      .select(['created_at', 'grant_id'])
      .where(mine)
      .where('revoked_at', 'is', null)
      // From the place on where the last statement ended: what it has ended is not read again.
      .where(
        last
          ? sql<boolean>`(created_at >= ${last.created_at} and (created_at > ${last.created_at} or grant_id > ${last.grant_id}))`
          : sql<boolean>`1 = 1`,
      )
      .orderBy('created_at')
      .orderBy('grant_id')
      .limit(ROWS_A_STATEMENT)
      .execute();
    last = rows.length < ROWS_A_STATEMENT ? undefined : rows.at(-1);
    if (rows.length > 0)
      ended += await revoke(
        tx,
        rows.map(({ grant_id }) => grant_id),
        reason,
        now,
      );
  } while (last);
  return ended;
}

/** One that was ended meanwhile keeps its reason. */
async function revoke(tx: Db, ids: readonly string[], reason: string, now: number): Promise<number> {
  const result = await tx
    .updateTable('tegata_grant')
    .set({ revoked_at: now, revoked_reason: reason })
    .where('grant_id', 'in', [...ids])
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}
