/**
 * Migrations over rows: after each one come the rows that its version could hold (`migrations/NAME.seed.json`, the first
 * field of a row names it), and at the end each is what `NAME.golden.json` says. A migration to come brings both files,
 * and the goldens of the former ones show what it does to their rows.
 */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Migration, Migrator } from 'kysely/migration';
import { expect, test } from 'vitest';
import { migrate, migrationStates } from '../../src/database/migrate.ts';
import type { Store } from '../../src/database/open.ts';
import { eachDatabase } from '../support/databases.ts';

const FILES = join(import.meta.dirname, '../../src/database/migrations');
const PATHS = globSync('**/0*.ts', { cwd: FILES }).sort((a, b) => basename(a).localeCompare(basename(b)));
const NAMES = PATHS.map((path) => basename(path, '.ts'));

type Row = Readonly<Record<string, string | number | null>>;
type Rows = Readonly<Record<string, readonly Row[]>>;
type Anything = Record<string, Record<string, unknown>>;

const rowsOf = (name: string, kind: 'seed' | 'golden'): Rows =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'migrations', `${name}.${kind}.json`), 'utf8')) as Rows;

async function stepper(store: Store): Promise<Migrator> {
  const migrations: Record<string, Migration> = {};
  for (const path of PATHS) {
    const { up } = await import(join(FILES, path));
    migrations[basename(path, '.ts')] = { up: (db) => up(db, store.kit) };
  }
  return new Migrator({
    db: store.db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: 'tegata_migration',
    migrationLockTableName: 'tegata_migration_lock',
  });
}

async function found(store: Store, seed: Rows): Promise<Rows> {
  const db = store.db.withTables<Anything>();
  const read = async (table: string, row: Row) => {
    const [key = ''] = Object.keys(row);
    return (await db.selectFrom(table).selectAll().where(key, '=', row[key]).executeTakeFirst()) as Row;
  };
  const tables = Object.entries(seed).map(
    async ([table, rows]) => [table, await Promise.all(rows.map((row) => read(table, row)))] as const,
  );
  return Object.fromEntries(await Promise.all(tables));
}

eachDatabase((database) => {
  test('what each version could hold survives all migrations behind it', async () => {
    const store = database.open();
    const steps = await stepper(store);
    for (const name of NAMES) {
      const last = name === NAMES.at(-1);
      const { error } = last
        ? { error: await migrate(store).then(() => undefined) }
        : await steps.migrateTo(name);
      expect(error).toBeUndefined();
      for (const [table, rows] of Object.entries(rowsOf(name, 'seed'))) {
        await store.db
          .withTables<Anything>()
          .insertInto(table)
          .values([...rows])
          .execute();
      }
    }
    expect((await migrationStates(store)).map((state) => state.name)).toEqual(NAMES);
    for (const name of NAMES) {
      expect([name, await found(store, rowsOf(name, 'seed'))]).toEqual([name, rowsOf(name, 'golden')]);
    }
  });
});
