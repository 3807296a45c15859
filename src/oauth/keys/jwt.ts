/** Signs and verifies access tokens. The algorithm is fixed by the key, never by a token's header (RFC 8725 §3.1). */
import { type KeyObject, subtle } from 'node:crypto';
import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import { CLOCK_LEEWAY_SECONDS } from '../../base/clock.ts';
import { IdleCopies } from './idle-copies.ts';
import type { SigningAlgorithm, SigningKey } from './keyring.ts';

/** What WebCrypto calls them; it writes signatures as JWS wants them (RFC 7518 §3). */
const ALGORITHMS = {
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256', saltLength: 32 },
  ES256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  EdDSA: { name: 'Ed25519' },
} as const satisfies Record<SigningAlgorithm, object>;

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const headers = new WeakMap<SigningKey, Map<string, string>>();

/** The encoded header of a key and token type; it never changes, so it is made once. */
function headerOf(key: SigningKey, typ: string): string {
  const known = headers.get(key) ?? new Map<string, string>();
  headers.set(key, known);
  const header = known.get(typ) ?? base64url({ typ, alg: key.alg, kid: key.kid });
  known.set(typ, header);
  return header;
}

const copies = new WeakMap<KeyObject, IdleCopies>();

function copiesOf(privateKey: KeyObject, alg: SigningAlgorithm): IdleCopies {
  const known = copies.get(privateKey);
  if (known) return known;
  const made = new IdleCopies(privateKey, ALGORITHMS[alg]);
  copies.set(privateKey, made);
  return made;
}

/** A JWS in compact form (RFC 7515 §7.1); the signature is made off the event loop. */
export async function signJwt(key: SigningKey, typ: string, claims: object): Promise<string> {
  const input = `${headerOf(key, typ)}.${base64url(claims)}`;
  const signature = await signatureBy(key, Buffer.from(input, 'latin1'));
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
}

/**
 * By WebCrypto: what waits for `crypto.sign` with a callback, V8 collects only with its old objects, which took a tenth of
 * the time of a busy server and 200 MB (docs/decisions/0008-node-crypto-signs-jose-verifies.md).
 */
async function signatureBy(key: SigningKey, bytes: Buffer<ArrayBuffer>): Promise<Uint8Array> {
  if (key.sign) return key.sign(bytes);
  if (!key.privateKey) throw new Error(`the signing key ${key.kid} has no private half`);
  const idle = copiesOf(key.privateKey, key.alg);
  const copy = idle.take();
  try {
    return new Uint8Array(await subtle.sign(ALGORITHMS[key.alg], copy, bytes));
  } finally {
    idle.put(copy);
  }
}

export type Verified = { ok: true; typ: string | undefined; claims: JWTPayload } | { ok: false; why: string };

/**
 * Checks signature and issuer, and the times against `now` (epoch seconds); 'any' leaves the times alone. `why` is safe to
 * show.
 */
export async function verifyJwt(
  token: string,
  keys: readonly SigningKey[],
  expected: { issuer: string; now: number | 'any' },
): Promise<Verified> {
  if (!isExact(token)) return { ok: false, why: 'the token is not a valid JWT' };
  try {
    const { kid } = decodeProtectedHeader(token);
    const key = keys.find((one) => one.kid === kid);
    if (!key) return { ok: false, why: 'the token was signed by an unknown key' };
    const { payload, protectedHeader } = await jwtVerify(token, key.publicKey, {
      algorithms: [key.alg],
      issuer: expected.issuer,
      // Times are judged below: the library knows one leeway for `exp` and `nbf`, and none for `iat`.
      clockTolerance: Number.MAX_SAFE_INTEGER,
      requiredClaims: ['exp', 'iat', 'jti', 'sub', 'aud'],
    });
    const why = expected.now === 'any' ? undefined : timeFault(payload, expected.now);
    return why === undefined ? { ok: true, typ: protectedHeader.typ, claims: payload } : { ok: false, why };
  } catch (error) {
    return { ok: false, why: reason(error) };
  }
}

/**
 * Whether the signature is written in the one way of RFC 7515 §2. Decoders let blanks, padding and spare bits through, and a
 * token would have any number of texts; the signature covers the letters of the rest.
 */
function isExact(token: string): boolean {
  const signature = token.slice(token.lastIndexOf('.') + 1);
  return Buffer.from(signature, 'base64url').toString('base64url') === signature;
}

function timeFault({ exp = 0, iat = 0, nbf = 0 }: JWTPayload, now: number): string | undefined {
  if (exp <= now) return 'the token has expired';
  if (nbf > now + CLOCK_LEEWAY_SECONDS) return 'the claim nbf lies in the future';
  return iat > now + CLOCK_LEEWAY_SECONDS ? 'the claim iat lies in the future' : undefined;
}

function reason(error: unknown): string {
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'the signature does not match';
  if (error instanceof errors.JWTClaimValidationFailed) return `the claim ${error.claim} is not acceptable`;
  return 'the token is not a valid JWT';
}
