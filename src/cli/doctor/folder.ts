/** Probes of the data folder: who can read it, and whether the keys in it can be used. */
import { createPrivateKey } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../app/config/config.ts';
import { hasKeyFiles, openToOthers } from '../../app/key-files.ts';
import { currentKey, type KeyRecord, securityBits } from '../../oauth/keys/keyring.ts';
import { type Finding, fault, note, ok, warning } from './finding.ts';

const FOLDER = 'data folder';
const KEYS = 'keys';

export function folderFindings({ dataDir, keyStore }: Config): Finding[] {
  if (!existsSync(dataDir)) return [note(FOLDER, `${dataDir} is not there yet; the first start makes it`)];
  if (!statSync(dataDir).isDirectory()) {
    return [fault(FOLDER, `${dataDir} is a file`, 'set TEGATA_DATA_DIR to a folder')];
  }
  const keys = join(dataDir, 'keys');
  if (keyStore === 'database') return [folderMode(dataDir), ...leftKeys(dataDir, keys)];
  return [folderMode(dataDir), ...(existsSync(keys) ? [keyModes(dataDir, keys), keyring(keys)] : [])];
}

/** Files that the database has taken the place of are private keys without a use. */
function leftKeys(dataDir: string, keys: string): Finding[] {
  if (!hasKeyFiles(dataDir)) return [];
  return [
    warning(
      KEYS,
      `${keys} holds keys, though TEGATA_KEYS=database`,
      'tegata key move --to database, or, where they have been moved, delete the folder',
    ),
  ];
}

function folderMode(dataDir: string): Finding {
  if (!canUse(dataDir)) {
    return fault(FOLDER, `${dataDir} cannot be written`, 'give the user that runs tegata write access');
  }
  if (openToOthers(dataDir).includes(dataDir)) {
    return fault(FOLDER, `${dataDir} is open to other users`, `chmod 700 ${dataDir}`);
  }
  return ok(FOLDER, `${dataDir}, for its owner only`);
}

function keyModes(dataDir: string, keys: string): Finding {
  const open = openToOthers(dataDir).filter((path) => path !== dataDir);
  if (open.length === 0) return ok(KEYS, `${keys}, for its owner only`);
  return fault(
    KEYS,
    `${open.join(', ')}: open to other users`,
    `chmod 700 ${keys} && chmod 600 ${keys}/*; if others use this machine, also: tegata key rotate`,
  );
}

function keyring(keys: string): Finding {
  try {
    const records = readKeyring(keys);
    const { kid, alg } = currentKey(records);
    const lost = records.filter((record) => !existsSync(join(keys, `${record.kid}.pem`)));
    if (lost.length === 0) return ok('signing key', `${alg} ${kid}`);
    const names = lost.map((record) => `${record.kid}.pem`).join(', ');
    return fault('signing key', `${names} is missing in ${keys}`, 'restore the key folder from a backup');
  } catch {
    return warning(
      'signing key',
      `${keys} holds no keyring that can be read`,
      'restore keyring.json from a backup; without one the next start makes a new key and old tokens die',
    );
  }
}

/** Bits of security of the key that signs; undefined when none can be read. */
export function keyStrengthOfFiles(dataDir: string): number | undefined {
  const keys = join(dataDir, 'keys');
  try {
    const { kid } = currentKey(readKeyring(keys));
    return securityBits(createPrivateKey(readFileSync(join(keys, `${kid}.pem`))));
  } catch {
    return undefined;
  }
}

export const readKeyring = (keys: string): KeyRecord[] =>
  JSON.parse(readFileSync(join(keys, 'keyring.json'), 'utf8')) as KeyRecord[];

function canUse(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
