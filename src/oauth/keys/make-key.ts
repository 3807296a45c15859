/** Makes signing keys and turns PEM text into keys ready for use. */
import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { calculateJwkThumbprint } from 'jose';
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
