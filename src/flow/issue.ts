/** Signs an access token and says what must be written with it. The signature is made before the transaction, so no lock waits for it. */

import { signJwt } from '../keys/jwt.ts';
import { currentKey } from '../keys/keyring.ts';
import { accessTokenClaims, makeJti } from '../oauth/claims.ts';
import { insertAccess } from '../store/grants.ts';
import type { Db } from '../store/open.ts';
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
  /** Writes the token's row; call it in the transaction that takes the code or refresh token. */
  save(db: Db): Promise<void>;
};

export async function signAccess(
  deps: TokenDeps,
  facts: { grantId: string; clientId: string; subject: string; scopes: readonly string[]; now: number },
): Promise<SignedAccess> {
  const jti = makeJti(facts.grantId);
  const expiresAt = facts.now + deps.lifetimes.accessSeconds;
  const claims = accessTokenClaims({ ...facts, issuer: deps.issuer, jti, issuedAt: facts.now, expiresAt });
  return {
    token: await signJwt(currentKey(deps.keys()), 'JWT', claims),
    expiresIn: deps.lifetimes.accessSeconds,
    scope: claims.scope,
    save: (db) =>
      insertAccess(db, {
        jti,
        grantId: facts.grantId,
        clientId: facts.clientId,
        issuedAt: facts.now,
        expiresAt,
      }),
  };
}

export const answerOf = (access: SignedAccess, refreshToken: string | undefined): TokenAnswer => ({
  token_type: 'Bearer',
  expires_in: access.expiresIn,
  access_token: access.token,
  ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
  scope: access.scope,
});
