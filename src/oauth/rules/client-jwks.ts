/** The public keys of a client (RFC 7517): which are of use, and how much work they may be. Pasted and fetched ones alike. */
import type { JSONWebKeySet, JWK } from 'jose';

/** An assertion without a key id is tried with each of them. */
export const KEYS_MAX = 20;
// 2048 bits at least (ASVS 11.2.3), 4096 at most; the work of a check grows with the size of both numbers.
const RSA_BYTES = { min: 256, max: 512 };
const EXPONENT_MAX_BYTES = 4; // 65537, the usual one, has three
const ELLIPTIC = ['P-256', 'Ed25519']; // what ES256 and EdDSA sign with
const ELLIPTIC_BYTES = 32; // of a coordinate on either curve
/** Members of a JWK that are private or symmetric (RFC 7518 §6.2.2, §6.3.2, §6.4.1). */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

export type KeyFault = 'privateKey' | 'weakKey' | 'largeKey' | 'unknownKey';

/** Why a member of a key set is none that a client may prove itself with; undefined when it is. */
export function keyFault(key: unknown): KeyFault | undefined {
  if (typeof key !== 'object' || key === null) return 'unknownKey';
  const jwk = key as Readonly<Record<string, unknown>>;
  if (PRIVATE_MEMBERS.some((member) => member in jwk)) return 'privateKey';
  if (jwk.kty === 'RSA') return rsaFault(numberOf(jwk.n), numberOf(jwk.e));
  const elliptic = jwk.kty === 'EC' || jwk.kty === 'OKP';
  const known = elliptic && ELLIPTIC.includes(String(jwk.crv));
  return known && bytesOf(jwk.x)?.length === ELLIPTIC_BYTES ? undefined : 'unknownKey';
}

function rsaFault(modulus: Buffer | undefined, exponent: Buffer | undefined): KeyFault | undefined {
  if (!modulus || !exponent) return 'unknownKey';
  if (modulus.length > RSA_BYTES.max || exponent.length > EXPONENT_MAX_BYTES) return 'largeKey';
  // With an exponent of 1 anyone can sign.
  const e = exponent.readUIntBE(0, exponent.length);
  return modulus.length < RSA_BYTES.min || e < 3 || e % 2 === 0 ? 'weakKey' : undefined;
}

const bytesOf = (value: unknown): Buffer | undefined =>
  typeof value === 'string' && /^[\w-]+$/.test(value) ? Buffer.from(value, 'base64url') : undefined;

/** Without the zeros in front of it. */
function numberOf(value: unknown): Buffer | undefined {
  const bytes = bytesOf(value);
  const first = bytes?.findIndex((byte) => byte !== 0) ?? -1;
  return first < 0 ? undefined : bytes?.subarray(first);
}

/** What a key set holds for us: keys of other uses and kinds are passed over. Undefined when it is no key set. */
export function usableKeys(value: unknown): JSONWebKeySet | undefined {
  const keys = (value as { keys?: unknown } | null)?.keys;
  if (!Array.isArray(keys)) return undefined;
  return { keys: keys.filter((key): key is JWK => keyFault(key) === undefined).slice(0, KEYS_MAX) };
}
