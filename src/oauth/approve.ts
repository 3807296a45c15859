/**
 * The member's yes: in one transaction the request is taken, what the yes rests on is held and looked at once more, and the
 * code saved.
 */
import { recordEvent } from '../audit/events.ts';
import type { Origin } from '../audit/origin.ts';
import { sha256Hex } from '../base/bytes.ts';
import type { Db } from '../database/open.ts';
import { transact } from '../database/transact.ts';
import { holdSession } from '../staff/store/sessions.ts';
import { judgeRequest } from './rules/authorize-request.ts';
import { makeGrantId } from './rules/claims.ts';
import { readParams } from './rules/params.ts';
import { findApproverLoginId } from './store/approver.ts';
import { type PendingRequest, takePending } from './store/authorization-requests.ts';
import { findClient, holdClient } from './store/clients.ts';
import { challengeSeenBefore, saveCode } from './store/codes.ts';
import type { TokenDeps } from './token/token-deps.ts';

export type Approver = { readonly id: number; readonly loginId: string; readonly authorityId: number | null };

export type Decision = {
  readonly requestId: string;
  readonly decision: 'approve' | 'deny';
  readonly browser: string;
  readonly member: Approver;
  /** The session in which the member answers. */
  readonly sessionHash: string;
  readonly origin: Origin;
};

/** What the answer rested on has ended between the look and the writing: all of it is taken back. */
class WithdrawnError extends Error {}

/** `before`: it was answered before; `withdrawn`: as if it had not been answered at all. */
export async function approve(
  deps: TokenDeps,
  decision: Decision,
  request: PendingRequest,
  code: string,
): Promise<'now' | 'before' | 'withdrawn'> {
  try {
    const taken = await transact(deps.store, (tx) => takeAndSave(deps, tx, { decision, request, code }));
    return taken ? 'now' : 'before';
  } catch (error) {
    if (error instanceof WithdrawnError) return 'withdrawn';
    throw error;
  }
}

type Approval = { readonly decision: Decision; readonly request: PendingRequest; readonly code: string };

async function takeAndSave(deps: TokenDeps, tx: Db, { decision, request, code }: Approval): Promise<boolean> {
  const now = deps.clock.now();
  const { member, origin } = decision;
  if (!(await takePending(tx, request.requestId, 'approved', now))) return false;
  if (!(await holdsStill(deps, tx, decision, request))) throw new WithdrawnError();
  await reportRepeatedChallenge(tx, decision, request, now);
  await saveCode(tx, {
    codeHash: sha256Hex(code),
    grantId: makeGrantId(deps.clock.nowMs()),
    clientId: request.clientId,
    memberId: member.id,
    loginId: member.loginId,
    redirectUri: request.redirectUri,
    redirectUriSent: request.redirectUriSent,
    scope: request.scope,
    codeChallenge: request.codeChallenge,
    createdAt: now,
    expiresAt: now + deps.lifetimes.codeSeconds,
    resource: request.resource,
  });
  await recordEvent(tx, {
    kind: 'authorize_approved',
    occurredAt: now,
    clientId: request.clientId,
    loginId: member.loginId,
    ...origin,
    detail: { scope: request.scope, pkce: request.codeChallenge !== null },
  });
  return true;
}

/**
 * A transaction that ends the session or changes the client waits until the code is saved, and then ends the code too. First the
 * rows are held, then it is read: MariaDB shows a transaction what there was at its first reading.
 */
async function holdsStill(
  deps: TokenDeps,
  tx: Db,
  { member, sessionHash }: Decision,
  request: PendingRequest,
): Promise<boolean> {
  if (!(await holdSession(tx, sessionHash, deps.clock.now()))) return false;
  await holdClient(tx, request.clientId);
  if ((await findApproverLoginId(tx, member.id)) === undefined) return false;
  return stillStands(deps, tx, request, 'approve');
}

/** RFC 9700 §2.1.1: a verifier that is always the same protects nothing; staff are told, the client goes on. */
async function reportRepeatedChallenge(
  tx: Db,
  { member, origin }: Decision,
  { clientId, codeChallenge }: PendingRequest,
  now: number,
): Promise<void> {
  if (codeChallenge === null || !(await challengeSeenBefore(tx, clientId, codeChallenge))) return;
  const { loginId } = member;
  await recordEvent(tx, { kind: 'challenge_repeated', occurredAt: now, clientId, loginId, ...origin });
}

/** A no may go to the redirect URI whatever else is wrong by now; a yes stands for exactly what was shown. */
export async function stillStands(
  deps: TokenDeps,
  db: Db,
  request: PendingRequest,
  decision: Decision['decision'],
): Promise<boolean> {
  const client = await findClient(db, request.clientId);
  const verdict = judgeRequest(readParams(request.query), client, deps.issuer, deps.scopes);
  if (verdict.kind === 'page') return false;
  const { redirectUri } = verdict.kind === 'redirect' ? verdict : verdict.request;
  if (redirectUri !== request.redirectUri) return false;
  return decision === 'deny' || (verdict.kind === 'ok' && verdict.request.scopes.join(' ') === request.scope);
}
