/**
 * One body of tests, three databases. Each gets a fresh, empty database that is dropped afterwards; a server that is not
 * there is said aloud (`npm test` starts both; `npm run databases` keeps them up while you work).
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { openStore, type Store } from '../../src/database/open.ts';
import { onMysql, onPostgres, urlOn } from './database-servers.ts';
import { fillDatabase } from './filled-database.ts';
import { describeUnless, type SuiteOptions } from './left-out.ts';
import { scratchFolder } from './scratch.ts';
import { migrateAndMakeShop } from './shop.ts';

export type TestDatabase = {
  readonly name: 'sqlite' | 'postgres' | 'mysql';
  /** Where it is; known from `beforeAll` on. */
  readonly url: string;
  /** Opens it as it is; closed for you before the database is dropped. */
  open(): Store;
  /** Opens it with Tegata's own tables made. */
  openMigrated(): Promise<Store>;
  /** Opens it with the shop of `embeddedShopApi` in it as well. */
  openShop(): Promise<Store>;
};

type Made = { url: string; drop(): Promise<void> };

/** How each database is made empty; what stands in `lacking` keeps it from being tested. */
const MAKERS: readonly { name: TestDatabase['name']; lacking: string | undefined; make(): Promise<Made> }[] =
  [
    { name: 'sqlite', lacking: undefined, make: makeSqlite },
    { name: 'postgres', lacking: lackingServer('TEGATA_TEST_POSTGRES_URL'), make: makePostgres },
    { name: 'mysql', lacking: lackingServer('TEGATA_TEST_MYSQL_URL'), make: makeMysql },
  ];

/** Runs `define` once for each database; call it at the top of a file or inside a `describe`. */
export function eachDatabase(define: (db: TestDatabase) => void, options: SuiteOptions = {}): void {
  for (const { name, lacking, make } of MAKERS) {
    describeUnless(lacking, `on ${name}`, () => define(useDatabase(name, make)), options);
  }
}

/** The same for tests that mostly wait: they run side by side, on all databases at once, so each needs what is its own. */
export const eachDatabaseAtOnce = (define: (db: TestDatabase) => void): void =>
  eachDatabase(define, { concurrent: true });

/** For what no database has a say in: runs `define` once. */
export function onSqlite(define: (db: TestDatabase) => void): void {
  describeUnless(undefined, 'on sqlite alone', () => define(useDatabase('sqlite', makeSqlite)));
}

function useDatabase(name: TestDatabase['name'], make: () => Promise<Made>): TestDatabase {
  let made: Made | undefined;
  const stores: Store[] = [];
  beforeAll(async () => {
    made = await make();
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await made?.drop();
  });
  const db: TestDatabase = {
    name,
    get url() {
      if (!made) throw new Error('the database is made in beforeAll: ask for its url in a hook or a test');
      return made.url;
    },
    open: () => {
      const store = openStore(db.url);
      stores.push(store);
      return store;
    },
    openMigrated: async () => {
      await fillDatabase(db.url, 'migrated', async (store) => void (await migrate(store)));
      return db.open();
    },
    openShop: async () => {
      await fillDatabase(db.url, 'shop', migrateAndMakeShop);
      return db.open();
    },
  };
  return db;
}

function lackingServer(variable: string): string | undefined {
  return process.env[variable] ? undefined : `${variable} is not set`;
}

async function makeSqlite(): Promise<Made> {
  const folder = scratchFolder('tegata-test-');
  const drop = async () => rmSync(folder, { recursive: true, force: true });
  return { url: `sqlite:${join(folder, 'shop.db')}`, drop };
}

async function makePostgres(): Promise<Made> {
  const name = freshName();
  await onPostgres(`create database ${name} template template0`);
  return {
    url: urlOn('postgres', name) ?? '',
    drop: async () => void (await onPostgres(`drop database ${name} with (force)`)),
  };
}

async function makeMysql(): Promise<Made> {
  const name = freshName();
  await onMysql(`create database ${name} character set utf8mb4`);
  return {
    url: urlOn('mysql', name) ?? '',
    drop: async () => void (await onMysql(`drop database ${name}`)),
  };
}

const freshName = (): string => `tegata_test_${randomBytes(6).toString('hex')}`;
