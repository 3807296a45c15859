/** Recovery codes: made at enrolment or again, shown once, kept as hashes. */

import { recordEvent } from '../audit/events.ts';
import type { BrowserOrigin } from '../audit/origin.ts';
import { randomHex } from '../base/bytes.ts';
import type { Db } from '../database/open.ts';
import {
  RECOVERY_CODES,
  RECOVERY_SEED_BYTES,
  recoveryCode,
  recoveryCodeHash,
} from './rules/recovery-code.ts';
import { isConfirmed } from './rules/session.ts';
import type { IdentityDeps, Session } from './session.ts';
import { findMember } from './store/members.ts';
import { countRecoveryCodes, replaceRecoveryCodes } from './store/two-factor.ts';

export type NewRecoveryCodes =
  | { readonly kind: 'ok'; readonly recoveryCodes: readonly string[] }
  | { readonly kind: 'unconfirmed' }
  | { readonly kind: 'not-enrolled' };

/** Makes a fresh set in the place of the old one. */
export async function makeRecoveryCodes(
  tx: Db,
  memberId: number,
  key: string,
  now: number,
): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => recoveryCode(randomHex(RECOVERY_SEED_BYTES)));
  const hashes = codes.map((code) => recoveryCodeHash(memberId, key, code));
  await replaceRecoveryCodes(tx, memberId, hashes, now);
  return codes;
}

/** A fresh set at the member's wish, the password given just before. */
export async function renewRecoveryCodes(
  deps: IdentityDeps,
  session: Session,
  origin: BrowserOrigin,
): Promise<NewRecoveryCodes> {
  const now = deps.clock.now();
  if (!isConfirmed(session, now)) return { kind: 'unconfirmed' };
  const member = await findMember(deps.store.db, deps.memberCapabilities, session.member.id);
  const key = member?.twoFactorKey;
  if (!member || !key) return { kind: 'not-enrolled' };
  return deps.store.db.transaction().execute(async (tx): Promise<NewRecoveryCodes> => {
    const recoveryCodes = await makeRecoveryCodes(tx, member.id, key, now);
    await recordEvent(tx, {
      kind: 'recovery_codes_made',
      occurredAt: now,
      loginId: member.loginId,
      clientIp: origin.clientIp,
      requestId: origin.requestId,
    });
    return { kind: 'ok', recoveryCodes };
  });
}

/** How many the member has not used yet. */
export const recoveryCodesLeft = (deps: IdentityDeps, session: Session): Promise<number> =>
  countRecoveryCodes(deps.store.db, session.member.id);
