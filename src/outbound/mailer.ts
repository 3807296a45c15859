/**
 * Hands mails to the transport that `MAILER_DSN` names. What goes into a header is judged here: an address that is none
 * is refused and line breaks are taken out before a header is written, so a name in an order can add no header.
 */
import type { SendMailOptions, Transporter } from 'nodemailer';
import { sendableAddress } from './address.ts';
import { type MailTransport, parseMailerDsn } from './dsn.ts';
import type { MailMessage } from './message.ts';

/** For every step of the talk with the server. */
const STEP_TIMEOUT_MS = 5_000;
/** From the first byte to the last; below the 20 seconds that a question to the API may take. */
const WHOLE_TIMEOUT_MS = 12_000;

export type Mailer = {
  /** Whether mails reach anyone: false for `null://`, which drops them, and for a DSN that is not understood. */
  readonly sends: boolean;
  /** Throws when no transport would take the mail, because an address is none. */
  check(message: MailMessage): void;
  /** Resolves when the transport has taken the mail over, otherwise rejects; neither takes longer than 12 seconds. */
  send(message: MailMessage): Promise<void>;
  close(): void;
};

/** With a DSN that is not understood every mail fails, and nothing else: a shop may never send any. */
export function createMailer(dsn: string): Mailer {
  const transport = parseMailerDsn(dsn);
  if (transport.kind === 'none' || transport.kind === 'unusable') return withoutTransport(transport);
  let opened: Promise<Transporter> | undefined;
  const transporter = () => (opened ??= open(transport));
  return {
    sends: true,
    check: compose,
    send: (message) => inTime(async (signal) => deliver(await transporter(), compose(message), signal)),
    close: () => void opened?.then((open) => open.close()),
  };
}

/** What may be logged of a failed mail: a server's own words often name the recipient. */
export function mailFault(error: unknown): object {
  const { code, command, responseCode } = error as Record<string, unknown>;
  if (responseCode !== undefined || code === 'EENVELOPE') return { code, command, responseCode };
  return { code, command, message: error instanceof Error ? error.message : undefined };
}

/** The same in a few characters, e.g. `EENVELOPE 550`. */
export function mailFaultText(error: unknown): string {
  const { code, responseCode } = error as Record<string, unknown>;
  const parts = [code, responseCode].filter((part) => typeof part === 'string' || typeof part === 'number');
  return parts.length > 0 ? parts.join(' ').slice(0, 255) : 'unsendable';
}

/** Whether trying again would bring the same: the server has refused this mail for good (RFC 5321 §4.2.1). */
export const isFinalMailFault = (error: unknown): boolean =>
  Number((error as Record<string, unknown>).responseCode) >= 550;

const withoutTransport = (transport: { kind: 'none' } | { kind: 'unusable'; reason: string }): Mailer => ({
  sends: false,
  check: compose,
  send: async (message) => {
    if (transport.kind === 'unusable') throw new Error(transport.reason);
    compose(message); // a bad address is a fault with every transport
  },
  close: () => {},
});

/** Loads the library at the first mail: most starts of the program send none. */
async function open(transport: Extract<MailTransport, { kind: 'smtp' | 'sendmail' }>): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  if (transport.kind === 'sendmail') return createTransport({ sendmail: true, path: transport.path });
  const { host, port, secure, user, password, localDomain } = transport;
  return createTransport({
    host,
    port,
    secure,
    ignoreTLS: !transport.autoTls && !transport.requireTls,
    requireTLS: transport.requireTls,
    tls: { rejectUnauthorized: transport.verifyPeer },
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    ...(localDomain !== undefined && { name: localDomain }),
    dnsTimeout: STEP_TIMEOUT_MS,
    connectionTimeout: STEP_TIMEOUT_MS,
    greetingTimeout: STEP_TIMEOUT_MS,
    socketTimeout: STEP_TIMEOUT_MS,
  });
}

/** A server may take the shop's copy and refuse the customer's: then the mail has not been sent. */
async function deliver(transporter: Transporter, mail: Composed, signal: AbortSignal): Promise<void> {
  const info = await transporter.sendMail({ ...mail, signal });
  const refusals: readonly { recipient?: string }[] = info.rejectedErrors ?? [];
  const refused = refusals.find(({ recipient }) => recipient === mail.to.address);
  if (refused) throw refused;
}

/** Not every transport heeds the signal: the wait ends in any case. */
async function inTime(send: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    stop.abort();
    reject(new Error('the mail took too long'));
  }, WHOLE_TIMEOUT_MS);
  try {
    await Promise.race([send(stop.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

type Composed = SendMailOptions & { to: { name: string; address: string } };

/** Who gets it is in the envelope; the copy to the shop is in no header. */
function compose(message: MailMessage): Composed {
  const { from, to, bcc, replyTo, returnPath, messageId, subject, text, html } = message;
  const recipient = checked(to);
  const sender = checked(from.address);
  return {
    from: { name: oneLine(from.name ?? ''), address: sender },
    to: { name: '', address: recipient },
    ...(replyTo && { replyTo: { name: '', address: checked(replyTo) } }),
    envelope: {
      from: returnPath ? checked(returnPath) : sender,
      to: [recipient, ...(bcc ? [checked(bcc)] : [])],
    },
    ...(messageId && { messageId: oneLine(messageId) }),
    subject: oneLine(subject),
    text,
    ...(html !== undefined && { html }),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function checked(address: string): string {
  const sendable = sendableAddress(address);
  if (sendable === undefined) throw new Error('an address of the mail is not one that mail can be sent to');
  return sendable;
}

const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();
