/** The keys that lie in the database, in the form of a backup's key folder, and from that form back into the database. */
import type { Db } from '../../database/open.ts';
import type { KeyRecord } from '../../oauth/keys/keyring.ts';
import {
  deleteKeyRows,
  insertSealedKey,
  readSealedKeys,
  readSealedRing,
  ringVersion,
  writeSealedRing,
} from '../../oauth/store/key-rows.ts';
import type { KeptKey } from '../keys/key-vault.ts';
import { sealer } from '../keys/sealed-ring.ts';
import { BackupError } from './manifest.ts';

/** What a backup keeps of the keys, by the names of the key folder's files. */
export type KeyCopy = ReadonlyMap<string, Buffer>;

/** Undefined when the database holds no keys. @throws KeyStoreError when the master key is another. */
export async function copyKeyRows(db: Db, masterKey: Uint8Array): Promise<KeyCopy | undefined> {
  const ring = await readSealedRing(db);
  if (!ring) return undefined;
  const { openRing, openKey } = sealer(masterKey);
  const records = openRing(ring.sealed);
  const sealed = await readSealedKeys(
    db,
    records.map(({ kid }) => kid),
  );
  const lost = records.filter(({ kid }) => !sealed.has(kid));
  if (lost.length > 0) throw new BackupError('the database lacks a key that its ring names');
  return new Map([
    ['keyring.json', Buffer.from(`${JSON.stringify(records, null, 2)}\n`)],
    ['master.key', Buffer.from(Buffer.from(masterKey).toString('base64url'))],
    ...[...sealed].map(([kid, text]) => fileOf(kid, openKey(kid, text))),
  ]);
}

const fileOf = (kid: string, kept: KeptKey): [string, Buffer] =>
  'pem' in kept ? [`${kid}.pem`, Buffer.from(kept.pem)] : [`${kid}.json`, Buffer.from(JSON.stringify(kept))];

/** Puts the keys in the place of those that the database holds, in a transaction of the caller's. */
export async function writeKeyRows(db: Db, keys: KeyCopy, masterKey: Uint8Array): Promise<void> {
  const { sealRing, sealKey } = sealer(masterKey);
  const records = JSON.parse(keys.get('keyring.json')?.toString('utf8') ?? '[]') as KeyRecord[];
  const before = (await ringVersion(db)) ?? 0;
  await deleteKeyRows(db);
  // Beyond the one before: a node that runs sees by it that there is something else.
  await writeSealedRing(db, before + 1, sealRing(records));
  for (const { kid } of records) await insertSealedKey(db, kid, sealKey(kid, keptOf(keys, kid)));
}

function keptOf(keys: KeyCopy, kid: string): KeptKey {
  const pem = keys.get(`${kid}.pem`);
  if (pem) return { pem: pem.toString('utf8') };
  const json = keys.get(`${kid}.json`);
  if (json) return JSON.parse(json.toString('utf8')) as KeptKey;
  throw new BackupError(`the key ${kid}, which keyring.json names, is not there`);
}
