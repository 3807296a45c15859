/** Probes of what the nodes of one installation share, as the database remembers it: writes, the key folder, the proxy. */
import { join } from 'node:path';
import type { Config } from '../../app/config/config.ts';
import { hasKeyFiles, openKeyFiles } from '../../app/key-files.ts';
import { PROXY_TODO, proxyFault, seenProxy } from '../../app/unnamed-proxy.ts';
import { systemClock } from '../../base/clock.ts';
import type { Store } from '../../database/open.ts';
import { outageOf } from '../../database/outage.ts';
import { databaseProbe } from '../../database/probe.ts';
import { FOREIGN_FOLDER, FOREIGN_FOLDER_TODO, judgeKeyFolder } from '../../oauth/key-folder.ts';
import { failureLine } from '../failure.ts';
import { type Finding, fault, ok } from './finding.ts';
import { readKeyring } from './folder.ts';

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
    return fault(WRITES, `the database is ${outage}: ${firstLine(error)}`, OUTAGE_TODO[outage]);
  }
}

const firstLine = (error: unknown): string => failureLine(error).split('\n')[0] ?? '';

export async function keyFolderFinding({ dataDir }: Config, { db }: Store): Promise<Finding> {
  const now = systemClock.now();
  const folder = hasKeyFiles(dataDir)
    ? { ...(await openKeyFiles(dataDir, now)), keys: () => readKeyring(join(dataDir, 'keys')) }
    : undefined;
  const verdict = await judgeKeyFolder(db, folder, now);
  if (verdict === 'foreign') return fault('key folder', FOREIGN_FOLDER, FOREIGN_FOLDER_TODO);
  return ok(
    'key folder',
    verdict === 'ours' ? 'the one that the database knows' : 'the next start makes it known',
  );
}

export async function proxyFinding(config: Config, store: Store): Promise<Finding> {
  const says = proxyFault(config, await seenProxy(store, config, systemClock.now()));
  return says === undefined ? ok('proxy', 'nothing unnamed was seen') : fault('proxy', says, PROXY_TODO);
}
