/**
 * Databases set up against us: a MariaDB of its own and a database on the usual PostgreSQL, whose sessions begin with
 * settings that make the same statement mean something else. All of them are legal, and each has been seen on some shop.
 */
import { chmodSync, rmSync } from 'node:fs';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { hasProgram } from '../../scripts/programs.ts';
import { startMariadb } from '../../scripts/servers/mariadb.ts';
import { openStore, type Store } from '../../src/database/open.ts';
import type { TestDatabase } from './databases.ts';
import { describeUnless } from './left-out.ts';
import { scratchFolder } from './scratch.ts';

const START_MS = 90_000; // a MariaDB of its own, on a machine at work

export type HostileDatabase = Pick<TestDatabase, 'name' | 'url' | 'open'>;

type Made = { readonly url: string; readonly drop: () => Promise<void> };

export function eachHostileDatabase(define: (db: HostileDatabase) => void): void {
  const noPostgres = process.env.TEGATA_TEST_POSTGRES_URL ? undefined : 'TEGATA_TEST_POSTGRES_URL is not set';
  describeUnless(noPostgres, 'on a hostile postgres', () => define(use('postgres', makePostgres)));
  const noMariadb = hasProgram('mariadbd') ? undefined : 'mariadbd is not installed';
  describeUnless(noMariadb, 'on a hostile mysql', () => define(use('mysql', makeMariadb)));
}

function use(name: HostileDatabase['name'], make: () => Promise<Made>): HostileDatabase {
  let made: Made | undefined;
  const stores: Store[] = [];
  beforeAll(async () => {
    made = await make();
  }, START_MS);
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await made?.drop();
  }, START_MS);
  const db: HostileDatabase = {
    name,
    get url() {
      if (!made) throw new Error('the database is made in beforeAll');
      return made.url;
    },
    open: () => {
      const store = openStore(db.url);
      stores.push(store);
      return store;
    },
  };
  return db;
}

const POSTGRES_SETTINGS: Readonly<Record<string, string>> = {
  standard_conforming_strings: 'off',
  DateStyle: `'SQL, DMY'`,
  TimeZone: `'Asia/Tokyo'`,
  client_encoding: `'EUC_JP'`,
  bytea_output: `'escape'`,
  default_transaction_isolation: `'serializable'`,
  default_transaction_deferrable: 'on',
  transform_null_equals: 'on',
  statement_timeout: '0',
  search_path: 'shop', // this one is meant: it says where the shop is
};

async function makePostgres(): Promise<Made> {
  const name = `tegata_test_hostile_${process.pid}`;
  const url = new URL(process.env.TEGATA_TEST_POSTGRES_URL ?? '');
  const server = url.href;
  url.pathname = `/${name}`;
  await postgresDo(server, `create database ${name} template template0`);
  const settings = Object.entries(POSTGRES_SETTINGS).map(
    ([setting, value]) => `alter database ${name} set ${setting} = ${value}`,
  );
  await postgresDo(url.href, 'create schema shop', ...settings);
  // And once more by the URL, as operators set a search path.
  url.searchParams.set('options', '-c TimeZone=Asia/Tokyo -c DateStyle=German');
  url.searchParams.set('statement_timeout', '1');
  return { url: url.href, drop: () => postgresDo(server, `drop database ${name} with (force)`) };
}

async function postgresDo(connectionString: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

const SQL_MODE = [
  'NO_BACKSLASH_ESCAPES',
  'ANSI_QUOTES',
  'PIPES_AS_CONCAT',
  'EMPTY_STRING_IS_NULL',
  'HIGH_NOT_PRECEDENCE',
  'IGNORE_SPACE',
  'NO_AUTO_VALUE_ON_ZERO',
  'NO_UNSIGNED_SUBTRACTION',
  'SIMULTANEOUS_ASSIGNMENT',
];

/** `init-connect` is for accounts without SUPER, so the shop's has none. */
const MARIADB_SETTINGS = [
  `--sql-mode=${SQL_MODE.join(',')}`,
  '--autocommit=0',
  '--completion-type=CHAIN',
  '--transaction-isolation=SERIALIZABLE',
  '--character-set-server=latin1',
  '--collation-server=latin1_swedish_ci',
  '--skip-character-set-client-handshake',
  '--default-storage-engine=MyISAM',
  '--init-connect=SET NAMES latin1; SET SESSION sql_select_limit=1, sql_safe_updates=1, sql_auto_is_null=1',
];

const makeMariadb = async (): Promise<Made> => {
  const { url, drop } = await ownMariadb(MARIADB_SETTINGS);
  const hostile = new URL(url);
  // mysql2 would take these from the URL.
  hostile.search =
    '?charset=latin1&multipleStatements=true&dateStrings=false&timezone=local&rowsAsArray=true';
  return { url: hostile.href, drop };
};

/** A MariaDB with a database `shop`, and the URL of an account that owns it and nothing else. */
export async function ownMariadb(settings: readonly string[]): Promise<Made & { readonly rootUrl: string }> {
  const folder = scratchFolder('tegata-hostile-');
  chmodSync(folder, 0o711);
  const server = await startMariadb(folder, settings);
  const root = await createConnection(server.url);
  for (const statement of [
    'create database shop character set utf8mb4',
    `create user shop@'127.0.0.1' identified by 'p@ss'`,
    `grant all on shop.* to shop@'127.0.0.1'`,
  ]) {
    await root.query(statement);
  }
  await root.end();
  const url = new URL(server.url);
  [url.username, url.password, url.pathname] = ['shop', 'p%40ss', '/shop'];
  const drop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: url.href, rootUrl: server.url, drop };
}
