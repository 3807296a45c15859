/** A database that is a copy is what the program itself makes: the same tables, columns, indexes and rows. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import { readLiveSchema } from '../../src/database/live-schema.ts';
import { migrate } from '../../src/database/migrate.ts';
import type { Store } from '../../src/database/open.ts';
import { buildRegistry, coreEntities } from '../../src/shop/registry.ts';
import { createEmbeddedShop } from '../../src/shop/store/embedded-shop.ts';
import { eachDatabase, type TestDatabase } from './databases.ts';
import { fillDatabase } from './filled-database.ts';

const shop = {
  registry: buildRegistry(coreEntities),
  clock: fixedClock(1_775_001_600),
  currency: 'JPY',
  admin: { loginId: 'admin', name: '管理者', passwordHash: 'x' },
};

const INDEXES: Record<TestDatabase['name'], string> = {
  sqlite: 'select name, tbl_name, sql from sqlite_schema order by name',
  postgres: "select indexname, indexdef from pg_indexes where schemaname = 'public' order by indexname",
  mysql: `select table_name as t, index_name as i, seq_in_index as n, column_name as c, non_unique as u
    from information_schema.statistics where table_schema = database() order by 1, 2, 3`,
};

let fills = 0;

async function fill(store: Store): Promise<void> {
  fills += 1;
  await migrate(store);
  await createEmbeddedShop(store, shop);
}

/** Everything in it but the times of the migrations. */
async function contentOf({ db, kit }: Store, name: TestDatabase['name']): Promise<unknown> {
  const live = await readLiveSchema({ db, kit });
  const rows: Record<string, unknown[]> = {};
  for (const table of [...live.keys()].sort()) {
    const { rows: all } = await sql<object>`select * from ${sql.ref(table)}`.execute(db);
    rows[table] = all.map((row) => JSON.stringify({ ...row, timestamp: undefined })).sort();
  }
  const { rows: indexes } = await sql.raw(INDEXES[name]).execute(db);
  return { tables: [...live].sort(), rows, indexes };
}

const contents = new Map<string, unknown>();

describe.each(['made by the program', 'a copy'])('%s', { timeout: 120_000 }, (what) => {
  eachDatabase((database) => {
    test('holds the same', async () => {
      const before = fills;
      await fillDatabase(database.url, 'a shop', fill);
      expect(fills - before).toBe(what === 'a copy' ? 0 : 1);
      const content = await contentOf(database.open(), database.name);
      expect(content).toEqual(contents.get(database.name) ?? content);
      contents.set(database.name, content);
    });

    test('what is in use is not written over', async () => {
      await fillDatabase(database.url, 'a shop', fill);
      expect(await contentOf(database.open(), database.name)).toEqual(contents.get(database.name));
    });
  });
});
