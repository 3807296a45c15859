/**
 * The key folder: `keys/keyring.json` (states), `keys/{kid}.pem` (private keys), `keys/master.key` (256 bit, for what must
 * be encrypted or derived). Files, not rows: a database dump holds no private key. Everything is 0600 in a 0700 folder.
 */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import {
  currentKey,
  type KeyRecord,
  retirable,
  rotate,
  type SigningAlgorithm,
  type SigningKey,
  withoutKey,
} from '../oauth/keys/keyring.ts';
import { makePrivateKey, readSigningKey } from '../oauth/keys/make-key.ts';
import type { KeyStore } from './keys/key-store.ts';

/** Makes the data folder (0700) when it is missing. */
export function prepareDataFolder(dataDir: string): void {
  makeFolder(join(dataDir, 'keys'));
}

/**
 * Makes the embedded database's file when it is missing, and keeps it from the machine's other users: it holds the shop's
 * customers. SQLite gives the files beside it (`-wal`, `-shm`) the same mode.
 */
export function closeToOthers(database: string): void {
  try {
    closeSync(openSync(database, 'a', 0o600));
    for (const file of [database, `${database}-wal`, `${database}-shm`].filter((path) => existsSync(path))) {
      if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
    }
  } catch {
    // A folder that is no good, or someone else's: opening the database says so in its own words.
  }
}

/** One level after the other: where nothing can be made, as below /proc, Node's own way (`recursive`) goes on for ever. */
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process was faster.
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

/** Whether there are keys to open; `openKeyFiles` would make what is missing. */
export const hasKeyFiles = (dataDir: string): boolean =>
  ['keyring.json', 'master.key'].every((name) => existsSync(join(dataDir, 'keys', name)));

/** The data folder, the key folder and its files, as far as other users of the machine may read them. */
export function openToOthers(dataDir: string): string[] {
  const keys = join(dataDir, 'keys');
  const files = existsSync(keys) ? [keys, ...readdirSync(keys).map((name) => join(keys, name))] : [];
  // Windows keeps no such bits: there access lists decide.
  if (process.platform === 'win32' || !existsSync(dataDir)) return [];
  return [dataDir, ...files].filter((path) => (statSync(path).mode & 0o077) !== 0);
}

/** Opens the key folder, making the first signing key and the master key where there are none. */
export async function openKeyFiles(dataDir: string, now: number): Promise<KeyStore> {
  const folder = join(dataDir, 'keys');
  const ring = join(folder, 'keyring.json');
  if (!existsSync(ring)) writeRing(folder, await firstKeys(folder, now));
  const masterKey = readMasterKey(join(folder, 'master.key'));
  const { keys, forget } = keysIn(folder, ring);
  return {
    place: folder,
    masterKey,
    keys,
    refresh: async () => {},
    close: async () => {},
    rotate: async (alg, at, { from } = {}) => {
      const fresh = await makeKey(folder, alg, at);
      // Asked after the key was made, which takes its time: from here to the written ring no one comes between.
      if (from !== undefined && currentKey(readRing(folder)).kid !== from) {
        rmSync(join(folder, `${fresh.kid}.pem`), { force: true });
        return undefined;
      }
      writeRing(folder, rotate(readRing(folder), fresh, at));
      forget();
      return keys();
    },
    retire: async (at) => {
      const gone = retirable(readRing(folder), at).map(({ kid }) => kid);
      if (gone.length === 0) return [];
      writeRing(
        folder,
        readRing(folder).filter(({ kid }) => !gone.includes(kid)),
      );
      for (const kid of gone) rmSync(join(folder, `${kid}.pem`), { force: true });
      forget();
      return gone;
    },
    remove: (kid, at, deed) =>
      replaceStolen(folder, kid, at, (takeAway) =>
        deed(async () => {
          forget();
          return takeAway();
        }),
      ),
  };
}

/** `keys` are those of the files as they are, which are looked at once in a turn of the event loop; or anew, after `forget`. */
function keysIn(folder: string, ring: string): { keys: () => readonly SigningKey[]; forget(): void } {
  let known: { stamp: string; keys: readonly SigningKey[] } | undefined;
  let looked = false;
  const keys = (): readonly SigningKey[] => {
    if (known && looked) return known.keys;
    looked = true;
    setImmediate(() => {
      looked = false;
    });
    // Two writes of one moment have one time, but each is a file of its own.
    const { mtimeMs, ino } = statSync(ring);
    const stamp = `${mtimeMs} ${ino}`;
    if (known?.stamp !== stamp) known = { stamp, keys: readKeys(folder) };
    return known.keys;
  };
  const forget = () => {
    known = undefined;
  };
  return { keys, forget };
}

async function replaceStolen(
  folder: string,
  kid: string,
  at: number,
  deed: (takeAway: () => readonly KeyRecord[] | undefined) => Promise<void>,
): Promise<boolean> {
  const record = readRing(folder).find((one) => one.kid === kid);
  if (!record) return false;
  const fresh = await makeKey(folder, record.alg, at);
  try {
    await deed(() => takeAway(folder, kid, fresh, at));
  } finally {
    if (!readRing(folder).some((kept) => kept.kid === fresh.kid)) removePem(folder, fresh.kid);
  }
  return true;
}

/** Reads the ring again: making a key takes its time, and the key may have moved on meanwhile. */
function takeAway(
  folder: string,
  kid: string,
  fresh: KeyRecord,
  at: number,
): readonly KeyRecord[] | undefined {
  const ring = readRing(folder);
  if (!ring.some((one) => one.kid === kid)) return undefined;
  const left = withoutKey(ring, kid, fresh, at);
  writeRing(folder, left);
  removePem(folder, kid);
  return left;
}

const removePem = (folder: string, kid: string): void => rmSync(join(folder, `${kid}.pem`), { force: true });

/** The key that signs, and the next one, published from the start so that a rotation surprises no verifier. */
const firstKeys = async (folder: string, now: number): Promise<KeyRecord[]> => [
  await makeKey(folder, 'RS256', now),
  { ...(await makeKey(folder, 'RS256', now)), state: 'next' },
];

async function makeKey(folder: string, alg: SigningAlgorithm, now: number): Promise<KeyRecord> {
  const { kid, pem } = await makePrivateKey(alg);
  writeSecret(join(folder, `${kid}.pem`), pem);
  return { kid, alg, state: 'current', createdAt: now, signsSince: now, oldSince: null };
}

const readRing = (folder: string): KeyRecord[] =>
  JSON.parse(readFileSync(join(folder, 'keyring.json'), 'utf8')) as KeyRecord[];

const readKeys = (folder: string): SigningKey[] =>
  readRing(folder).map((record) =>
    readSigningKey(record, readFileSync(join(folder, `${record.kid}.pem`), 'utf8')),
  );

const writeRing = (folder: string, records: readonly KeyRecord[]): void =>
  writeSecret(join(folder, 'keyring.json'), `${JSON.stringify(records, null, 2)}\n`);

function readMasterKey(file: string): Uint8Array {
  if (!existsSync(file)) writeSecret(file, randomBytes(32).toString('base64url'));
  return new Uint8Array(Buffer.from(readFileSync(file, 'utf8'), 'base64url'));
}

/** Written beside and renamed, so that no reader sees half a file. */
function writeSecret(file: string, content: string): void {
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, content, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}
