/** Opens the keys in the store that the operator has chosen (`TEGATA_KEYS`). */
import { readFileSync } from 'node:fs';
import { appliedMigrations } from '../../database/migrate.ts';
import type { Store } from '../../database/open.ts';
import { masterPrint, rememberedFolder } from '../../oauth/key-folder.ts';
import { ringVersion } from '../../oauth/store/key-rows.ts';
import type { Config } from '../config/config.ts';
import { hasKeyFiles, openKeyFiles } from '../key-files.ts';
import { openKeyDatabase } from './key-database.ts';
import { type KeyStore, KeyStoreError } from './key-store.ts';
import { openVault } from './key-vault.ts';

const MIGRATION = '0032-key-store';
const MASTER_KEY = /^[\w-]{43}=?$/;

type KeyConfig = Pick<Config, 'dataDir' | 'keyStore' | 'masterKey' | 'masterKeyFile' | 'keyModule'>;
type OpenDeps = { readonly store: Store; readonly onError: (error: unknown) => void };

/** @throws KeyStoreError */
export async function openKeys(
  config: KeyConfig,
  { store, onError }: OpenDeps,
  now: number,
): Promise<KeyStore> {
  if (config.keyStore === 'files') {
    if (!hasKeyFiles(config.dataDir)) await requireNoRing(store);
    return openKeyFiles(config.dataDir, now);
  }
  const masterKey = givenMasterKey(config);
  const vault = await openVault(config.keyModule);
  await requireKeyTable(store);
  if ((await ringVersion(store.db)) === undefined) await requireNoOthers(config, store, masterKey);
  return openKeyDatabase({ store, masterKey, vault, onError }, now);
}

/** The key of `TEGATA_MASTER_KEY` or its file: 32 bytes in base64url, as `keys/master.key` holds them. @throws KeyStoreError */
export function givenMasterKey({ masterKey, masterKeyFile }: Partial<KeyConfig>): Uint8Array {
  const [name, text] =
    masterKeyFile === undefined
      ? ['TEGATA_MASTER_KEY', masterKey ?? '']
      : [`TEGATA_MASTER_KEY_FILE: ${masterKeyFile}`, readKeyFile(masterKeyFile)];
  if (MASTER_KEY.test(text)) return new Uint8Array(Buffer.from(text, 'base64url'));
  throw new KeyStoreError(
    `${name} must be 32 bytes in base64url: what keys/master.key of the data folder holds, or, for a new installation, what openssl rand -base64 32 | tr '+/' '-_' | tr -d = prints`,
  );
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new KeyStoreError(`TEGATA_MASTER_KEY_FILE: ${path} cannot be read (${why})`);
  }
}

export async function requireKeyTable(store: Pick<Store, 'db' | 'kit'>): Promise<void> {
  if ((await appliedMigrations(store)).includes(MIGRATION)) return;
  throw new KeyStoreError(
    `TEGATA_KEYS=database: the shop’s database lacks Tegata’s migration ${MIGRATION}; make it: tegata migrate apply`,
  );
}

/** A folder that is to be made now would be another than the keys that the database's tokens were made with. */
async function requireNoRing(store: Store): Promise<void> {
  const made = (await appliedMigrations(store)).includes(MIGRATION);
  if (!made || (await ringVersion(store.db)) === undefined) return;
  throw new KeyStoreError(
    'the keys of this database lie in it; set TEGATA_KEYS=database, or bring them into files: tegata key move --to files',
  );
}

/** New keys would end every token and secret that hangs on those which are elsewhere. */
async function requireNoOthers({ dataDir }: KeyConfig, { db }: Store, masterKey: Uint8Array): Promise<void> {
  const remembered = await rememberedFolder(db);
  if (remembered === undefined) {
    if (!hasKeyFiles(dataDir)) return;
    throw new KeyStoreError(
      `${dataDir} holds keys; bring them into the database: tegata key move --to database, or put its folder keys away for new ones`,
    );
  }
  throw new KeyStoreError(
    remembered === masterPrint({ masterKey })
      ? 'the keys of this database still lie in files; bring them here: tegata key move --to database'
      : 'the keys of this database lie in files, and TEGATA_MASTER_KEY is not their keys/master.key; give that, then: tegata key move --to database',
  );
}
