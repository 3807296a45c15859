/** Signs an access token and says what must be written with it. The signature is made before the transaction, so no lock waits for it. */

import { beforeDeed, type Write } from '../../database/hot/deed.ts';
import { signJwt } from '../keys/jwt.ts';
import { currentKey } from '../keys/keyring.ts';
import { accessTokenOf, makeJti } from '../rules/claims.ts';
import type { Client } from '../rules/client.ts';
import { newAccess } from '../store/grants.ts';
import type { TokenDeps } from './token-deps.ts';

/** RFC 6749 §5.1, keys in the order of EC-CUBE's plugin. */
export type TokenAnswer = {
  token_type: 'Bearer';
  expires_in: number;
  access_token: string;
  refresh_token?: string;
  scope: string;
};

export type SignedAccess = {
  readonly token: string;
  readonly expiresIn: number;
  readonly scope: string;
  /** The token's row; to be written in the deed that takes the code or refresh token. */
  row(): Write;
};

/** Lifetime and form are the client's own where it has them; `grantEnd` (seconds since the epoch) ends the token as well. */
export async function signAccess(
  deps: TokenDeps,
  client: Client,
  facts: { grantId: string; subject: string; scopes: readonly string[]; now: number },
  grantEnd: number | null = null,
): Promise<SignedAccess> {
  const { grantId, now } = facts;
  const { clientId, policies } = client;
  const jti = makeJti(grantId, deps.clock.nowMs());
  const lifetime = policies.accessSeconds ?? deps.lifetimes.accessSeconds;
  const expiresIn = grantEnd === null ? lifetime : Math.min(lifetime, grantEnd - now);
  const expiresAt = now + expiresIn;
  const { typ, claims } = accessTokenOf(policies.tokenProfile, {
    ...facts,
    issuer: deps.issuer,
    clientId,
    jti,
    issuedAt: now,
    expiresAt,
  });
  const { db } = deps.store;
  return {
    token: await beforeDeed(db, signJwt(currentKey(deps.keys()), typ, claims)),
    expiresIn,
    scope: claims.scope,
    row: () => newAccess(db, { jti, grantId, clientId, issuedAt: now, expiresAt }),
  };
}

/** When a refresh token made at `now` ends: unused for the idle time, and never after its grant. */
export function refreshEnd(deps: TokenDeps, client: Client, now: number, grantEnd: number | null): number {
  const idle = now + (client.policies.refreshIdleSeconds ?? deps.lifetimes.refreshSeconds);
  return grantEnd === null ? idle : Math.min(idle, grantEnd);
}

/** When a grant made at `now` ends for good (ASVS 10.4.8). */
export const endOfGrant = (deps: TokenDeps, client: Client, now: number): number =>
  now + (client.policies.refreshAbsoluteSeconds ?? deps.lifetimes.refreshAbsoluteSeconds);

export const answerOf = (access: SignedAccess, refreshToken: string | undefined): TokenAnswer => ({
  token_type: 'Bearer',
  expires_in: access.expiresIn,
  access_token: access.token,
  ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
  scope: access.scope,
});
