/** The processes that serve from this database: each says that it lives, and is forgotten when it ends. */
import { hostname } from 'node:os';
import type { Db } from '../open.ts';
import { isGone } from './process-mark.ts';

export const BEAT_SECONDS = 10;
/** Two beats may be missed, and clocks differ a little. */
const SILENT_SECONDS = 45;
const FORGOTTEN_SECONDS = 86_400;

export type Node = {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly version: string;
  readonly startedAt: number;
  readonly seenAt: number;
};

export async function addNode(db: Db, node: Omit<Node, 'seenAt' | 'host' | 'pid'>): Promise<void> {
  await db
    .deleteFrom('tegata_node')
    .where('seen_at', '<', node.startedAt - FORGOTTEN_SECONDS)
    .execute();
  await db
    .insertInto('tegata_node')
    .values({
      node_id: node.id,
      host: hostname().slice(0, 255),
      pid: process.pid,
      version: node.version.slice(0, 64),
      started_at: node.startedAt,
      seen_at: node.startedAt,
    })
    .execute();
}

export async function beatNode(db: Db, id: string, now: number): Promise<void> {
  await db.updateTable('tegata_node').set({ seen_at: now }).where('node_id', '=', id).execute();
}

export async function removeNode(db: Db, id: string): Promise<void> {
  await db.deleteFrom('tegata_node').where('node_id', '=', id).execute();
}

/** Those that were seen lately, but for processes of this machine that are gone. */
export async function runningNodes(db: Db, now: number): Promise<Node[]> {
  const rows = await db
    .selectFrom('tegata_node')
    .selectAll()
    .where('seen_at', '>', now - SILENT_SECONDS)
    .orderBy('started_at')
    .execute();
  const nodes = rows.map((row) => ({
    id: row.node_id,
    host: row.host,
    pid: row.pid,
    version: row.version,
    startedAt: row.started_at,
    seenAt: row.seen_at,
  }));
  // A process of a container may have a number that means another one here: then it has been seen since the last beat.
  return nodes.filter(({ host, pid, seenAt }) => seenAt > now - BEAT_SECONDS * 2 || !isGoneFrom(host, pid));
}

/** Whether a process of this machine is no more; false where that cannot be told. */
const isGoneFrom = (host: string, pid: number): boolean => host === hostname().slice(0, 255) && isGone(pid);
