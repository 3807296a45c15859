/**
 * A member's authenticator is taken on: after the password and never over an existing key (EC-CUBE's own page lets the
 * password alone replace it, compare CVE-2026-30777). Either within a login that demands it, or later from the member's
 * own page.
 */

import { recordEvent } from '../audit/events.ts';
import type { BrowserOrigin } from '../audit/origin.ts';
import { sha256Hex } from '../base/bytes.ts';
import type { Db } from '../database/open.ts';
import { type FactorRefused, useFactor } from './factor.ts';
import { completeLogin } from './log-in.ts';
import { makeRecoveryCodes } from './recovery-codes.ts';
import { type QrCode, qrCode } from './rules/qr-code.ts';
import { isConfirmed, type LoginBy, loginBy } from './rules/session.ts';
import { enrolmentKey, enrolmentUri, totpCode } from './rules/totp.ts';
import { type IdentityDeps, type OpenedSession, pendingLogin, reopenSession, sessionOf } from './session.ts';
import { findMember, type Member } from './store/members.ts';
import { deleteSession } from './store/sessions.ts';
import { lastUsedStep, writeTwoFactorKey } from './store/two-factor.ts';

export type EnrolmentRefused =
  /** The shop (`ECCUBE_2FA_ENABLED`, EC-CUBE 4.0) has no second factor. */
  | { readonly kind: 'unavailable' }
  /** A key is there: it has to be removed first. */
  | { readonly kind: 'enrolled' }
  /** The password has to be given again first. */
  | { readonly kind: 'unconfirmed' }
  /** No one is there: the login has to begin again. */
  | { readonly kind: 'expired' };

export type EnrolmentOffer = {
  readonly kind: 'offer';
  /** Base32, for typing it in by hand. */
  readonly key: string;
  readonly uri: string;
  readonly qr: QrCode;
};

export type Enrolled = OpenedSession & {
  readonly kind: 'ok';
  /** Shown this once. */
  readonly recoveryCodes: readonly string[];
};

/** Someone who may enrol; `login` says how the login began that it is a part of. */
type Candidate = {
  readonly kind: 'candidate';
  readonly token: string;
  readonly member: Member;
  readonly login: LoginBy | undefined;
  readonly key: string;
};

/** The key to be scanned. `issuer`: how the app is to call the shop. The same token is offered the same key. */
export async function offerEnrolment(
  deps: IdentityDeps,
  token: string | undefined,
  issuer: string,
): Promise<EnrolmentOffer | EnrolmentRefused> {
  const candidate = await candidateOf(deps, token);
  if (candidate.kind !== 'candidate') return candidate;
  const uri = enrolmentUri(candidate.key, issuer, candidate.member.loginId);
  return { kind: 'offer', key: candidate.key, uri, qr: qrCode(uri) };
}

/** One right code proves that the app has the key; only then is it stored. The session gets a new token. */
export async function finishEnrolment(
  deps: IdentityDeps,
  { sessionToken, code, ...origin }: BrowserOrigin & { sessionToken: string | undefined; code: string },
): Promise<Enrolled | EnrolmentRefused | FactorRefused> {
  const candidate = await candidateOf(deps, sessionToken);
  if (candidate.kind !== 'candidate') return candidate;
  if (totpCode(code) === undefined) return { kind: 'malformed' };
  const typed = { key: candidate.key, code, origin };
  return useFactor(deps, candidate.member, typed, (tx) => enrol(deps, tx, candidate, origin));
}

async function candidateOf(
  deps: IdentityDeps,
  token: string | undefined,
): Promise<Candidate | EnrolmentRefused> {
  if (!deps.twoFactorEnabled || !deps.memberCapabilities.twoFactor) return { kind: 'unavailable' };
  if (token === undefined) return { kind: 'expired' };
  const login = await pendingLogin(deps, token);
  if (login) return candidate(deps, token, login.member, loginBy(login.row));
  const session = await sessionOf(deps, token);
  const member = session && (await findMember(deps.store.db, deps.memberCapabilities, session.member.id));
  if (!member) return { kind: 'expired' };
  if (!isConfirmed(session, deps.clock.now())) return { kind: 'unconfirmed' };
  return candidate(deps, token, member, undefined);
}

async function candidate(
  deps: IdentityDeps,
  token: string,
  member: Member,
  login: LoginBy | undefined,
): Promise<Candidate | EnrolmentRefused> {
  if (member.twoFactorKey !== null) return { kind: 'enrolled' };
  const key = enrolmentKey(token, await lastUsedStep(deps.store.db, member.id));
  return { kind: 'candidate', token, member, login, key };
}

/** The key first: of two that enrol at once one wins, and the other gets no session out of it. */
async function enrol(
  deps: IdentityDeps,
  tx: Db,
  { token, member, login, key }: Candidate,
  origin: BrowserOrigin,
): Promise<Enrolled | EnrolmentRefused> {
  const now = deps.clock.now();
  if (!(await writeTwoFactorKey(tx, deps.store.kit, member.id, key, now))) return { kind: 'enrolled' };
  const { loginId } = member;
  const { clientIp, requestId } = origin;
  await recordEvent(tx, { kind: 'second_factor_enrolled', occurredAt: now, loginId, clientIp, requestId });
  const recoveryCodes = await makeRecoveryCodes(tx, member.id, key, now);
  const enrolled = { ...member, twoFactorEnabled: true, twoFactorKey: key };
  const opened = login
    ? await loginAfter(deps, tx, { token, login }, enrolled, origin)
    : await reopenSession(tx, sha256Hex(token), enrolled, now);
  return opened ? { kind: 'ok', ...opened, recoveryCodes } : { kind: 'expired' };
}

/** Undefined when the pending login was used or ended meanwhile. */
async function loginAfter(
  deps: IdentityDeps,
  tx: Db,
  { token, login }: { token: string; login: LoginBy },
  member: Member,
  origin: BrowserOrigin,
): Promise<OpenedSession | undefined> {
  const taken = await deleteSession(tx, sha256Hex(token));
  return taken ? completeLogin(deps, tx, member, origin, { secondStep: 'enrolment', by: login }) : undefined;
}
