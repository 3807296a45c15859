/**
 * The database that a fault befalls: a server of its own, durable as in production, on a small disk, behind a network that
 * can go silent; or a file of SQLite on such a disk. It holds the demo shop with many products and the change feed.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { startMariadb } from '../../scripts/servers/mariadb.ts';
import { startPostgres } from '../../scripts/servers/postgres.ts';
import type { DatabaseServer } from '../../scripts/servers/server.ts';
import { openStore } from '../../src/database/open.ts';
import { scratchFolder } from '../../test/support/scratch.ts';
import { type SilentNetwork, silentNetwork } from '../../test/support/silent-network.ts';
import { loadGrowingShop } from '../support/growing-shop.ts';
import { isAlive, signalFamily } from './processes.ts';

export const DATABASES = ['sqlite', 'postgres', 'mariadb'] as const;
export type DatabaseName = (typeof DATABASES)[number];

const DISK_MB = 700;
const BLOCK = Buffer.alloc(1024 * 1024, 1);
const NODES_PASSWORD = 'faults';

export type Place = {
  readonly name: DatabaseName;
  /** Straight to the database, as its administrator. */
  readonly url: string;
  /** What the nodes are given. */
  readonly nodesUrl: string;
  readonly network: SilentNetwork | undefined;
  /** Whether `fillDisk` fills a disk of its own. */
  readonly hasOwnDisk: boolean;
  serverPid(): number | undefined;
  /** kill -9, of the server and all its children. */
  killServer(): void;
  /** Starts it where it is not running. */
  reviveServer(): Promise<void>;
  fillDisk(): void;
  freeDisk(): void;
  stop(): Promise<void>;
};

/** `products`: how many the shop has, from id 1001 on. */
export async function makePlace(name: DatabaseName, products: number): Promise<Place> {
  const folder = scratchFolder('tegata-faults-');
  chmodSync(folder, 0o711);
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  const hasOwnDisk = mount(disk);
  chmodSync(disk, 0o711);
  let server = await startServer(name, disk);
  const url = server ? await ownDatabase(server.url) : `sqlite:${join(disk, 'shop.db')}`;
  await loadGrowingShop(url, 'products', products);
  const network = server && (await silentNetwork(await forNodes(name, url), 0));
  const ballast = join(disk, 'ballast');
  const freeDisk = () => rmSync(ballast, { force: true });
  return {
    name,
    url,
    nodesUrl: network?.url ?? url,
    network,
    hasOwnDisk,
    serverPid: () => server?.pid,
    killServer: () => server && signalFamily(server.pid, 'SIGKILL'),
    reviveServer: async () => {
      if (server && !isAlive(server.pid)) server = await server.again();
    },
    fillDisk: () => fill(ballast),
    freeDisk,
    stop: async () => {
      freeDisk();
      await network?.stop();
      await server?.stop();
      if (hasOwnDisk) execFileSync('umount', ['-l', disk]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a server promises to keep has to be kept when it is killed. */
async function startServer(name: DatabaseName, disk: string): Promise<DatabaseServer | undefined> {
  if (name === 'sqlite') return undefined;
  if (name === 'mariadb')
    return startMariadb(disk, ['--innodb-flush-log-at-trx-commit=1', '--max-connections=60']);
  return startPostgres(disk, {
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    max_connections: '60',
  });
}

async function ownDatabase(serverUrl: string): Promise<string> {
  const store = openStore(serverUrl);
  await sql.raw('create database faults').execute(store.db);
  await store.close();
  const url = new URL(serverUrl);
  url.pathname = '/faults';
  return url.href;
}

const NODES_ACCOUNT: Readonly<Record<string, readonly string[]>> = {
  postgres: [`create role nodes superuser login password '${NODES_PASSWORD}'`],
  mariadb: [
    `create user nodes@'%' identified by '${NODES_PASSWORD}'`,
    "grant all on faults.* to nodes@'%'",
    "grant process on *.* to nodes@'%'",
  ],
};

/** An account of their own, by which their connections are known. MariaDB's administrator writes into a server that is read-only, too. */
async function forNodes(name: DatabaseName, url: string): Promise<string> {
  const store = openStore(url);
  for (const statement of NODES_ACCOUNT[name]!) await sql.raw(statement).execute(store.db);
  await store.close();
  const own = new URL(url);
  own.username = 'nodes';
  own.password = NODES_PASSWORD;
  return own.href;
}

/** False where we may not: then there is no disk that could be filled. */
function mount(disk: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function fill(ballast: string): void {
  const file = openSync(ballast, 'w');
  try {
    for (let size = BLOCK.length; size >= 1; size = Math.floor(size / 16)) writeAll(file, size);
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, size: number): void {
  try {
    for (;;) writeSync(file, BLOCK, 0, size);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
