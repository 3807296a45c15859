/** The migrations of Tegata's own tables, on every database. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { migrate, migrationStates } from '../../src/store/migrate.ts';
import { eachDatabase } from '../support/databases.ts';

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
