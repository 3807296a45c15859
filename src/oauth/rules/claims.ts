/** The claims of an access token, written and read, by the client's token profile. */
import { randomHex } from '../../base/bytes.ts';
import type { TokenProfile } from './client.ts';
import { apiResource } from './resource.ts';

const GRANT_ID_HEX = 32; // characters
const TIME_HEX = 12; // of them: the millisecond in which it was given
const TOKEN_PART_BYTES = 18; // random bytes behind the grant id and a time: 80 hex characters in all, as the plugin's `jti`

/**
 * Time and 80 random bits: nothing to guess, and new grants and their tokens stand side by side in the database's trees.
 * A grant id is a name, not a secret.
 */
export const makeGrantId = (nowMs: number): string =>
  timeHex(nowMs) + randomHex((GRANT_ID_HEX - TIME_HEX) / 2);

const timeHex = (ms: number): string => ms.toString(16).padStart(TIME_HEX, '0');

/**
 * A token id that tells its grant, so that a grant can be ended without a list of its tokens. Time, and 144 random bits: the
 * tokens that a client gets one after the other as itself lie side by side, and share the pages that a commit writes.
 */
export const makeJti = (grantId: string, nowMs: number): string =>
  `${grantId}${timeHex(nowMs)}${randomHex(TOKEN_PART_BYTES)}`;

/** The grant behind a token id; undefined when it is none of ours. */
export const grantOfJti = (jti: string): string | undefined =>
  /^[0-9a-f]{80}$/.test(jti) ? jti.slice(0, GRANT_ID_HEX) : undefined;

/** The subject of a client that acts as itself; no login id begins so (staff/rules/login-id.ts). */
export const clientSubject = (clientId: string): string => `urn:tegata:api-client:${clientId}`;

export type AccessTokenFacts = {
  readonly issuer: string;
  readonly clientId: string;
  readonly jti: string;
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly issuedAt: number;
  readonly expiresAt: number;
};

const sharedClaims = (facts: AccessTokenFacts) => ({
  jti: facts.jti,
  iat: facts.issuedAt,
  nbf: facts.issuedAt,
  exp: facts.expiresAt,
  sub: facts.subject,
});

/** The claims of EC-CUBE's plugin, in its order, and beside them `iss`, `client_id`, `scope`. */
const compatClaims = (facts: AccessTokenFacts) => ({
  aud: facts.clientId,
  ...sharedClaims(facts),
  scopes: facts.scopes,
  iss: facts.issuer,
  client_id: facts.clientId,
  scope: facts.scopes.join(' '),
});

/** RFC 9068 §2.2: the audience is the resource. */
const rfc9068Claims = (facts: AccessTokenFacts, resource: string) => ({
  iss: facts.issuer,
  aud: resource,
  ...sharedClaims(facts),
  client_id: facts.clientId,
  scope: facts.scopes.join(' '),
});

/** JOSE `typ` and claims by the client's token profile. */
export const accessTokenOf = (
  profile: TokenProfile,
  facts: AccessTokenFacts,
): { typ: string; claims: ReturnType<typeof compatClaims> | ReturnType<typeof rfc9068Claims> } =>
  profile === 'rfc9068'
    ? { typ: 'at+jwt', claims: rfc9068Claims(facts, apiResource(facts.issuer)) }
    : { typ: 'JWT', claims: compatClaims(facts) };

export type TokenClaims = {
  readonly clientId: string;
  readonly grantId: string;
  readonly jti: string;
  readonly subject: string;
  readonly scopes: ReadonlySet<string>;
  readonly expiresAt: number;
};

/** Reads verified claims; undefined when they are none of an access token for this API (RFC 9700 §2.3, RFC 9068 §4). */
export function readAccessToken(
  typ: string | undefined,
  claims: Readonly<Record<string, unknown>>,
  issuer: string,
): TokenClaims | undefined {
  const { aud, client_id: clientId, jti, sub, scope, exp } = claims;
  if (typeof jti !== 'string' || typeof sub !== 'string' || typeof clientId !== 'string') return undefined;
  // A token of the plugin's kind is for this API when its audience is its own client.
  const audience = typ === 'at+jwt' ? apiResource(issuer) : clientId;
  const grantId = grantOfJti(jti);
  if (!['JWT', 'at+jwt'].includes(typ ?? '') || aud !== audience) return undefined;
  if (grantId === undefined || typeof scope !== 'string' || typeof exp !== 'number') return undefined;
  return {
    clientId,
    grantId,
    jti,
    subject: sub,
    scopes: new Set(scope.split(' ').filter((one) => one !== '')),
    expiresAt: exp,
  };
}
