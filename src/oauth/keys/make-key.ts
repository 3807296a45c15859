/** Makes signing keys and turns PEM text into keys ready for use. */
import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, type JWK } from 'jose';
import type { KeyRecord, SigningAlgorithm, SigningKey } from './keyring.ts';

const generate = promisify(generateKeyPair) as (
  type: string,
  options: object,
) => Promise<{ privateKey: KeyObject; publicKey: KeyObject }>;

const SHAPES: Record<SigningAlgorithm, [type: string, options: object]> = {
  RS256: ['rsa', { modulusLength: 2048 }],
  PS256: ['rsa', { modulusLength: 3072 }],
  ES256: ['ec', { namedCurve: 'P-256' }],
  EdDSA: ['ed25519', {}],
};

/** A fresh private key as PKCS#8 PEM, and the thumbprint of its public half (RFC 7638) that serves as `kid`. */
export async function makePrivateKey(alg: SigningAlgorithm): Promise<{ kid: string; pem: string }> {
  const { privateKey } = await generate(...SHAPES[alg]);
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { kid: await thumbprint(privateKey), pem };
}

const thumbprint = (privateKey: KeyObject): Promise<string> =>
  calculateJwkThumbprint(createPublicKey(privateKey).export({ format: 'jwk' }) as { kty: string });

/** A key record and its PEM, parsed once. */
export function readSigningKey(record: KeyRecord, pem: string): SigningKey {
  const privateKey = createPrivateKey(pem);
  const publicKey = createPublicKey(privateKey);
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: record.kid, use: 'sig', alg: record.alg };
  return { ...record, privateKey, publicKey, jwk };
}

/** A key record whose private half is kept elsewhere: `sign` asks there. */
export function readVaultKey(
  record: KeyRecord,
  publicJwk: JWK,
  sign: NonNullable<SigningKey['sign']>,
): SigningKey {
  const publicKey = createPublicKey({ key: publicJwk as Record<string, unknown>, format: 'jwk' });
  // Made of the key again, so that whatever else a module puts into its JWK is not published.
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: record.kid, use: 'sig', alg: record.alg };
  return { ...record, privateKey: undefined, sign, publicKey, jwk };
}
