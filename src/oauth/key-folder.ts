/**
 * Whether the key folder is the one that the database's tokens and secrets were made with. The database remembers which
 * folder that is, by values that tell nothing of a key: a lost folder, or nodes with a folder each, are noticed by it.
 */
import { deriveKey, sha256Hex } from '../base/bytes.ts';
import type { Db, Store } from '../database/open.ts';
import { readSetting, writeSetting } from '../database/settings.ts';
import { currentKey, type KeyRecord } from './keys/keyring.ts';
import { hasLiveToken } from './store/grants.ts';

const SETTING = 'key_folder';

export type KeyFolder = { readonly masterKey: Uint8Array; keys(): readonly KeyRecord[] };

/** `new`: the database remembers none, or nothing that hangs on it; `foreign`: another one. */
export type FolderVerdict = 'ours' | 'new' | 'foreign';

type Remembered = { readonly master: string; readonly kid: string };

/** `folder`: undefined when there is none. */
export async function judgeKeyFolder(
  db: Db,
  folder: KeyFolder | undefined,
  now: number,
): Promise<FolderVerdict> {
  const text = await readSetting(db, SETTING);
  if (text === undefined) return (await hasTokenOfOthers(db, folder, now)) ? 'foreign' : 'new';
  const known = JSON.parse(text) as Remembered;
  if (folder === undefined || known.master !== masterPrint(folder)) return 'foreign';
  if (folder.keys().some(({ kid }) => kid === known.kid)) return 'ours';
  // A restored dump of the database remembers a key that is long retired; a copied folder has gone another way.
  return (await hasLiveToken(db, { now })) ? 'foreign' : 'new';
}

/** From now on this is the folder. */
export async function rememberKeyFolder(db: Db, folder: KeyFolder): Promise<void> {
  const known: Remembered = { master: masterPrint(folder), kid: currentKey(folder.keys()).kid };
  await writeSetting(db, SETTING, JSON.stringify(known));
}

/** At a start: the first node's folder is the right one. */
export async function claimKeyFolder({ db }: Store, folder: KeyFolder, now: number): Promise<FolderVerdict> {
  const verdict = await judgeKeyFolder(db, folder, now);
  if (verdict === 'new') await db.transaction().execute((trx) => rememberKeyFolder(trx, folder));
  return verdict;
}

/** A token that was issued before any of our keys was made has been signed by a key that we do not have. */
const hasTokenOfOthers = (db: Db, folder: KeyFolder | undefined, now: number): Promise<boolean> =>
  hasLiveToken(db, { now, ...(folder && { issuedBefore: oldest(folder.keys()) }) });

const oldest = (keys: readonly KeyRecord[]): number => Math.min(...keys.map(({ createdAt }) => createdAt));

/** The print of the folder that the database remembers; undefined = none. */
export async function rememberedFolder(db: Db): Promise<string | undefined> {
  const text = await readSetting(db, SETTING);
  return text === undefined ? undefined : (JSON.parse(text) as Remembered).master;
}

export const masterPrint = ({ masterKey }: Pick<KeyFolder, 'masterKey'>): string =>
  sha256Hex(Buffer.from(deriveKey(masterKey, 'tegata key folder')).toString('hex')).slice(0, 16);

export const FOREIGN_FOLDER =
  'the key folder is not the one that this database’s tokens and webhook secrets were made with: it was lost, or another node has another one; tokens that one issues the other refuses';

export const FOREIGN_FOLDER_TODO =
  'give every node the same TEGATA_DATA_DIR, or restore its keys from a backup; if they are lost for good: tegata key rotate makes these the right ones, tokens issued before end and webhook secrets are to be set anew';
