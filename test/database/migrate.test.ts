/** The migrations of Tegata's own tables, on every database: repeated, by two processes at once, from a newer version. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import { migrate, migrationStates } from '../../src/database/migrate.ts';
import { buildRegistry, coreEntities } from '../../src/shop/registry.ts';
import { createEmbeddedShop } from '../../src/shop/store/embedded-shop.ts';
import { MANY_COMMANDS_MS, refusalOf } from '../cli/cli.ts';
import { eachDatabase } from '../support/databases.ts';
import { runProgram } from '../support/program.ts';
import { scratchFolder } from '../support/scratch.ts';

const PROCESSES = 4;

eachDatabase((db) => {
  test('a second run changes nothing', async () => {
    const store = db.open();
    const first = await migrate(store);
    expect(first).not.toEqual([]);
    expect(await migrate(store)).toEqual([]);
    expect((await migrationStates(store)).map(({ name }) => name)).toEqual(first);
  });
});

eachDatabase((db) => {
  test('in a database of an old shop’s encoding, own tables hold every character and tell cases apart', async () => {
    const store = db.open();
    if (db.name === 'mysql') {
      await sql`alter database character set utf8mb3 collate utf8mb3_general_ci`.execute(store.db);
    }
    await migrate(store);
    const ids = ['絵文字😀', 'a', 'A'];
    const rows = ids.map((id, place) => ({ throttle_id: id, failures: place, window_ends_at: 0 }));
    await store.db.insertInto('tegata_throttle').values(rows).execute();
    const kept = await store.db.selectFrom('tegata_throttle').selectAll().orderBy('failures').execute();
    expect(kept.map(({ throttle_id }) => throttle_id)).toEqual(ids);
  });
});

eachDatabase((db) => {
  const folder = scratchFolder('tegata-migrate-');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const run = (...args: string[]) =>
    runProgram(args, { DATABASE_URL: db.url, TEGATA_DATA_DIR: join(folder, 'data') });

  test(
    'of several processes at once one applies each migration, and all end well',
    async () => {
      const store = db.open();
      const admin = { loginId: 'admin', name: '管理者', passwordHash: '' };
      const registry = buildRegistry(coreEntities);
      await createEmbeddedShop(store, { registry, clock: fixedClock(1_775_001_600), currency: 'JPY', admin });
      await run('key', 'list'); // the data folder's own files are no part of the race
      const runs = Array.from({ length: PROCESSES }, () => run('migrate', 'apply', '--json'));
      const ended = await Promise.all(runs);
      expect(ended.map(({ code, stderr }) => [code, stderr])).toEqual(ended.map(() => [0, '']));
      const applied = ended.flatMap(({ stdout }) => (JSON.parse(stdout) as { applied: string[] }).applied);
      expect(applied.sort()).toEqual((await migrationStates(store)).map(({ name }) => name));
    },
    MANY_COMMANDS_MS,
  );

  test(
    'a database that a newer version made is refused in one line',
    async () => {
      await sql`insert into tegata_migration (name, timestamp) values ('9999-from-the-future', '2030-01-01')`.execute(
        db.open().db,
      );
      for (const command of [['migrate', 'apply'], ['migrate', 'status'], ['serve']]) {
        expect(refusalOf(await run(...command))).toMatch(
          /newer Tegata .*9999-from-the-future.*update tegata/,
        );
      }
    },
    MANY_COMMANDS_MS,
  );
});
