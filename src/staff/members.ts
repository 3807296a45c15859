/** The shop's staff from the command line: made, listed, given a password, disabled. */

import { type NewEvent, recordEvent } from '../audit/events.ts';
import type { EventKind } from '../audit/kinds.ts';
import { randomHex } from '../base/bytes.ts';
import type { Db } from '../database/open.ts';
import { isLoginId } from './rules/login-id.ts';
import { hashLegacyPassword, hashPassword, judgeNewPassword, type PasswordFault } from './rules/password.ts';
import type { IdentityDeps } from './session.ts';
import {
  allMembers,
  authorityExists,
  deactivateMember,
  findMemberByLoginId,
  insertMember,
  type Member,
  readsBcrypt,
  revokeGrantsOfMember,
  updateMemberPassword,
} from './store/members.ts';
import { deleteSessionsOfMember } from './store/sessions.ts';

const LEGACY_SALT_BYTES = 5; // ten hex characters, as EC-CUBE 4.0–4.2 make them

export type MemberRequest = {
  readonly loginId: string;
  readonly name: string;
  readonly authorityId: number;
  readonly password: string;
};

/** A member as the command line shows it; no hash, no key. */
export type ListedMember = {
  readonly id: number;
  readonly loginId: string;
  readonly name: string | null;
  readonly authorityId: number | null;
  readonly active: boolean;
  readonly lastLoginAt: number | null;
  readonly twoFactor: 'off' | 'not-enrolled' | 'on';
};

export type Refused<Reason extends string> = { readonly kind: 'refused'; readonly reason: Reason };

export type MemberCreated = { readonly kind: 'created'; readonly memberId: number };

/** Who did it at the command line; the event's login ID is the member's whom it was done to. */
type Operator = Pick<NewEvent, 'operator'>;

/** What came to an end with the change. */
export type MemberChanged = {
  readonly kind: 'changed';
  readonly sessionsEnded: number;
  readonly grantsRevoked: number;
};

type CreateFault = 'login-id' | 'taken' | 'authority' | PasswordFault;

export async function createMember(
  deps: IdentityDeps,
  request: MemberRequest,
  by: Operator = {},
): Promise<MemberCreated | Refused<CreateFault>> {
  if (!isLoginId(request.loginId)) return refused('login-id');
  const fault = await faultOf(deps, request.password, request.loginId);
  if (fault) return refused(fault);
  const stored = await hashForShop(deps, request.password);
  return deps.store.db.transaction().execute((tx) => insertIfFree(deps, tx, { ...request, ...stored }, by));
}

export async function listMembers(
  deps: IdentityDeps,
  part: { limit: number; after?: number },
): Promise<{ members: ListedMember[]; more: boolean }> {
  const wanted = { ...part, limit: part.limit + 1 };
  const found = await allMembers(deps.store.db, deps.memberCapabilities, wanted);
  const members = found.slice(0, part.limit).map((member) => ({
    id: member.id,
    loginId: member.loginId,
    name: member.name,
    authorityId: member.authorityId,
    active: member.active,
    lastLoginAt: member.lastLoginAt,
    twoFactor: twoFactorState(member),
  }));
  return { members, more: found.length > part.limit };
}

/** The one who had the old password loses all: sessions, consents, tokens (ASVS 7.4.2). */
export async function setMemberPassword(
  deps: IdentityDeps,
  loginId: string,
  password: string,
  by: Operator = {},
): Promise<MemberChanged | Refused<'unknown' | PasswordFault>> {
  const fault = await faultOf(deps, password, loginId);
  if (fault) return refused(fault);
  const stored = await hashForShop(deps, password);
  return change(deps, loginId, 'member_password_changed', by, (tx, { id }, now) =>
    updateMemberPassword(tx, deps.store.kit, id, stored, now),
  );
}

/** 非稼働; the row stays, as EC-CUBE's own switch leaves it. */
export const disableMember = (
  deps: IdentityDeps,
  loginId: string,
  by: Operator = {},
): Promise<MemberChanged | Refused<'unknown'>> =>
  change(deps, loginId, 'member_disabled', by, (tx, { id }, now) =>
    deactivateMember(tx, deps.store.kit, id, now),
  );

async function insertIfFree(
  deps: IdentityDeps,
  tx: Db,
  member: MemberRequest & { salt: string | null },
  by: Operator,
): Promise<MemberCreated | Refused<CreateFault>> {
  const now = deps.clock.now();
  if (await findMemberByLoginId(tx, deps.memberCapabilities, member.loginId)) return refused('taken');
  if (!(await authorityExists(tx, member.authorityId))) return refused('authority');
  await insertMember(tx, deps.store.kit, member, now);
  const made = await findMemberByLoginId(tx, deps.memberCapabilities, member.loginId);
  if (!made) throw new Error('the new member is not there');
  await recordEvent(tx, { kind: 'member_created', occurredAt: now, loginId: member.loginId, ...by });
  return { kind: 'created', memberId: made.id };
}

async function change(
  deps: IdentityDeps,
  loginId: string,
  kind: EventKind,
  by: Operator,
  write: (tx: Db, member: Member, now: number) => Promise<void>,
): Promise<MemberChanged | Refused<'unknown'>> {
  return deps.store.db.transaction().execute(async (tx): Promise<MemberChanged | Refused<'unknown'>> => {
    const now = deps.clock.now();
    const member = await findMemberByLoginId(tx, deps.memberCapabilities, loginId);
    if (!member) return refused('unknown');
    await write(tx, member, now);
    const sessionsEnded = await deleteSessionsOfMember(tx, member.id);
    const grantsRevoked = await revokeGrantsOfMember(tx, member.id, kind, now);
    await recordEvent(tx, {
      kind,
      occurredAt: now,
      loginId,
      ...by,
      detail: { sessionsEnded, grantsRevoked },
    });
    return { kind: 'changed', sessionsEnded, grantsRevoked };
  });
}

/** What is wrong with a password that the member is to have. */
export const faultOf = async (
  deps: IdentityDeps,
  password: string,
  loginId: string,
): Promise<PasswordFault | undefined> =>
  judgeNewPassword(password, { loginId, shopName: await deps.shopName() });

/** A hash that both sides read: bcrypt, or the old formula in a shop whose PHP knows no other. */
export async function hashForShop(
  deps: IdentityDeps,
  plain: string,
): Promise<{ password: string; salt: string | null }> {
  if (await readsBcrypt(deps.store.db))
    return { password: await hashPassword(plain, deps.passwordCost), salt: null };
  const salt = randomHex(LEGACY_SALT_BYTES);
  return { password: hashLegacyPassword(plain, salt, { authMagic: deps.authMagic }), salt };
}

function twoFactorState(member: Member): ListedMember['twoFactor'] {
  if (!member.twoFactorEnabled) return 'off';
  return member.twoFactorKey === null ? 'not-enrolled' : 'on';
}

const refused = <Reason extends string>(reason: Reason): Refused<Reason> => ({ kind: 'refused', reason });
