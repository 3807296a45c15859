/** Tickets of EC-CUBE's admin that were used; each counts once, on whatever node it came in. */
import type { DialectKit } from '../../database/dialect/kit.ts';
import type { Db } from '../../database/open.ts';

/** Takes a ticket; true for exactly one caller. */
export async function takeLinkTicket(
  db: Db,
  kit: DialectKit,
  ticket: { hash: string; forgetAt: number },
): Promise<boolean> {
  const row = { ticket_hash: ticket.hash, expires_at: ticket.forgetAt };
  const result = await kit.ifAbsent(db.insertInto('tegata_link_ticket').values(row)).executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}
