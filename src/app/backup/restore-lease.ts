/** Of two restores one waits, and no node starts while one is under way. A restore that was killed holds no one up. */
import { hostname } from 'node:os';
import { sha256Hex } from '../../base/bytes.ts';
import { takeLease } from '../../database/leases.ts';
import { runningNodes } from '../../database/nodes/nodes.ts';
import { isGone } from '../../database/nodes/process-mark.ts';
import type { Db, Store } from '../../database/open.ts';
import { BackupError } from './manifest.ts';

const NAME = 'restore';
const SECONDS = 3_600;

const here = (): string => sha256Hex(hostname()).slice(0, 16);
const owner = (): string => `${process.pid}@${here()}`;

type Holder = { readonly owner: string; readonly until: number };

/** The one who restores now; undefined = no one, or no one any more. */
async function holderOf(db: Db, now: number): Promise<Holder | undefined> {
  const row = await db
    .selectFrom('tegata_lease')
    .select(['owner', 'held_until'])
    .where('name', '=', NAME)
    .where('held_until', '>', now)
    .executeTakeFirst();
  if (!row) return undefined;
  const [pid, host] = row.owner.split('@');
  const isOver = host === here() && (Number(pid) === process.pid || isGone(Number(pid)));
  return isOver ? undefined : { owner: row.owner, until: row.held_until };
}

export async function beginRestoring(store: Store, now: number): Promise<void> {
  const holder = await holderOf(store.db, now);
  if (!holder) await endRestoring(store.db);
  if (holder || !(await takeLease(store, { name: NAME, owner: owner(), seconds: SECONDS }, now))) {
    const wait = Math.max(1, (holder?.until ?? now) - now);
    throw new BackupError(`another restore is under way; wait for it (at most ${wait} s, if it was killed)`);
  }
}

export async function endRestoring(db: Db): Promise<void> {
  await db.deleteFrom('tegata_lease').where('name', '=', NAME).execute();
}

/** Throws while a restore is under way. */
export async function requireNoRestore(db: Db, now: number): Promise<void> {
  if (!(await holderOf(db, now))) return;
  throw new BackupError('a backup is being restored into this database; start again when that is done');
}

/** Throws while nodes serve from the database. */
export async function requireNoNodes(db: Db, now: number): Promise<void> {
  const nodes = await runningNodes(db, now);
  if (nodes.length === 0) return;
  const named = nodes.map(({ host, pid }) => `process ${pid} on ${host}`).join(', ');
  throw new BackupError(`tegata still runs here (${named}); stop every node, then try again`);
}
