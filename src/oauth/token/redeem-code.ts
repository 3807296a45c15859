/** Grant type `authorization_code` (RFC 6749 §4.1.3): read once, judge, sign, take the code with all that follows in one transaction. */

import { eventRow } from '../../audit/events.ts';
import { randomToken, sha256Hex } from '../../base/bytes.ts';
import { carryOut, type Writes } from '../../database/hot/deed.ts';
import { adoptCode, madeOurs } from '../plugin/adopt.ts';
import { isDefuseText } from '../plugin/defuse.ts';
import { type MadeRefresh, makeRefresh } from '../plugin/for-both.ts';
import { type Client, needsPkce } from '../rules/client.ts';
import { OAuthError } from '../rules/errors.ts';
import { judgeCode } from '../rules/grant-code.ts';
import { required } from '../rules/params.ts';
import { isWithin } from '../rules/scope.ts';
import { noteWithoutPkce } from '../store/client-marks.ts';
import { learnPkce } from '../store/client-pkce.ts';
import { type CodeRecord, findCode, refuseCode, takeCode } from '../store/codes.ts';
import { newGrant, revokeGrant } from '../store/grants.ts';
import { pluginRowOf, spendInPlugin } from '../store/plugin-tokens.ts';
import type { TokenRequest } from './authenticate-client.ts';
import {
  answerOf,
  endOfGrant,
  refreshEnd,
  type SignedAccess,
  signAccess,
  type TokenAnswer,
} from './issue.ts';
import type { TokenDeps } from './token-deps.ts';

const PKCE_STAMP_SECONDS = 86_400;

export async function redeemCode(
  deps: TokenDeps,
  client: Client,
  request: TokenRequest,
): Promise<TokenAnswer> {
  const presented = required(request.params, 'code');
  const now = deps.clock.now();
  const code = await presentedCode(deps, presented);
  const asker = { clientId: client.clientId, demandsPkce: needsPkce(client) };
  const verdict = judgeCode(code, asker, request.params, now);
  if (verdict.kind === 'refuse') {
    const { burn, description } = verdict;
    // A rival may have taken the code meanwhile; the refusal stays.
    if (burn && code) await refuseCode(deps.store.db, code.codeHash, description, now);
    throw new OAuthError('invalid_grant', description);
  }
  if (verdict.kind === 'replay' || !code) return replayed(deps, code, request);
  if (code.liveLoginId !== code.loginId) {
    throw new OAuthError('invalid_grant', 'The member who approved may no longer act.');
  }
  return takeAndIssue(deps, client, code, request, now);
}

/** One of the plugin is made ours when it comes in first. */
async function presentedCode(deps: TokenDeps, presented: string): Promise<CodeRecord | undefined> {
  const hash = sha256Hex(presented);
  const known = await findCode(deps.store.db, hash);
  if (known || !isDefuseText(presented)) return known;
  return madeOurs(
    () => adoptCode(deps, presented),
    () => findCode(deps.store.db, hash),
  );
}

async function takeAndIssue(
  deps: TokenDeps,
  client: Client,
  code: CodeRecord,
  request: TokenRequest,
  now: number,
): Promise<TokenAnswer> {
  const scopes = code.scope.split(' ').filter((scope) => isWithin(scope, client.scopes));
  if (scopes.length === 0)
    throw new OAuthError('invalid_scope', 'The client has lost every scope that was approved.');
  const { grantId, loginId } = code;
  const access = await signAccess(deps, client, { grantId, subject: loginId, scopes, now });
  const refresh = await firstRefresh(deps, client, code, now);
  const isPlugins = isDefuseText(required(request.params, 'code'));
  const pluginRow = isPlugins ? await pluginRowOf(deps.store.db, code.codeHash) : undefined;
  // Not behind the commit: what failed there would cost the client its answer, and its code would be used.
  if (code.codeChallenge === null && (client.withoutPkceAt ?? 0) < now - PKCE_STAMP_SECONDS) {
    await noteWithoutPkce(deps.store.db, client.clientId, now, PKCE_STAMP_SECONDS);
  }
  const issued = { client, code, access, refresh, pluginRow, request, now };
  const won = await carryOut(deps.store.db, () => takeAndSave(deps, issued));
  return won ? answerOf(access, refresh?.text) : taken(deps, code, request);
}

/** Undefined: the client refreshes nothing. */
async function firstRefresh(
  deps: TokenDeps,
  client: Client,
  { grantId, loginId, scope }: CodeRecord,
  now: number,
): Promise<MadeRefresh | undefined> {
  if (!client.grantTypes.includes('refresh_token')) return undefined;
  const expiresAt = refreshEnd(deps, client, now, endOfGrant(deps, client, now));
  const facts = { grantId, loginId, scope, createdAt: now, expiresAt, seed: randomToken() };
  return makeRefresh(deps, client, facts);
}

/** A rival was faster: with a good attempt, which makes this one a replay, or with a bad one, which brought nothing. */
async function taken(deps: TokenDeps, code: CodeRecord, request: TokenRequest): Promise<never> {
  const now = await findCode(deps.store.db, code.codeHash);
  if (now?.refusedBecause) throw new OAuthError('invalid_grant', now.refusedBecause);
  return replayed(deps, code, request);
}

type Issued = {
  client: Client;
  code: CodeRecord;
  access: SignedAccess;
  refresh: MadeRefresh | undefined;
  pluginRow: string | undefined;
  request: TokenRequest;
  now: number;
};

function* takeAndSave(deps: TokenDeps, issued: Issued): Writes<boolean> {
  const { code, pluginRow, request, now } = issued;
  const { db } = deps.store;
  // The plugin's row first: whichever program answers, one does.
  if (pluginRow !== undefined && !(yield* spendInPlugin(db, 'code', pluginRow))) return false;
  if (!(yield* takeCode(db, code.codeHash, now))) return false;
  yield* save(deps, issued);
  request.patience.beforeCommit();
  return true;
}

function* save(deps: TokenDeps, { client, code, access, refresh, request, now }: Issued): Writes {
  const { db } = deps.store;
  const { grantId, clientId, memberId, loginId } = code;
  const ends = endOfGrant(deps, client, now);
  const grant = { grantId, clientId, memberId, loginId, scope: code.scope, createdAt: now };
  yield newGrant(db, { ...grant, expiresAt: ends, resource: code.resource });
  if (refresh) yield* refresh.save();
  yield access.row();
  const event = { occurredAt: now, clientId, loginId, ...request.origin };
  const detail = { scope: access.scope, grant: grantId };
  yield eventRow(db, { kind: 'code_redeemed', ...event, detail });
  if (client.pkce === 'auto' && code.codeChallenge !== null && (yield* learnPkce(db, clientId, now))) {
    yield eventRow(db, { kind: 'pkce_learned', ...event, detail: {} });
  }
}

/** RFC 9700 §4.2.4: no matter who came first, everything that came from the code ends. In its own commit, before the refusal. */
async function replayed(
  deps: TokenDeps,
  code: CodeRecord | undefined,
  request: TokenRequest,
): Promise<never> {
  if (code) {
    const now = deps.clock.now();
    const revoked = await deps.store.db.transaction().execute(async (tx) => {
      const ended = await revokeGrant(tx, code.grantId, 'code_replayed', now);
      const { clientId, loginId, grantId } = code;
      const detail = { grant: grantId, revoked: ended };
      const event = {
        kind: 'code_replayed' as const,
        occurredAt: now,
        clientId,
        loginId,
        ...request.origin,
        detail,
      };
      await deps.refusals.record(tx, event, clientId);
      return ended;
    });
    if (revoked) deps.alive.forget(code.grantId);
  }
  throw new OAuthError(
    'invalid_grant',
    'The authorization code was used before; the tokens that came from it are revoked.',
  );
}
