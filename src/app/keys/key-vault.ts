/**
 * Who makes private keys and signs with them. Usually this program; or a module of the operator's (`TEGATA_KEY_MODULE`)
 * for keys that never leave a KMS or an HSM (docs/operating.md). The states of the keys stay in the database either way.
 */
import { pathToFileURL } from 'node:url';
import { calculateJwkThumbprint, type JWK } from 'jose';
import type { KeyRecord, SigningAlgorithm, SigningKey } from '../../oauth/keys/keyring.ts';
import { makePrivateKey, readSigningKey, readVaultKey } from '../../oauth/keys/make-key.ts';
import { KeyStoreError } from './key-store.ts';

/** The default export of a `TEGATA_KEY_MODULE`. */
export type KeyModule = {
  /** Makes a key pair that stays there. `ref` names it there; `jwk` is its public half (RFC 7517). */
  make(alg: SigningAlgorithm): Promise<{ readonly ref: string; readonly jwk: JWK }>;
  /** The signature of `bytes` in the form of JWS (RFC 7518 §3: for ES256 R and S, not DER). */
  sign(ref: string, alg: SigningAlgorithm, bytes: Uint8Array): Promise<Uint8Array>;
  /** The key signs no more: it has been retired, or was made in vain. */
  remove(ref: string): Promise<void>;
};

/** What is kept of a key: the key, or where it is. */
export type KeptKey = { readonly pem: string } | { readonly ref: string; readonly jwk: JWK };

export type KeyVault = {
  make(alg: SigningAlgorithm): Promise<{ readonly kid: string; readonly kept: KeptKey }>;
  read(record: KeyRecord, kept: KeptKey): SigningKey;
  remove(kept: KeptKey): Promise<void>;
};

const ownVault: KeyVault = {
  make: async (alg) => {
    const { kid, pem } = await makePrivateKey(alg);
    return { kid, kept: { pem } };
  },
  read: (record, kept) => {
    if ('pem' in kept) return readSigningKey(record, kept.pem);
    throw new KeyStoreError(`the key ${record.kid} lies in a KMS or HSM; set TEGATA_KEY_MODULE`);
  },
  remove: async () => {},
};

/** `path`: of the operator's module; undefined = this program makes the keys and signs. */
export async function openVault(path: string | undefined): Promise<KeyVault> {
  return path === undefined ? ownVault : vaultOf(await loadModule(path));
}

async function loadModule(path: string): Promise<KeyModule> {
  const fault = (says: string) => new KeyStoreError(`TEGATA_KEY_MODULE: ${path} ${says}`);
  const loaded = (await import(pathToFileURL(path).href).catch((error: unknown) => {
    throw fault(`cannot be loaded: ${String((error as Error)?.message ?? error).split('\n')[0]}`);
  })) as { default?: Partial<KeyModule> };
  const module = loaded.default;
  if (['make', 'sign', 'remove'].every((name) => typeof module?.[name as keyof KeyModule] === 'function')) {
    return module as KeyModule;
  }
  throw fault('has no default export with the functions make, sign and remove');
}

const vaultOf = (module: KeyModule): KeyVault => ({
  make: async (alg) => {
    const { ref, jwk } = await module.make(alg);
    return { kid: await calculateJwkThumbprint(jwk), kept: { ref, jwk } };
  },
  // Keys that were made before the module was named go on here until they are retired.
  read: (record, kept) =>
    'pem' in kept
      ? readSigningKey(record, kept.pem)
      : readVaultKey(record, kept.jwk, (bytes) => module.sign(kept.ref, record.alg, bytes)),
  remove: async (kept) => {
    if ('ref' in kept) await module.remove(kept.ref);
  },
});
