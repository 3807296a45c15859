/** Client authentication by `private_key_jwt` (RFC 7523 §2.2, §3): the assertion is judged with keys that are handed in. */
import {
  createLocalJWKSet,
  decodeJwt,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import { CLOCK_LEEWAY_SECONDS } from '../../base/clock.ts';
import { OAuthError } from './errors.ts';

export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Asymmetric only: a secret that both sides know proves nothing more than the secret (ASVS 9.1.2). */
export const ASSERTION_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'];
// RFC 7515 §2: base64url without blanks or padding, which decoders let through.
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const MAX_LIFE_SECONDS = 3600; // farther ahead `exp` may not be, so that used ids need not be kept for long
const MAX_JTI = 255; // characters

/** The client that an assertion speaks for, before anything of it is believed. */
export function assertedClient(assertion: string): string {
  try {
    const { sub } = decodeJwt(assertion);
    if (typeof sub === 'string' && COMPACT.test(assertion)) return sub;
  } catch {
    // falls through to the refusal
  }
  throw new OAuthError('invalid_client', 'client_assertion is not a JWT with a subject.');
}

export type AssertionVerdict =
  | { ok: true; jti: string; expiresAt: number }
  /**
   * `unknownKey`: the client may have rotated its keys; fetch them again. `signed`: the signature holds, so that the client
   * itself may be told what is wrong with its claims.
   */
  | { ok: false; detail: string; unknownKey: boolean; signed: boolean };

export async function judgeAssertion(
  assertion: string,
  jwks: JSONWebKeySet,
  expected: { clientId: string; audiences: readonly string[]; now: number },
): Promise<AssertionVerdict> {
  const { clientId, audiences, now } = expected;
  try {
    const payload = await verifiedBy(jwks, assertion, {
      algorithms: ASSERTION_ALGORITHMS,
      issuer: clientId,
      subject: clientId,
      audience: [...audiences],
      requiredClaims: ['exp', 'jti'],
      currentDate: new Date(now * 1000),
      clockTolerance: CLOCK_LEEWAY_SECONDS,
    });
    return judgeClaims(payload, now);
  } catch (error) {
    const unknownKey = error instanceof errors.JWKSNoMatchingKey;
    // The library judges claims behind the signature.
    const signed = error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired;
    return { ok: false, detail: reason(error), unknownKey, signed };
  }
}

function judgeClaims({ jti, exp = 0, iat = 0 }: JWTPayload, now: number): AssertionVerdict {
  if (typeof jti !== 'string' || jti === '') return refuse('the claim jti must be a text');
  if (jti.length > MAX_JTI) return refuse(`the claim jti is longer than ${MAX_JTI} characters`);
  if (exp > now + MAX_LIFE_SECONDS + CLOCK_LEEWAY_SECONDS)
    return refuse(`the claim exp lies more than ${MAX_LIFE_SECONDS} seconds ahead`);
  if (iat > now + CLOCK_LEEWAY_SECONDS) return refuse('the claim iat lies in the future');
  // RFC 7519 §2: a time may have a fraction.
  return { ok: true, jti, expiresAt: Math.ceil(exp) + CLOCK_LEEWAY_SECONDS };
}

/** An assertion need not name its key; then every key of its kind is tried (RFC 7515 §4.1.4, RFC 7523 §3). */
async function verifiedBy(
  jwks: JSONWebKeySet,
  assertion: string,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  try {
    return (await jwtVerify(assertion, createLocalJWKSet(jwks), options)).payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const key of error) {
      const tried = await jwtVerify(assertion, key, options).catch(unlessSignature);
      if (tried) return tried.payload;
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

function unlessSignature(error: unknown): undefined {
  if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
}

const refuse = (detail: string) => ({ ok: false as const, detail, unknownKey: false, signed: true });

function reason(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'the claim exp lies in the past';
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf') {
    return 'the claim nbf lies in the future or is no number';
  }
  if (error instanceof errors.JWTClaimValidationFailed) return `the claim ${error.claim} is not acceptable`;
  if (error instanceof errors.JOSEError) return error.code;
  return 'the assertion cannot be verified';
}
