/** The key folder of an installation as a backup holds it: read as one state, and put in the place of another. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from '../../database/open.ts';
import type { KeyRecord } from '../../oauth/keys/keyring.ts';
import type { Config } from '../config/config.ts';
import { hasKeyFiles } from '../key-files.ts';
import { givenMasterKey, requireKeyTable } from '../keys/open-keys.ts';
import { flushFolder } from './container.ts';
import { copyKeyRows, type KeyCopy } from './key-rows-copy.ts';
import { BackupError } from './manifest.ts';

/** What may stand in a key folder; anything else is not brought back. */
const KEY_FILE = /^(?:keyring\.json|master\.key|[\w-]{1,128}\.(?:pem|key|json))$/;

export const isKeyFile = (name: string): boolean => KEY_FILE.test(name);

const ATTEMPTS = 5;

/** The keys of the store that the operator has chosen. `store`: one state of the database. */
export async function keysInUse(config: Config, store: Pick<Store, 'db' | 'kit'>): Promise<KeyCopy> {
  if (config.keyStore === 'files') return copyKeys(config.dataDir);
  await requireKeyTable(store);
  const keys = await copyKeyRows(store.db, givenMasterKey(config));
  if (!keys) throw new BackupError('the database holds no keys: there is nothing to keep yet');
  return keys;
}

/** Read again when the ring has changed meanwhile. */
export function copyKeys(dataDir: string): KeyCopy {
  const folder = join(dataDir, 'keys');
  if (!hasKeyFiles(dataDir)) throw new BackupError(`${folder} holds no keys: there is nothing to keep yet`);
  const ring = join(folder, 'keyring.json');
  for (let attempt = 1; ; attempt += 1) {
    const before = readFileSync(ring);
    const copy = readFiles(folder);
    if (copy && readFileSync(ring).equals(before) && copy.get('keyring.json')?.equals(before)) return copy;
    if (attempt === ATTEMPTS) throw new BackupError(`${folder} lacks a key that its keyring.json names`);
  }
}

/** Undefined when a file went away, or the ring names one that is not there. */
function readFiles(folder: string): KeyCopy | undefined {
  try {
    const names = readdirSync(folder).filter(isKeyFile);
    const copy = new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
    return recordsOf(copy).every(({ kid }) => copy.has(`${kid}.pem`)) ? copy : undefined;
  } catch {
    return undefined;
  }
}

const recordsOf = (keys: KeyCopy): KeyRecord[] =>
  JSON.parse(keys.get('keyring.json')?.toString('utf8') ?? '[]') as KeyRecord[];

/** As `judgeKeyFolder` and `rememberKeyFolder` want it. */
export const folderOf = (keys: KeyCopy) => ({
  masterKey: new Uint8Array(Buffer.from(keys.get('master.key')?.toString('utf8') ?? '', 'base64url')),
  keys: () => recordsOf(keys),
});

/** The keys of the data folder as they are; undefined when there are none that can be used. */
export function keysHere(dataDir: string): KeyCopy | undefined {
  try {
    return hasKeyFiles(dataDir) ? copyKeys(dataDir) : undefined;
  } catch {
    return undefined;
  }
}

/** Written beside; `placeKeys` puts the folder in its place. */
export async function stageKeys(folder: string, keys: KeyCopy): Promise<void> {
  if (recordsOf(keys).some(({ kid }) => !keys.has(`${kid}.pem`))) {
    throw new BackupError('the file’s signing keys lie in a KMS or HSM; restore with TEGATA_KEYS=database');
  }
  await mkdir(folder, { mode: 0o700, recursive: true });
  for (const [name, bytes] of keys) {
    const file = await open(join(folder, name), 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  }
  await flushFolder(folder);
}

/** The folder that was there is kept beside it, since no one else may have its keys; its path, if there was one. */
export async function placeKeys(dataDir: string, staged: string, now: number): Promise<string | undefined> {
  const folder = join(dataDir, 'keys');
  const former = existsSync(folder) ? join(dataDir, `keys.before-${now}-${process.pid}`) : undefined;
  if (former !== undefined) await rename(folder, former);
  await rename(staged, folder);
  await flushFolder(dataDir);
  return former;
}
