/** Probes of what the nodes of one installation share, as the database remembers it: writes, the key folder, the proxy. */
import { createPrivateKey } from 'node:crypto';
import { join } from 'node:path';
import { folderOf } from '../../app/backup/key-copy.ts';
import { copyKeyRows } from '../../app/backup/key-rows-copy.ts';
import type { Config } from '../../app/config/config.ts';
import { hasKeyFiles, openKeyFiles } from '../../app/key-files.ts';
import { KeyStoreError } from '../../app/keys/key-store.ts';
import { givenMasterKey } from '../../app/keys/open-keys.ts';
import { PROXY_TODO, proxyFault, seenProxy } from '../../app/unnamed-proxy.ts';
import { systemClock } from '../../base/clock.ts';
import type { Db, Store } from '../../database/open.ts';
import { outageOf } from '../../database/outage.ts';
import { databaseProbe } from '../../database/probe.ts';
import {
  FOREIGN_FOLDER,
  FOREIGN_FOLDER_TODO,
  judgeKeyFolder,
  type KeyFolder,
} from '../../oauth/key-folder.ts';
import { currentKey, securityBits } from '../../oauth/keys/keyring.ts';
import { firstFailureLine } from '../failure.ts';
import { type Finding, fault, ok } from './finding.ts';
import { keyStrengthOfFiles, readKeyring } from './folder.ts';

const WRITES = 'database writes';

const OUTAGE_TODO = {
  full: 'make room on the disk of the database',
  'read-only': 'let DATABASE_URL name the server that takes writes, or end its read-only state',
  busy: 'see what holds the database, and whether it has connections left',
  unreachable: 'see whether the database runs',
} as const;

/** What is written is gone when the transaction ends. */
export async function writeFinding(store: Store): Promise<Finding> {
  try {
    await databaseProbe(store)();
    return ok(WRITES, 'are taken');
  } catch (error) {
    const outage = outageOf(error);
    if (outage === undefined) throw error;
    return fault(WRITES, `the database is ${outage}: ${firstFailureLine(error)}`, OUTAGE_TODO[outage]);
  }
}

export async function keyFolderFinding(config: Config, { db }: Store): Promise<Finding> {
  let folder: KeyFolder | undefined;
  try {
    folder = config.keyStore === 'files' ? await folderHere(config) : await keysInDatabase(config, db);
  } catch (error) {
    if (!(error instanceof KeyStoreError)) throw error;
    return fault('key folder', error.message, 'see “Several nodes” in docs/operating.md');
  }
  const verdict = await judgeKeyFolder(db, folder, systemClock.now());
  if (verdict === 'foreign') return fault('key folder', FOREIGN_FOLDER, FOREIGN_FOLDER_TODO);
  return ok(
    'key folder',
    verdict === 'ours' ? 'the one that the database knows' : 'the next start makes it known',
  );
}

async function folderHere({ dataDir }: Config): Promise<KeyFolder | undefined> {
  if (!hasKeyFiles(dataDir)) return undefined;
  const { masterKey } = await openKeyFiles(dataDir, systemClock.now());
  return { masterKey, keys: () => readKeyring(join(dataDir, 'keys')) };
}

async function keysInDatabase(config: Config, db: Db): Promise<KeyFolder | undefined> {
  const keys = await copyKeyRows(db, givenMasterKey(config));
  return keys && folderOf(keys);
}

/** Bits of security of the key that signs; undefined when none can be read. */
export async function keyStrength(config: Config, db: Db): Promise<number | undefined> {
  if (config.keyStore === 'files') return keyStrengthOfFiles(config.dataDir);
  try {
    const keys = await copyKeyRows(db, givenMasterKey(config));
    const pem = keys?.get(`${currentKey(folderOf(keys).keys()).kid}.pem`);
    return pem && securityBits(createPrivateKey(pem));
  } catch {
    return undefined;
  }
}

export async function proxyFinding(config: Config, store: Store): Promise<Finding> {
  const says = proxyFault(config, await seenProxy(store, config, systemClock.now()));
  return says === undefined ? ok('proxy', 'nothing unnamed was seen') : fault('proxy', says, PROXY_TODO);
}
