/**
 * The ticket by which EC-CUBE's admin hands a logged-in member over (eccube-plugin/Ticket.php makes it):
 * `v1.PAYLOAD.SIGNATURE`, each in base64url; the signature is HMAC-SHA256 over `v1.PAYLOAD` with the shared secret.
 */
import { constantTimeEqual, hmacBase64url, sha256Hex } from '../../base/bytes.ts';

export const LINK_TICKET_SECONDS = 30;
/** The clocks of the two programs may differ by so much. */
export const LINK_CLOCK_SECONDS = 30;
const LONGEST_TICKET = 2_000; // characters
const FORM = /^(v1\.([\w-]+))\.([\w-]{43})$/;

export type LinkRefusal =
  /** Not what the plugin makes. */
  | 'malformed'
  /** Signed with another secret, or for another Tegata. */
  | 'foreign'
  | 'expired'
  /** From the future. */
  | 'clock'
  /** Asked for by another browser, or too long ago. */
  | 'browser';

export type LinkTicket = { readonly memberId: number; readonly loginId: string };

export type LinkVerdict =
  | { readonly ok: true; readonly ticket: LinkTicket; readonly ticketHash: string; readonly forgetAt: number }
  | { readonly ok: false; readonly reason: LinkRefusal };

export type ExpectedTicket = {
  readonly secret: string;
  /** The address of this Tegata's link page. */
  readonly audience: string;
  /** What this browser asked with; undefined = it has not asked. */
  readonly challenge: string | undefined;
  readonly now: number;
};

/** Nothing of the payload is looked at before its signature holds. */
export function judgeLinkTicket(text: string, expected: ExpectedTicket): LinkVerdict {
  const { secret, audience, challenge, now } = expected;
  const [, signed = '', payload = '', signature = ''] =
    text.length > LONGEST_TICKET ? [] : (FORM.exec(text) ?? []);
  if (signed === '') return refused('malformed');
  if (!constantTimeEqual(hmacBase64url(secret, signed), signature)) return refused('foreign');
  const read = readPayload(payload);
  if (!read) return refused('malformed');
  if (read.audience !== audience) return refused('foreign');
  if (read.issuedAt > now + LINK_CLOCK_SECONDS) return refused('clock');
  if (read.issuedAt + LINK_TICKET_SECONDS < now) return refused('expired');
  if (challenge === undefined || !constantTimeEqual(read.challenge, challenge)) return refused('browser');
  const { memberId, loginId, issuedAt } = read;
  const forgetAt = issuedAt + 2 * (LINK_TICKET_SECONDS + LINK_CLOCK_SECONDS);
  return { ok: true, ticket: { memberId, loginId }, ticketHash: sha256Hex(signed), forgetAt };
}

const refused = (reason: LinkRefusal): LinkVerdict => ({ ok: false, reason });

type Payload = LinkTicket & {
  readonly challenge: string;
  readonly issuedAt: number;
  readonly audience: string;
};

function readPayload(payload: string): Payload | undefined {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { aud, mid, lid, cha, iat } = value as Readonly<Record<string, unknown>>;
  if (typeof aud !== 'string' || typeof lid !== 'string' || typeof cha !== 'string') return undefined;
  if (!Number.isSafeInteger(mid) || !Number.isSafeInteger(iat)) return undefined;
  return { audience: aud, memberId: mid as number, loginId: lid, challenge: cha, issuedAt: iat as number };
}
