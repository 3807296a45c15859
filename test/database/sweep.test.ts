/** Sweeps of what has expired: one at a time over all nodes, batch by batch with rests between, stopped when the turn is lost. */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import { takeLease } from '../../src/database/leases.ts';
import type { Store } from '../../src/database/open.ts';
import { readServerFacts } from '../../src/database/server-facts.ts';
import { sweeper } from '../../src/oauth/sweep.ts';
import { eachDatabase } from '../support/databases.ts';

const NOW = 1_775_001_600;
const ROWS = 1_700;
const LEASE_SECONDS = 50;

eachDatabase((database) => {
  let store: Store;
  beforeAll(async () => {
    store = await database.openMigrated();
  });
  beforeEach(async () => {
    await store.db.deleteFrom('tegata_lease').execute();
    await store.db.deleteFrom('tegata_assertion').execute();
    const rows = Array.from({ length: ROWS }, (_, i) => ({ assertion_hash: `${i}`, expires_at: NOW - 1 }));
    for (let i = 0; i < ROWS; i += 500) {
      await store.db
        .insertInto('tegata_assertion')
        .values(rows.slice(i, i + 500))
        .execute();
    }
  });

  const node = (at: number, rest: () => Promise<unknown> = async () => {}) =>
    sweeper({ store, clock: fixedClock(at), auditDays: 400, requestLogDays: 30 }, rest);

  test('B: of five nodes at once one sweeps', async () => {
    const done = await Promise.all([1, 2, 3, 4, 5].map(() => node(NOW).sweep()));
    expect(done.filter((one) => one !== undefined)).toHaveLength(1);
    expect(done.find((one) => one !== undefined)?.expired).toBe(ROWS);
    expect(await node(NOW + LEASE_SECONDS - 1).sweep()).toBeUndefined();
    expect(await node(NOW + LEASE_SECONDS).sweep()).toMatchObject({ expired: 0 });
  });

  test('B: it rests behind each batch, and stops when another has the turn', async () => {
    let rests = 0;
    const rest = async () => {
      rests += 1;
    };
    const whole = await node(NOW, rest).sweep();
    expect([whole?.expired, rests]).toEqual([ROWS, 4]);
    await store.db.deleteFrom('tegata_lease').execute();
    const rows = Array.from({ length: 700 }, (_, i) => ({ assertion_hash: `${i}`, expires_at: NOW - 1 }));
    await store.db.insertInto('tegata_assertion').values(rows).execute();
    const robbed = await node(NOW, () =>
      store.db.updateTable('tegata_lease').set({ owner: 'another' }).execute(),
    ).sweep();
    expect(robbed?.expired).toBe(500);
  });

  test('D5: a node two hours ahead removes nothing that lives by the database’s clock', async () => {
    const { now } = await readServerFacts(store);
    await store.db.deleteFrom('tegata_assertion').execute();
    const rows = [-60, 60, 3_600].map((life) => ({ assertion_hash: `${life}`, expires_at: now + life }));
    await store.db.insertInto('tegata_assertion').values(rows).execute();
    let sweptAt = 0;
    const ahead = node(now + 7_200);
    const swept = await ahead.sweep(async (clock) => {
      sweptAt = clock.now();
    });
    expect(swept).toMatchObject({ expired: 1 });
    expect(sweptAt).toBeLessThanOrEqual(now + 60);
    const left = await store.db.selectFrom('tegata_assertion').select('assertion_hash as hash').execute();
    expect(left.map(({ hash }) => hash).sort()).toEqual(['3600', '60']);
  });

  test('a process does not overtake itself', async () => {
    const one = node(NOW);
    const done = await Promise.all([one.sweep(), one.sweep()]);
    expect(done).toEqual([expect.objectContaining({ expired: ROWS }), undefined]);
  });

  test('D5: a lease from a clock that ran hours ahead holds nobody up', async () => {
    const lease = { name: 'sweep', owner: 'ahead', seconds: LEASE_SECONDS };
    expect(await takeLease(store, lease, NOW + 7_200)).toBe(true);
    expect(await node(NOW).sweep()).toMatchObject({ expired: ROWS });
    expect(await takeLease(store, lease, NOW + 1)).toBe(false);
  });
});
