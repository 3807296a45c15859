/** Grant type `client_credentials` (RFC 6749 §4.4): a system acts as itself; no member, no refresh token. */

import { LRUCache } from 'lru-cache';
import { recordEvent } from '../../audit/events.ts';
import type { Store } from '../../database/open.ts';
import { clientSubject, makeGrantId } from '../rules/claims.ts';
import type { Client } from '../rules/client.ts';
import { OAuthError } from '../rules/errors.ts';
import { narrowScope } from '../rules/scope.ts';
import { findOwnGrant, insertGrant, isOwnGrant } from '../store/grants.ts';
import type { TokenRequest } from './authenticate-client.ts';
import { answerOf, signAccess, type TokenAnswer } from './issue.ts';
import type { TokenDeps } from './token-deps.ts';

export async function clientCredentials(
  deps: TokenDeps,
  client: Client,
  request: TokenRequest,
): Promise<TokenAnswer> {
  if (client.isPublic) throw new OAuthError('unauthorized_client', 'A public client cannot act as itself.');
  const scopes = scopesOf(deps, client, request.params.get('scope'));
  const now = deps.clock.now();
  const known = await ownGrant(deps.store, client);
  const grantId = known ?? makeGrantId(deps.clock.nowMs());
  const access = await signAccess(deps, client, {
    grantId,
    subject: clientSubject(client.clientId),
    scopes,
    now,
  });
  const { clientId } = client;
  await deps.store.db.transaction().execute(async (tx) => {
    if (known === undefined) {
      const scope = client.scopes.join(' ');
      const grant = { grantId, clientId, memberId: null, loginId: null, scope, createdAt: now };
      await insertGrant(tx, { ...grant, expiresAt: null, resource: null });
    }
    await access.save(tx);
    const detail = { scope: access.scope, grant: grantId };
    await recordEvent(tx, { kind: 'token_issued', occurredAt: now, clientId, ...request.origin, detail });
    request.patience.beforeCommit();
  });
  return answerOf(access, undefined);
}

const REMEMBERED = 10_000; // clients whose own grant was found before

const grantsFound = new WeakMap<Store, LRUCache<string, string>>();

/** The client's own grant, remembered by its id and read as it is now. */
async function ownGrant(store: Store, { clientId, scopes }: Client): Promise<string | undefined> {
  const scope = scopes.join(' ');
  const remembered = grantsFound.get(store) ?? new LRUCache<string, string>({ max: REMEMBERED });
  grantsFound.set(store, remembered);
  const last = remembered.get(clientId);
  if (last !== undefined && (await isOwnGrant(store.db, last, { clientId, scope }))) return last;
  const found = await findOwnGrant(store.db, clientId, scope);
  if (found === undefined) remembered.delete(clientId);
  else remembered.set(clientId, found);
  return found;
}

/** Capped by what the client is registered for (CVE-2024-52287); none asked for means all of it. */
function scopesOf(deps: TokenDeps, client: Client, asked: string | undefined): readonly string[] {
  if (asked === undefined) return client.scopes;
  const scopes = narrowScope(asked, client.scopes, deps.scopes);
  if (!scopes) throw new OAuthError('invalid_scope');
  return scopes;
}
