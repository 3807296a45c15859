/**
 * Which processes serve on this database: each holds a lease of its own name while it runs. The one who takes Tegata's tables
 * away holds a lease too; each of the two writes its own before it looks for the other's, so that they never miss each other.
 */
import { randomHex } from '../base/bytes.ts';
import { takeLease } from './leases.ts';
import type { Db, Store } from './open.ts';

export type ServingNode = { readonly host: string; readonly pid: number };

export const NODE_SECONDS = { beat: 20, held: 60 } as const;

const PREFIX = 'node:';
const LONGEST_HOST = 36; // the name of a lease has 64 characters
const LEAVE = { name: 'uninstall', owner: 'uninstall', seconds: 600 };

export type NodeLease = {
  /** Says that this process runs. */
  beat(now: number): Promise<void>;
  end(): Promise<void>;
};

export function nodeLease(store: Store, { host, pid }: ServingNode): NodeLease {
  // A container that begins again has the former one's host and number.
  const name = `${PREFIX}${host.slice(0, LONGEST_HOST)}:${pid}:${randomHex(4)}`;
  const lease = { name, owner: randomHex(16), seconds: NODE_SECONDS.held };
  return {
    beat: async (now) => {
      await takeLease(store, lease, now);
      await ofNodes(store.db).where('held_until', '<=', now).execute();
    },
    end: async () => {
      await ofNodes(store.db).where('name', '=', name).execute();
    },
  };
}

const ofNodes = (db: Db) => db.deleteFrom('tegata_lease').where('name', 'like', `${PREFIX}%`);

/** The processes that have said so within a minute. */
export async function servingNodes(db: Db, now: number): Promise<ServingNode[]> {
  const rows = await db
    .selectFrom('tegata_lease')
    .select('name')
    .where('name', 'like', `${PREFIX}%`)
    .where('held_until', '>', now)
    .orderBy('name')
    .execute();
  return rows.map(({ name }) => nodeOf(name));
}

function nodeOf(name: string): ServingNode {
  const [pid, host] = name.slice(PREFIX.length).split(':').reverse().slice(1, 3);
  return { host: host ?? '', pid: Number(pid) };
}

/** From now on no process begins to serve, for ten minutes or until the tables are gone. */
export const holdOffNodes = (store: Store, now: number): Promise<boolean> => takeLease(store, LEAVE, now);

export async function letNodesBegin({ db }: Store): Promise<void> {
  await db.deleteFrom('tegata_lease').where('name', '=', LEAVE.name).execute();
}

/** Whether someone is taking Tegata's tables away. */
export async function isLeaving(db: Db, now: number): Promise<boolean> {
  const row = await db
    .selectFrom('tegata_lease')
    .select('name')
    .where('name', '=', LEAVE.name)
    .where('held_until', '>', now)
    .executeTakeFirst();
  return row !== undefined;
}
