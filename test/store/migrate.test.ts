/** The migrations of Tegata's own tables, on every database. */
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
