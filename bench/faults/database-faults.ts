/** What befalls the database, and the way to it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Db, openStore, type Store } from '../../src/database/open.ts';
import type { End, Fault } from './faults.ts';
import { familyOf, signalFamily } from './processes.ts';
import { repeat } from './repeat.ts';
import { FIRST_PRODUCT, type World } from './world.ts';

const SERVERS = ['postgres', 'mariadb'] as const;
const ALL = ['sqlite', ...SERVERS] as const;
const SYNC_DELAY_US = 300_000;
const DEADLOCK_PAUSE_MS = 40;
const TAKE_PAUSE_MS = 100;
const TAKE_ROUNDS = 20;

const noDisk = ({ place }: World) =>
  place.hasOwnDisk ? undefined : 'a disk of its own cannot be mounted here (needs root)';

export const databaseFaults: readonly Fault[] = [
  {
    name: 'gone',
    title: 'database killed (-9), back after the fault',
    on: SERVERS,
    begin: async ({ place }) => {
      place.killServer();
      return () => place.reviveServer();
    },
  },
  {
    name: 'paused',
    title: 'database stopped (SIGSTOP); SQLite: held by another process',
    on: ALL,
    begin: pause,
  },
  { name: 'read-only', title: 'database read-only', on: SERVERS, begin: makeReadOnly },
  {
    name: 'disk-full',
    title: 'disk of the database full',
    on: ALL,
    lacking: noDisk,
    begin: async ({ place }) => {
      place.fillDisk();
      return async () => {
        place.freeDisk();
        await place.reviveServer();
      };
    },
  },
  { name: 'slow-disk', title: 'each fsync takes 0.3 s longer', on: ALL, begin: slowDown },
  {
    name: 'black-hole',
    title: 'packets to the database vanish; connections from before stay dead',
    on: SERVERS,
    begin: async ({ place }) => {
      place.network?.silence();
      return async () => place.network?.heal();
    },
  },
  {
    name: 'exhausted',
    title: 'all connections of the server taken by others',
    on: SERVERS,
    begin: takeConnections,
  },
  {
    name: 'locked',
    title: 'rows of the shop locked by another: what changes them waits; SQLite: the one write lock',
    on: ALL,
    begin: lockRows,
  },
  {
    name: 'deadlocks',
    title: 'the shop locks the same rows in the opposite order',
    on: SERVERS,
    begin: deadlock,
  },
];

async function pause(world: World): Promise<End> {
  const { place } = world;
  if (place.name === 'sqlite') return lockRows(world);
  const pid = place.serverPid()!;
  signalFamily(pid, 'SIGSTOP');
  return async () => signalFamily(pid, 'SIGCONT');
}

const run = async (store: Store, ...statements: string[]): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(store.db);
};

async function makeReadOnly({ place, withStore }: World): Promise<End> {
  const [on, off] =
    place.name === 'postgres'
      ? [
          ["alter system set default_transaction_read_only = 'on'", 'select pg_reload_conf()'],
          [
            'set default_transaction_read_only = off',
            'alter system reset default_transaction_read_only',
            'select pg_reload_conf()',
          ],
        ]
      : [['set global read_only = 1'], ['set global read_only = 0']];
  await withStore((store) => run(store, ...on));
  return () => withStore((store) => store.db.connection().execute((db) => run({ ...store, db }, ...off)));
}

/** strace(1) holds each call up, in the server or, for SQLite, in the nodes. */
async function slowDown({ place, both }: World): Promise<End> {
  const roots = place.name === 'sqlite' ? both.map((node) => node.pid()) : [place.serverPid()!];
  const pids = roots.flatMap(familyOf).flatMap((pid) => ['-p', String(pid)]);
  const calls = 'fsync,fdatasync';
  const inject = `inject=${calls}:delay_enter=${SYNC_DELAY_US}`;
  const tracer = spawn(
    'strace',
    ['-f', '-qq', '-o', '/dev/null', '-e', `trace=${calls}`, '-e', inject, ...pids],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  await sleep(500);
  if (tracer.exitCode !== null) throw new Error('strace could not be attached');
  return async () => {
    const ended = once(tracer, 'exit');
    tracer.kill('SIGINT');
    await ended;
  };
}

/** Takes places as they come free, those of the nodes too: their connections are ended by the administrator. */
async function takeConnections({ place }: World): Promise<End> {
  const held: Held[] = [];
  const takeAll = async (): Promise<void> => {
    for (let one = await hold(place.url); one; one = await hold(place.url)) held.push(one);
  };
  for (let round = 0; round < TAKE_ROUNDS; round += 1) {
    await takeAll();
    if ((await endNodes(held[0]!.db, place.name)) === 0) break;
  }
  const stop = repeat(async () => {
    await takeAll();
    await sleep(TAKE_PAUSE_MS);
  });
  return async () => {
    await stop();
    await Promise.all(held.map(({ letGo }) => letGo()));
  };
}

type Held = { readonly db: Db; letGo(): Promise<void> };

/** A connection in use: an idle one its pool would close after some seconds, and the place be free again. Undefined = there is none. */
async function hold(url: string): Promise<Held | undefined> {
  const store = openStore(url, { poolSize: 1, statementTimeoutSeconds: undefined });
  const taken = Promise.withResolvers<Db>();
  const freed = Promise.withResolvers<void>();
  const use = store.db.connection().execute((db) => {
    taken.resolve(db);
    return freed.promise;
  });
  try {
    const db = await Promise.race([taken.promise, use.then(() => taken.promise)]);
    return {
      db,
      letGo: async () => {
        freed.resolve();
        await use;
        await store.close();
      },
    };
  } catch {
    await store.close();
    return undefined;
  }
}

/** How many connections they had. */
async function endNodes(admin: Db, name: World['place']['name']): Promise<number> {
  const [list, end] =
    name === 'postgres'
      ? ["select pid as id from pg_stat_activity where usename = 'nodes'", 'select pg_terminate_backend']
      : ["select id from information_schema.processlist where user = 'nodes'", 'kill'];
  const { rows } = await sql.raw<{ id: number }>(list).execute(admin);
  for (const { id } of rows) {
    await sql
      .raw(`${end} (${id})`)
      .execute(admin)
      .catch(() => undefined); // it has ended meanwhile
  }
  return rows.length;
}

async function lockRows({ place }: World): Promise<End> {
  if (place.name === 'sqlite') {
    const holder = new DatabaseSync(place.url.replace('sqlite:', ''), { timeout: 20_000 });
    holder.exec('begin immediate');
    return async () => holder.close();
  }
  const store = openStore(place.url, { poolSize: 1, statementTimeoutSeconds: undefined });
  const released = Promise.withResolvers<void>();
  const locked = Promise.withResolvers<void>();
  const held = store.db.transaction().execute(async (tx) => {
    await sql`select id from dtb_product_class for update`.execute(tx);
    locked.resolve();
    await released.promise;
  });
  await Promise.race([locked.promise, held]);
  return async () => {
    released.resolve();
    await held;
    await store.close();
  };
}

/** As EC-CUBE would, had it an order of its own: the last product first. */
async function deadlock({ place, recent }: World): Promise<End> {
  const store = openStore(place.url, { poolSize: 2, statementTimeoutSeconds: undefined });
  const shop = async () => {
    const ids = recent().toReversed();
    await store.db
      .transaction()
      .execute(async (tx) => {
        for (const id of ids.length > 0 ? ids : [FIRST_PRODUCT]) {
          await sql`update dtb_product_class set price02 = price02 where id = ${id}`.execute(tx);
          await sleep(DEADLOCK_PAUSE_MS);
        }
      })
      .catch(() => undefined); // one of the two is ended
  };
  const shops = [repeat(shop), repeat(shop)];
  return async () => {
    await Promise.all(shops.map((stop) => stop()));
    await store.close();
  };
}
