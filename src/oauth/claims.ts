/** The claims of an access token: those of EC-CUBE's plugin, in its order, and beside them `iss`, `client_id`, `scope`. */
import { randomHex } from '../base/bytes.ts';

const GRANT_ID_HEX = 32; // characters; a grant id is 128 random bits
const TOKEN_PART_BYTES = 24; // random bytes behind the grant id: 80 hex characters in all, as the plugin's `jti`

/** A token id that tells its grant, so that a grant can be ended without a list of its tokens. */
export const makeJti = (grantId: string): string => `${grantId}${randomHex(TOKEN_PART_BYTES)}`;

/** The grant behind a token id; undefined when it is none of ours. */
export const grantOfJti = (jti: string): string | undefined =>
  /^[0-9a-f]{80}$/.test(jti) ? jti.slice(0, GRANT_ID_HEX) : undefined;

export type AccessTokenFacts = {
  readonly issuer: string;
  readonly clientId: string;
  readonly jti: string;
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly issuedAt: number;
  readonly expiresAt: number;
};

export const accessTokenClaims = (facts: AccessTokenFacts) => ({
  aud: facts.clientId,
  jti: facts.jti,
  iat: facts.issuedAt,
  nbf: facts.issuedAt,
  exp: facts.expiresAt,
  sub: facts.subject,
  scopes: facts.scopes,
  iss: facts.issuer,
  client_id: facts.clientId,
  scope: facts.scopes.join(' '),
});
