/** The ring and the keys as the database holds them: sealed with a key drawn from the master key, each for its own place. */
import { deriveKey } from '../../base/bytes.ts';
import { seal, UnsealError, unseal } from '../../base/encryption.ts';
import type { KeyRecord } from '../../oauth/keys/keyring.ts';
import { KeyStoreError } from './key-store.ts';
import type { KeptKey } from './key-vault.ts';

const RING = 'tegata ring';
const placeOf = (kid: string): string => `tegata key ${kid}`;

export type Sealer = {
  sealRing(records: readonly KeyRecord[]): string;
  openRing(sealed: string): KeyRecord[];
  sealKey(kid: string, kept: KeptKey): string;
  openKey(kid: string, sealed: string): KeptKey;
};

export function sealer(masterKey: Uint8Array): Sealer {
  const key = deriveKey(masterKey, 'tegata key store');
  const write = (place: string, value: unknown): string => seal(key, place, JSON.stringify(value));
  const read = (place: string, sealed: string): unknown => {
    try {
      return JSON.parse(unseal(key, place, sealed));
    } catch (error) {
      if (!(error instanceof UnsealError)) throw error;
      throw new KeyStoreError(
        'the keys in the database cannot be opened: TEGATA_MASTER_KEY (or its file) is another than the one that they were written with',
      );
    }
  };
  return {
    sealRing: (records) => write(RING, records),
    openRing: (sealed) => read(RING, sealed) as KeyRecord[],
    sealKey: (kid, kept) => write(placeOf(kid), kept),
    openKey: (kid, sealed) => read(placeOf(kid), sealed) as KeptKey,
  };
}
