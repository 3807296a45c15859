/**
 * The authorization endpoint's turns: begin (the request arrives), decide (the member answers). What survives between
 * them is one row, bound to the browser. The browser is sent back to a client only by `answerUrl`, with a judged URI.
 */

import { type EventDetail, recordEvent } from '../audit/events.ts';
import type { Origin } from '../audit/origin.ts';
import { hmacBase64url, randomToken, sha256Hex } from '../base/bytes.ts';
import { type Approver, approve, type Decision, stillStands } from './approve.ts';
import { type Misfit, misfitFor, mismatch } from './misfit.ts';
import { isTooLong, judgeRequest, type PageReason, type RequestVerdict } from './rules/authorize-request.ts';
import type { Client } from './rules/client.ts';
import { readParams } from './rules/params.ts';
import { answerUrl } from './rules/redirect-uri.ts';
import { SYSTEM_ADMIN_AUTHORITY_ID } from './rules/scope.ts';
import {
  findPending,
  type PendingRequest,
  savePending,
  takePending,
} from './store/authorization-requests.ts';
import { findClient } from './store/clients.ts';
import { findCode } from './store/codes.ts';
import type { TokenDeps } from './token/token-deps.ts';

/** How long a member may think it over, and log in meanwhile. */
const REQUEST_SECONDS = 600;

export type AuthorizeInput = {
  /** The query string exactly as it came. */
  readonly query: string;
  /** The cookie that tells this browser from another. */
  readonly browser: string;
  /** The logged-in member, if any. */
  readonly member: Approver | undefined;
  readonly origin: Origin;
  /** Told before a stranger's request is kept; may throw to refuse. */
  readonly beforeWaiting: () => Promise<void>;
};

export type AuthorizeResult =
  | { kind: 'page'; reason: PageReason; misfit?: Misfit | undefined }
  | { kind: 'login'; requestId: string }
  | { kind: 'redirect'; url: string }
  | { kind: 'consent'; requestId: string; client: Client; redirectUri: string; scopes: readonly string[] }
  /** The member has not the authority to approve. */
  | { kind: 'not-allowed'; requestId: string; redirectUri: string };

/** RFC 6749 §4.1.1. No one is redirected before someone has logged in (RFC 9700 §4.11.2), pages apart. */
export async function beginAuthorization(deps: TokenDeps, visit: AuthorizeInput): Promise<AuthorizeResult> {
  if (isTooLong(visit.query)) {
    await refused(deps, visit, undefined, undefined, { reason: 'request-too-long' });
    return { kind: 'page', reason: 'request-too-long' };
  }
  const read = readParams(visit.query);
  const clientId = read.params.get('client_id');
  const client = clientId === undefined ? undefined : await findClient(deps.store.db, clientId);
  const verdict = judgeRequest(read, client, deps.issuer, deps.scopes);
  if (verdict.kind === 'page' || !client) {
    const reason = verdict.kind === 'page' ? verdict.reason : 'client-unknown';
    const detail = { reason, ...mismatch(read.params.get('redirect_uri'), client) };
    await refused(deps, visit, clientId, client, detail);
    const isForStaff = visit.member !== undefined && isSystemAdmin(visit.member);
    return { kind: 'page', reason, misfit: misfitFor(isForStaff, reason, read, client) };
  }
  if (!visit.member) {
    await visit.beforeWaiting();
    return { kind: 'login', requestId: await keep(deps, visit, client, verdict) };
  }
  if (verdict.kind === 'redirect') {
    const detail = { reason: verdict.error, description: verdict.description };
    await refused(deps, visit, clientId, client, detail);
    return { kind: 'redirect', url: errorUrl(deps, verdict, verdict.error, verdict.description) };
  }
  const requestId = await keep(deps, visit, client, verdict);
  const { redirectUri, scopes } = verdict.request;
  if (!isSystemAdmin(visit.member)) return { kind: 'not-allowed', requestId, redirectUri };
  return { kind: 'consent', requestId, client, redirectUri, scopes };
}

const isSystemAdmin = ({ authorityId }: Approver): boolean => authorityId === SYSTEM_ADMIN_AUTHORITY_ID;

async function keep(
  deps: TokenDeps,
  visit: AuthorizeInput,
  client: Client,
  verdict: RequestVerdict,
): Promise<string> {
  const now = deps.clock.now();
  const request = verdict.kind === 'ok' ? verdict.request : undefined;
  const requestId = randomToken();
  await savePending(deps.store.db, {
    requestId,
    browserHash: sha256Hex(visit.browser),
    query: visit.query,
    clientId: client.clientId,
    redirectUri: request?.redirectUri ?? '',
    redirectUriSent: request?.redirectUriSent ?? false,
    scope: request?.scopes.join(' ') ?? '',
    codeChallenge: request?.codeChallenge ?? null,
    createdAt: now,
    expiresAt: now + REQUEST_SECONDS,
    decision: null,
    resource: request?.resource ?? null,
  });
  return requestId;
}

/** The query of a request that waits for a login, to go back to exactly it; undefined when it is not this browser's or too old. */
export async function resumeAuthorization(
  deps: TokenDeps,
  requestId: string,
  browser: string,
): Promise<string | undefined> {
  const request = await findPending(deps.store.db, requestId, sha256Hex(browser));
  return request && request.expiresAt > deps.clock.now() ? request.query : undefined;
}

/** The request behind a login: who asks, and whether the login is followed at once by a refusal that goes to the client. */
export type Waiting = { readonly clientName: string; readonly isRefused: boolean };

/** Undefined when no request of this browser waits. */
export async function waitingRequestOf(
  deps: TokenDeps,
  requestId: string,
  browser: string,
): Promise<Waiting | undefined> {
  if (requestId === '') return undefined;
  const request = await findPending(deps.store.db, requestId, sha256Hex(browser));
  const client = request && (await findClient(deps.store.db, request.clientId));
  if (!client) return undefined;
  const verdict = judgeRequest(readParams(request.query), client, deps.issuer, deps.scopes);
  return { clientName: client.name, isRefused: verdict.kind === 'redirect' };
}

export type Decided =
  | { kind: 'redirect'; url: string }
  /** Not this browser's request, too old to answer, or withdrawn meanwhile; `query` starts it again. */
  | { kind: 'gone'; query: string | undefined }
  /** Answered before, and its code has been used. */
  | { kind: 'answered'; decision: 'approved' | 'denied' }
  | { kind: 'not-allowed' };

/**
 * RFC 6749 §4.1.2. One consent makes one code: a double click gets the same answer, not a second code. The request is
 * judged as on the day it came, since client, redirect URI, grant type or scope may have been withdrawn meanwhile; the
 * answer then is that of its query again.
 */
export async function decideAuthorization(deps: TokenDeps, decision: Decision): Promise<Decided> {
  const { db } = deps.store;
  const request = await findPending(db, decision.requestId, sha256Hex(decision.browser));
  if (!request || request.redirectUri === '') return { kind: 'gone', query: request?.query };
  if (!(await stillStands(deps, db, request, decision.decision)))
    return { kind: 'gone', query: request.query };
  if (decision.decision === 'deny') return deny(deps, decision, request);
  if (!isSystemAdmin(decision.member)) return { kind: 'not-allowed' };
  const code = codeOf(deps, request);
  const approved = await approve(deps, decision, request, code);
  if (approved === 'withdrawn') return { kind: 'gone', query: request.query };
  if (approved === 'now' || (await stillUsable(deps, request, code))) {
    return { kind: 'redirect', url: answer(deps, request, { code }) };
  }
  return repeatedAnswer(deps, request);
}

/** Drawn from the request, so that a repeated click needs no second code although only the hash is stored. */
const codeOf = (deps: TokenDeps, request: PendingRequest): string =>
  hmacBase64url(deps.derivationKey, `authorization-code\n${request.requestId}`);

async function stillUsable(deps: TokenDeps, request: PendingRequest, code: string): Promise<boolean> {
  if (request.decision === 'denied') return false;
  const record = await findCode(deps.store.db, sha256Hex(code));
  return record !== undefined && record.usedAt === null && record.expiresAt > deps.clock.now();
}

async function deny(deps: TokenDeps, decision: Decision, request: PendingRequest): Promise<Decided> {
  const now = deps.clock.now();
  const { origin, member } = decision;
  const { clientId, scope } = request;
  const event = { kind: 'authorize_denied' as const, occurredAt: now, clientId, ...origin };
  const taken = await deps.store.db.transaction().execute(async (tx) => {
    if (!(await takePending(tx, request.requestId, 'denied', now))) return false;
    await recordEvent(tx, { ...event, loginId: member.loginId, detail: { scope } });
    return true;
  });
  if (!taken && request.decision !== 'denied') return repeatedAnswer(deps, request);
  const description = 'The resource owner denied the request.';
  return { kind: 'redirect', url: errorUrl(deps, request, 'access_denied', description) };
}

/** The answer that counted stands in the row as it is now: a rival tab may just have written it. */
async function repeatedAnswer(deps: TokenDeps, request: PendingRequest): Promise<Decided> {
  const now = await findPending(deps.store.db, request.requestId, request.browserHash);
  return now?.decision
    ? { kind: 'answered', decision: now.decision }
    : { kind: 'gone', query: request.query };
}

type Target = { redirectUri: string; state: string | null };

/** RFC 9207: `iss` in every answer; `state` untouched. */
const answer = (deps: TokenDeps, target: Target, parameters: Record<string, string>): string =>
  answerUrl(target.redirectUri, { ...parameters, state: target.state, iss: deps.issuer });

const errorUrl = (deps: TokenDeps, target: Target, error: string, description: string): string =>
  answer(deps, target, { error, error_description: description });

async function refused(
  deps: TokenDeps,
  visit: AuthorizeInput,
  clientId: string | undefined,
  client: Client | undefined,
  detail: EventDetail,
): Promise<void> {
  const event = {
    kind: 'authorize_refused' as const,
    occurredAt: deps.clock.now(),
    clientId: clientId ?? null,
    loginId: visit.member?.loginId ?? null,
    ...visit.origin,
    detail,
  };
  await deps.refusals.record(deps.store.db, event, client?.clientId);
}
