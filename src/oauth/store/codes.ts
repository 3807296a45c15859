/** Authorization codes. Used rows stay until they expire, so that a replay is known for what it is. */

import type { Writes } from '../../database/hot/deed.ts';
import type { Db } from '../../database/open.ts';
import { prepared } from '../../database/prepared.ts';
import { MAY_APPROVE, withMembers } from './approver.ts';

export type CodeRecord = {
  readonly codeHash: string;
  readonly grantId: string;
  readonly clientId: string;
  readonly memberId: number;
  readonly loginId: string;
  readonly redirectUri: string;
  readonly redirectUriSent: boolean;
  readonly scope: string;
  readonly codeChallenge: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly usedAt: number | null;
  /** Why it was spent without a grant. */
  readonly refusedBecause: string | null;
  readonly resource: string | null;
  /** `login_id` of the member as it is now; null when the member may no longer approve. */
  readonly liveLoginId: string | null;
};

export async function saveCode(
  db: Db,
  code: Omit<CodeRecord, 'usedAt' | 'refusedBecause' | 'liveLoginId'>,
): Promise<void> {
  await db
    .insertInto('tegata_code')
    .values({
      code_hash: code.codeHash,
      grant_id: code.grantId,
      client_id: code.clientId,
      member_id: code.memberId,
      login_id: code.loginId,
      redirect_uri: code.redirectUri,
      redirect_uri_sent: code.redirectUriSent ? 1 : 0,
      scope: code.scope,
      code_challenge: code.codeChallenge,
      created_at: code.createdAt,
      expires_at: code.expiresAt,
      used_at: null,
      resource: code.resource,
    })
    .execute();
}

/** Whether the client has sent this challenge before, as far back as codes are kept. */
export async function challengeSeenBefore(db: Db, clientId: string, challenge: string): Promise<boolean> {
  const row = await db
    .selectFrom('tegata_code')
    .select('code_hash')
    .where('client_id', '=', clientId)
    .where('code_challenge', '=', challenge)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

const selectCode = prepared((db, p: { codeHash: string }) =>
  withMembers(db)
    .selectFrom('tegata_code as code')
    .leftJoin('dtb_member as member', (join) =>
      join.onRef('member.id', '=', 'code.member_id').on(MAY_APPROVE),
    )
    .selectAll('code')
    .select('member.login_id as live_login_id')
    .where('code.code_hash', '=', p.codeHash),
);

export async function findCode(db: Db, codeHash: string): Promise<CodeRecord | undefined> {
  const row = (await selectCode(db, { codeHash })).rows[0];
  if (!row) return undefined;
  return {
    codeHash: row.code_hash,
    grantId: row.grant_id,
    clientId: row.client_id,
    memberId: row.member_id,
    loginId: row.login_id,
    redirectUri: row.redirect_uri,
    redirectUriSent: row.redirect_uri_sent === 1,
    scope: row.scope,
    codeChallenge: row.code_challenge,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
    refusedBecause: row.refused_because,
    resource: row.resource,
    liveLoginId: row.live_login_id,
  };
}

const updateCode = prepared((db, p: { codeHash: string; now: number }) =>
  db
    .updateTable('tegata_code')
    .set({ used_at: p.now })
    .where('code_hash', '=', p.codeHash)
    .where('used_at', 'is', null),
);

/** Takes the code; true for exactly one caller, whatever the number of processes. */
export function* takeCode(db: Db, codeHash: string, now: number): Writes<boolean> {
  return (yield updateCode.bind(db, { codeHash, now })) === 1;
}

/** Spends a code that brings nothing; false when it was taken before. */
export async function refuseCode(db: Db, codeHash: string, because: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('tegata_code')
    .set({ used_at: now, refused_because: because })
    .where('code_hash', '=', codeHash)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
