/** Grant type `refresh_token` (RFC 6749 §6): every use rotates; an old token ends the family, but for a lost answer's retry. */

import { eventRow } from '../../audit/events.ts';
import { sha256Hex } from '../../base/bytes.ts';
import { carryOut, type Writes } from '../../database/hot/deed.ts';
import type { Db } from '../../database/open.ts';
import { adoptRefresh, madeOurs } from '../plugin/adopt.ts';
import { isDefuseText } from '../plugin/defuse.ts';
import { type MadeRefresh, makeRefresh, ownRefresh } from '../plugin/for-both.ts';
import type { Client } from '../rules/client.ts';
import { OAuthError } from '../rules/errors.ts';
import { judgeRefresh } from '../rules/grant-refresh.ts';
import { required } from '../rules/params.ts';
import { isWithin, narrowScope } from '../rules/scope.ts';
import { findRefresh, type RefreshRecord, revokeGrant, takeRefresh } from '../store/grants.ts';
import { livesInPlugin, pluginRowOf, spendInPlugin } from '../store/plugin-tokens.ts';
import type { TokenRequest } from './authenticate-client.ts';
import { answerOf, refreshEnd, type SignedAccess, signAccess, type TokenAnswer } from './issue.ts';
import type { TokenDeps } from './token-deps.ts';

/** A rival may win between the reading and the taking; then the token is judged again as it is now. */
const ROUNDS = 3;

export async function refresh(deps: TokenDeps, client: Client, request: TokenRequest): Promise<TokenAnswer> {
  const presented = required(request.params, 'refresh_token');
  for (let round = 0; round < ROUNDS; round++) {
    const answer = await attempt(deps, client, request, presented);
    if (answer) return answer;
  }
  throw new OAuthError('temporarily_unavailable');
}

async function attempt(
  deps: TokenDeps,
  client: Client,
  request: TokenRequest,
  presented: string,
): Promise<TokenAnswer | undefined> {
  const now = deps.clock.now();
  const token = await presentedRefresh(deps, presented);
  const verdict = judgeRefresh(token, client.clientId, now);
  if (verdict.kind === 'refuse') throw new OAuthError('invalid_grant', verdict.description);
  if (verdict.kind === 'reuse' || !token) return reused(deps, token, request);
  const subject = subjectOf(token);
  const scopes = narrowed(deps, request.params.get('scope'), token, client);
  const successor = await successorOf(deps, client, { token, subject, presented, now });
  const { grantId, grantExpiresAt } = token;
  const pluginRow = await livingPluginRow(deps, token, presented);
  if (pluginRow === 'taken') return undefined;
  const access = await signAccess(deps, client, { grantId, subject, scopes, now }, grantExpiresAt);
  const rotates = verdict.kind === 'rotate';
  const issued = { token, successor, access, rotates, pluginRow, request, now };
  const won = await carryOut(deps.store.db, () => takeAndSave(deps.store.db, issued));
  return won ? answerOf(access, successor.text) : undefined;
}

type Issued = {
  readonly token: RefreshRecord;
  readonly successor: MadeRefresh;
  readonly access: SignedAccess;
  /** False: the retry of a lost answer. */
  readonly rotates: boolean;
  readonly pluginRow: string | undefined;
  readonly request: TokenRequest;
  readonly now: number;
};

function* takeAndSave(
  db: Db,
  { token, successor, access, rotates, pluginRow, request, now }: Issued,
): Writes<boolean> {
  if (rotates) {
    // The plugin's row first: whichever program answers, one does.
    if (pluginRow !== undefined && !(yield* spendInPlugin(db, 'refresh', pluginRow))) return false;
    if (!(yield* takeRefresh(db, token.tokenHash, successor.hash, now))) return false;
    yield* successor.save();
  }
  yield access.row();
  yield eventRow(db, {
    kind: 'token_refreshed',
    occurredAt: now,
    clientId: token.clientId,
    loginId: token.loginId,
    ...request.origin,
    detail: { scope: access.scope, grant: token.grantId, retry: !rotates },
  });
  request.patience.beforeCommit();
  return true;
}

/** One of the plugin is made ours when it comes in first. */
async function presentedRefresh(deps: TokenDeps, presented: string): Promise<RefreshRecord | undefined> {
  const hash = sha256Hex(presented);
  const known = await findRefresh(deps.store.db, hash);
  if (known || !isDefuseText(presented)) return known;
  return madeOurs(
    () => adoptRefresh(deps, presented),
    () => findRefresh(deps.store.db, hash),
  );
}

/**
 * The row of the plugin that must be spent with the token; undefined = there is none. `taken`: a rival has rotated the token
 * meanwhile. Throws `invalid_grant` when the plugin itself has spent it.
 */
async function livingPluginRow(
  { store: { db } }: TokenDeps,
  token: RefreshRecord,
  presented: string,
): Promise<string | 'taken' | undefined> {
  if (!isDefuseText(presented) || token.rotatedAt !== null) return undefined;
  const row = await pluginRowOf(db, token.tokenHash);
  if (row === undefined || (await livesInPlugin(db, 'refresh', row))) return row;
  if ((await findRefresh(db, token.tokenHash))?.rotatedAt !== null) return 'taken';
  throw new OAuthError('invalid_grant', 'The refresh token has been revoked.');
}

type Succession = { token: RefreshRecord; subject: string; presented: string; now: number };

/**
 * The successor is drawn from the presented token with the installation's key, so that a retry gets the very same one
 * although only its hash is stored. No one without both the token and the key can compute it.
 */
async function successorOf(
  deps: TokenDeps,
  client: Client,
  { token, subject, presented, now }: Succession,
): Promise<MadeRefresh> {
  const { grantId, grantExpiresAt, scope, successorHash } = token;
  const expiresAt = token.successorExpiresAt ?? refreshEnd(deps, client, now, grantExpiresAt);
  const facts = { grantId, loginId: subject, scope, createdAt: now, expiresAt, seed: presented };
  const own = ownRefresh(deps, client, facts);
  if (own.hash === successorHash) return own;
  const made = await makeRefresh(deps, client, facts);
  if (successorHash === null || made.hash === successorHash) return made;
  // The way back was closed, or the client changed, between a lost answer and its retry.
  throw new OAuthError('invalid_grant', 'The refresh token was used before.');
}

function subjectOf(token: RefreshRecord): string {
  if (token.loginId === null || token.liveLoginId !== token.loginId) {
    throw new OAuthError('invalid_grant', 'The member who approved may no longer act.');
  }
  return token.loginId;
}

/**
 * RFC 6749 §6: a refresh may narrow the scope, never widen it. A client that asks at each refresh for all that it asked for
 * at first gets what was approved; scopes that the client has lost since are left out.
 */
function narrowed(
  deps: TokenDeps,
  asked: string | undefined,
  token: RefreshRecord,
  client: Client,
): readonly string[] {
  const granted = token.scope.split(' ');
  const wanted = asked === undefined ? granted : narrowScope(asked, granted, deps.scopes);
  if (!wanted) throw new OAuthError('invalid_scope', 'The scope must be part of what was approved.');
  const scopes = wanted.filter((scope) => isWithin(scope, client.scopes));
  if (scopes.length === 0)
    throw new OAuthError('invalid_scope', 'The client has lost every scope that was approved.');
  return scopes;
}

/** RFC 9700 §4.14.2: the family ends, the live token included. In its own commit, before the refusal. */
async function reused(
  deps: TokenDeps,
  token: RefreshRecord | undefined,
  request: TokenRequest,
): Promise<never> {
  if (token) {
    const now = deps.clock.now();
    const { clientId, loginId, grantId } = token;
    const revoked = await deps.store.db.transaction().execute(async (tx) => {
      const ended = await revokeGrant(tx, grantId, 'refresh_reused', now);
      const detail = { grant: grantId, revoked: ended };
      const event = {
        kind: 'refresh_reused' as const,
        occurredAt: now,
        clientId,
        loginId,
        ...request.origin,
        detail,
      };
      await deps.refusals.record(tx, event, clientId);
      return ended;
    });
    if (revoked) deps.alive.forget(grantId);
  }
  throw new OAuthError('invalid_grant', 'The refresh token was used before; the grant is revoked.');
}
