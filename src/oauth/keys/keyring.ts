/**
 * Which key signs now, which are published, which still verify, when one goes. Values in, values out: files are read and
 * written elsewhere. A key's way: next (published, so that verifiers know it before it signs) → current → old (still
 * verifies until the last token it signed has expired) → gone.
 */
import type { KeyObject } from 'node:crypto';

const STRONG_RSA_BITS = 3072;

export const SIGNING_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;

export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];

export type KeyState = 'next' | 'current' | 'old';

export type SigningKey = {
  readonly kid: string;
  readonly alg: SigningAlgorithm;
  readonly state: KeyState;
  readonly createdAt: number;
  /** When it began to sign; for a next key, when it was made. */
  readonly signsSince: number;
  /** When it stopped signing. */
  readonly oldSince: number | null;
  /** Undefined where a KMS or an HSM keeps it. */
  readonly privateKey: KeyObject | undefined;
  readonly publicKey: KeyObject;
  /** The signature in the form of JWS; absent where `privateKey` makes it. */
  readonly sign?: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** Public part as a JWK with `kid`, `use` and `alg` (RFC 7517 §4). */
  readonly jwk: Readonly<Record<string, unknown>>;
};

export type KeyRecord = Pick<SigningKey, 'kid' | 'alg' | 'state' | 'createdAt' | 'signsSince' | 'oldSince'>;

export function currentKey<K extends KeyRecord>(keys: readonly K[]): K {
  const current = keys.find(({ state }) => state === 'current');
  if (!current) throw new Error('the key folder holds no current signing key');
  return current;
}

/** How hard a key of ours is to break: NIST SP 800-57 part 1, table 2. P-256 and Ed25519 have no modulus. */
export const securityBits = ({ asymmetricKeyDetails }: KeyObject): number =>
  (asymmetricKeyDetails?.modulusLength ?? STRONG_RSA_BITS) < STRONG_RSA_BITS ? 112 : 128;

/**
 * The records after a rotation at `now`: the next key (or `fresh`) signs from here on, the current one becomes old.
 * `fresh` is published as the new next key when a next key was waiting.
 */
export function rotate(records: readonly KeyRecord[], fresh: KeyRecord, now: number): KeyRecord[] {
  const waiting = records.find(({ state }) => state === 'next');
  const successor = waiting ?? fresh;
  const turned = records.map((record) => {
    if (record.kid === successor.kid) return { ...record, state: 'current' as const, signsSince: now };
    if (record.state === 'current') return { ...record, state: 'old' as const, oldSince: now };
    return record;
  });
  return [...turned, { ...fresh, state: waiting ? 'next' : 'current' }];
}

/**
 * The records without a key that must not count any longer; a signing key's place is taken as in a rotation. `fresh` fills
 * the gap and is not needed for an old key.
 */
export function withoutKey(
  records: readonly KeyRecord[],
  kid: string,
  fresh: KeyRecord,
  now: number,
): KeyRecord[] {
  const state = records.find((record) => record.kid === kid)?.state;
  const others = (kept: readonly KeyRecord[]) => kept.filter((record) => record.kid !== kid);
  if (state === 'current') return others(rotate(records, fresh, now));
  return state === 'next' ? [...others(records), { ...fresh, state }] : others(records);
}

/** No access token lives longer, whatever an operator or client is given; old keys verify for this long. */
export const LONGEST_TOKEN_SECONDS = 86_400;

/** When the last token of an old key has expired, so that the key may go; null for one that is not old. */
export const retirableAt = ({ state, oldSince }: KeyRecord): number | null =>
  state === 'old' && oldSince !== null ? oldSince + LONGEST_TOKEN_SECONDS + 1 : null;

/** Old keys that may go. */
export const retirable = (records: readonly KeyRecord[], now: number): KeyRecord[] =>
  records.filter((record) => now >= (retirableAt(record) ?? Number.POSITIVE_INFINITY));
