/** Token revocation (RFC 7009): own tokens only; a token of a member's approval ends the whole grant. */

import { recordEvent } from '../../audit/events.ts';
import type { Client } from '../rules/client.ts';
import { OAuthError } from '../rules/errors.ts';
import { required } from '../rules/params.ts';
import { revokeAccess, revokeGrant } from '../store/grants.ts';
import type { TokenRequest } from './authenticate-client.ts';
import { findToken } from './find-token.ts';
import type { TokenDeps } from './token-deps.ts';

export async function revokeToken(deps: TokenDeps, client: Client, request: TokenRequest): Promise<void> {
  // An expired access token still ends its grant: a client that logs out late must not leave its refresh token behind.
  const found = await findToken(deps, required(request.params, 'token'), 'any');
  // RFC 7009 §2.2: an unknown token is as good as revoked.
  if (!found) return;
  const owner = found.kind === 'refresh' ? found.record : found.claims;
  if (owner.clientId !== client.clientId) {
    throw new OAuthError('invalid_grant', 'The token was issued to another client.');
  }
  const now = deps.clock.now();
  const { grantId, clientId } = owner;
  const ended = await deps.store.db.transaction().execute(async (tx) => {
    // A client that acts as itself has one grant for all its tokens: there only this token ends.
    const single = found.kind === 'access' && (await revokeAccess(tx, found.claims, now));
    const hasEnded = single === 'own-grant' || (await revokeGrant(tx, grantId, 'revoked_by_client', now));
    const detail = { token: found.kind, grant: grantId, ended: hasEnded };
    await recordEvent(tx, { kind: 'token_revoked', occurredAt: now, clientId, ...request.origin, detail });
    return hasEnded;
  });
  if (ended) deps.alive.forget(grantId);
}
