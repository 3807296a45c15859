/**
 * Shipping mails (出荷通知メール) by way of an outbox, so that no row of the shop is locked while a mail server takes its
 * time. The mutation puts the mail there; after its commit the first attempt is made, and waited for; what fails is tried
 * again by whichever process comes first. `mail_send_date` and `dtb_mail_history` are written when the mail was sent.
 *
 * A process that dies between the mail server's yes and its own note of it sends a second copy, with the same Message-ID.
 */
import { randomHex } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import type { Db, Store } from '../../database/open.ts';
import { transact } from '../../database/transact.ts';
import { isFinalMailFault, type Mailer, mailFaultText } from '../../outbound/mailer.ts';
import type { MailMessage } from '../../outbound/message.ts';
import type { Registry } from '../../shop/registry.ts';
import { insertRow, lockRows, readRows, updateRows, type Writing } from '../../shop/rows/write.ts';
import { parseDatabaseDate } from '../../shop/shop-time.ts';
import {
  dueMails,
  holdMail,
  keepFailedMail,
  type OutboxMail,
  pruneGivenUpMails,
  putMail,
  removeMail,
  takeMail,
} from '../store/mail-outbox.ts';
import { shippingMessage } from './shipping-mail-data.ts';

export type ShippingMailDeps = {
  readonly store: Pick<Store, 'db' | 'kit'>;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly currency: string;
  readonly mailer: Mailer;
  /** Told why a mail could not be sent; the caller of the API only learns that it was not. */
  readonly mailFailed: (error: unknown, requestId: string | undefined) => void;
};

export type QueuedMail = { readonly mail: OutboxMail; readonly message: MailMessage };

export type ShippingMails = {
  /** Whether mails reach anyone. */
  readonly sends: boolean;
  /** In the mutation's transaction, behind its other deeds. Throws when the mail cannot be written or addressed. */
  queue(writing: Writing, orderId: number, shippingId: number): Promise<QueuedMail>;
  /** Told why a mail could not be queued. */
  failed(error: unknown, requestId: string): void;
  /** The first attempt, after the commit. Never throws. */
  attempt(queued: QueuedMail, requestId: string): Promise<boolean>;
  /** Tries again what is due; says how many were tried. */
  sendDue(): Promise<number>;
};

const HELD_SECONDS = 60; // longer than an attempt takes
/** Between attempts, in seconds: a day in all. */
const PAUSES = [60, 300, 1_800, 7_200, 21_600, 54_000];
const DUE_AT_ONCE = 20;
const GIVEN_UP_KEPT_SECONDS = 30 * 86_400;
const ID_BYTES = 16;

export function shippingMails(deps: ShippingMailDeps): ShippingMails {
  return {
    sends: deps.mailer.sends,
    queue: (writing, orderId, shippingId) => queue(deps, writing, orderId, shippingId),
    failed: deps.mailFailed,
    attempt: (queued, requestId) => attempt(deps, queued, requestId),
    sendDue: () => sendDue(deps),
  };
}

async function queue(
  { mailer, timeZone }: ShippingMailDeps,
  writing: Writing,
  orderId: number,
  shippingId: number,
): Promise<QueuedMail> {
  const written = await shippingMessage({ ...writing, timeZone }, orderId, shippingId);
  const mailId = randomHex(ID_BYTES);
  const message = { ...written, messageId: messageId(mailId, written) };
  mailer.check(message);
  const { memberId, now } = writing;
  const mail = { mailId, orderId, shippingId, memberId, createdAt: now, attempts: 1 };
  await putMail(writing.db, mail, now + HELD_SECONDS);
  return { mail, message };
}

const messageId = (mailId: string, { from }: MailMessage): string =>
  `<${mailId}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`;

async function attempt(
  deps: ShippingMailDeps,
  { mail, message }: QueuedMail,
  requestId: string | undefined,
): Promise<boolean> {
  try {
    // In a long list a mail may wait for its turn until another process has taken it over; that one sends it then.
    if (!(await holdMail(deps.store.db, mail, deps.clock.now() + HELD_SECONDS))) return true;
    await deps.mailer.send(message);
  } catch (error) {
    deps.mailFailed(error, requestId);
    await failed(deps, mail, error).catch((fault: unknown) => deps.mailFailed(fault, requestId));
    return false;
  }
  // Sent is sent, even where it cannot be noted: then the outbox keeps the mail, and a copy may follow.
  await noteSent(deps, mail, message).catch((fault: unknown) => deps.mailFailed(fault, requestId));
  return true;
}

async function failed({ store, clock }: ShippingMailDeps, mail: OutboxMail, error: unknown): Promise<void> {
  const now = clock.now();
  const pause = isFinalMailFault(error) ? undefined : PAUSES[mail.attempts - 1];
  const nextAt = pause === undefined ? undefined : now + pause;
  await keepFailedMail(store.db, mail, { error: mailFaultText(error), now, nextAt });
}

/** Locks in the order that all mutations keep: first the order. */
const noteSent = (deps: ShippingMailDeps, mail: OutboxMail, message: MailMessage): Promise<void> =>
  transact(deps.store, async (db) => {
    const { orderId, shippingId } = mail;
    const writing = writingFor(deps, db, mail);
    const [order] = await lockRows(writing, 'Order', ['id'], { id: orderId });
    if (!(await removeMail(db, mail)) || !order) return;
    await updateRows(writing, 'Shipping', { id: shippingId }, { mail_send_date: writing.now });
    await insertRow(writing, 'MailHistory', {
      Order: orderId,
      send_date: writing.now,
      mail_subject: [...message.subject].slice(0, 255).join(''),
      mail_body: message.text,
      mail_html_body: message.html ?? null,
    });
  });

const writingFor = (
  { store, registry, clock, currency }: ShippingMailDeps,
  db: Db,
  { memberId }: OutboxMail,
): Writing => ({ db, kit: store.kit, registry, currency, now: clock.now(), memberId });

async function sendDue(deps: ShippingMailDeps): Promise<number> {
  const { store, clock } = deps;
  const now = clock.now();
  await pruneGivenUpMails(store.db, now - GIVEN_UP_KEPT_SECONDS);
  let tried = 0;
  for (const due of await dueMails(store.db, now, DUE_AT_ONCE)) {
    const mail = await takeMail(store.db, due, { now, heldUntil: clock.now() + HELD_SECONDS });
    if (!mail) continue;
    tried += 1;
    await tryAgain(deps, mail);
  }
  return tried;
}

/** The mail says what is so now: a number that was corrected meanwhile goes out corrected. */
async function tryAgain(deps: ShippingMailDeps, mail: OutboxMail): Promise<void> {
  const writing = writingFor(deps, deps.store.db, mail);
  if (await isSettled(writing, mail)) {
    await removeMail(deps.store.db, mail);
    return;
  }
  let message: MailMessage;
  try {
    const written = await shippingMessage(
      { ...writing, timeZone: deps.timeZone },
      mail.orderId,
      mail.shippingId,
    );
    message = { ...written, messageId: messageId(mail.mailId, written) };
    deps.mailer.check(message);
  } catch (error) {
    deps.mailFailed(error, undefined);
    await failed(deps, mail, error);
    return;
  }
  await attempt(deps, { mail, message }, undefined);
}

/** The parcel is gone, or staff have sent the mail from EC-CUBE meanwhile. */
async function isSettled(writing: Writing, { shippingId, createdAt }: OutboxMail): Promise<boolean> {
  const [row] = await readRows(writing, 'Shipping', ['mail_send_date'], { id: shippingId });
  if (!row) return true;
  const sentAt = typeof row.mail_send_date === 'string' ? parseDatabaseDate(row.mail_send_date) : undefined;
  return sentAt !== undefined && sentAt >= createdAt;
}
