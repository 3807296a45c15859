/** Client assertions that were used; each counts once, on whatever node it came in. */
import type { DialectKit } from '../../database/dialect/kit.ts';
import type { Db } from '../../database/open.ts';

/** Takes an assertion; true for exactly one caller. */
export async function takeAssertion(
  db: Db,
  kit: DialectKit,
  assertion: { hash: string; expiresAt: number },
): Promise<boolean> {
  const row = { assertion_hash: assertion.hash, expires_at: assertion.expiresAt };
  const result = await kit.ifAbsent(db.insertInto('tegata_assertion').values(row)).executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}
