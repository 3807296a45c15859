/** Two transactions that wait for each other: one is the victim, begins anew, and both succeed. */
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Db, Store } from '../../src/database/open.ts';
import { transact } from '../../src/database/transact.ts';
import { eachDatabase } from '../support/databases.ts';

eachDatabase((database) => {
  let store: Store;
  beforeAll(async () => {
    store = database.open();
    await sql`create table counted (id integer primary key, number integer not null)`.execute(store.db);
    await sql`insert into counted (id, number) values (1, 0), (2, 0)`.execute(store.db);
  });

  const countUp = (trx: Db, id: number) =>
    sql`update counted set number = number + 1 where id = ${id}`.execute(trx);

  test('both are done in the end, each once', async () => {
    let runs = 0;
    let bothStarted = (): void => {};
    const started = new Promise<void>((resolve) => {
      bothStarted = resolve;
    });
    const locking = store.kit.supportsRowLocks;
    const crossing = (first: number, second: number) =>
      transact(store, async (trx) => {
        await countUp(trx, first);
        runs += 1;
        if (runs === 2) bothStarted();
        // Where one writer waits for the other's end, waiting for it here would wait for ever.
        if (locking) await started;
        await countUp(trx, second);
      });
    await Promise.all([crossing(1, 2), crossing(2, 1)]);
    const { rows } = await sql<{ number: number }>`select number from counted order by id`.execute(store.db);
    expect(rows.map(({ number }) => number)).toEqual([2, 2]);
    // A busy server may find the circle from both ends at once and end both.
    if (locking) expect(runs).toBeGreaterThan(2);
    else expect(runs).toBe(2);
  });

  test('any other error ends it at once', async () => {
    let runs = 0;
    const failing = transact(store, async (trx) => {
      runs += 1;
      await countUp(trx, 1);
      throw new Error('wrong');
    });
    await expect(failing).rejects.toThrow('wrong');
    expect(runs).toBe(1);
    const { rows } = await sql<{ number: number }>`select number from counted where id = 1`.execute(store.db);
    expect(rows[0]?.number).toBe(2);
  });
});
