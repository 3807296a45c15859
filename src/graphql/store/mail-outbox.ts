/**
 * Mails that a mutation has promised. The row is written in the mutation's own transaction; who sends the mail is decided by
 * one conditional write, and the same row's removal decides who notes that it was sent.
 */
import type { Db } from '../../database/open.ts';

export type OutboxMail = {
  readonly mailId: string;
  readonly orderId: number;
  readonly shippingId: number;
  /** Who asked for it; null = a client as itself. */
  readonly memberId: number | null;
  readonly createdAt: number;
  /** Of the attempt that this is about, from 1 on. */
  readonly attempts: number;
};

/** Puts a mail into the outbox, its first attempt begun: until `heldUntil` it belongs to who puts it there. */
export async function putMail(db: Db, mail: OutboxMail, heldUntil: number): Promise<void> {
  const row = {
    mail_id: mail.mailId,
    order_id: mail.orderId,
    shipping_id: mail.shippingId,
    member_id: mail.memberId,
    attempts: mail.attempts,
    created_at: mail.createdAt,
    next_attempt_at: heldUntil,
    given_up_at: null,
    last_error: null,
  };
  await db.insertInto('tegata_mail_outbox').values(row).execute();
}

/** Mails whose turn it is, the longest waiting first. */
export async function dueMails(db: Db, now: number, limit: number): Promise<OutboxMail[]> {
  const rows = await db
    .selectFrom('tegata_mail_outbox')
    .selectAll()
    .where('given_up_at', 'is', null)
    .where('next_attempt_at', '<=', now)
    .orderBy('next_attempt_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    mailId: row.mail_id,
    orderId: Number(row.order_id),
    shippingId: Number(row.shipping_id),
    memberId: row.member_id === null ? null : Number(row.member_id),
    createdAt: Number(row.created_at),
    attempts: Number(row.attempts),
  }));
}

/** Begins the next attempt; undefined when another process has. */
export async function takeMail(
  db: Db,
  mail: OutboxMail,
  { now, heldUntil }: { now: number; heldUntil: number },
): Promise<OutboxMail | undefined> {
  const attempts = mail.attempts + 1;
  const { numUpdatedRows } = await db
    .updateTable('tegata_mail_outbox')
    .set({ attempts, next_attempt_at: heldUntil })
    .where('mail_id', '=', mail.mailId)
    .where('attempts', '=', mail.attempts)
    .where('next_attempt_at', '<=', now)
    .executeTakeFirst();
  return numUpdatedRows === 1n ? { ...mail, attempts } : undefined;
}

/** Takes a mail out of the outbox; false when its attempt is no longer the caller's. */
export async function removeMail(db: Db, { mailId, attempts }: OutboxMail): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('tegata_mail_outbox')
    .where('mail_id', '=', mailId)
    .where('attempts', '=', attempts)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Writes down that an attempt has failed; `nextAt` undefined = there is no further one. */
export async function keepFailedMail(
  db: Db,
  { mailId, attempts }: OutboxMail,
  { error, now, nextAt }: { error: string; now: number; nextAt: number | undefined },
): Promise<void> {
  await db
    .updateTable('tegata_mail_outbox')
    .set({
      last_error: error,
      next_attempt_at: nextAt ?? now,
      given_up_at: nextAt === undefined ? now : null,
    })
    .where('mail_id', '=', mailId)
    .where('attempts', '=', attempts)
    .execute();
}

/** Removes mails that were given up before `before`. */
export async function pruneGivenUpMails(db: Db, before: number): Promise<void> {
  await db.deleteFrom('tegata_mail_outbox').where('given_up_at', '<', before).execute();
}
