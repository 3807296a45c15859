/** Failures counted in windows, by conditional writes that hold under parallel attempts, on every database. */
import { beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import {
  clearAttempts,
  pruneThrottle,
  releaseAttempt,
  reserveAttempt,
  reserveAttempts,
} from '../../src/staff/store/throttle.ts';
import { eachDatabase } from '../support/databases.ts';

const NOW = 1_775_001_600;
const five = (throttleId: string) => ({ throttleId, maxFailures: 5, windowSeconds: 1800 });

eachDatabase((db) => {
  let store: Store;
  beforeAll(async () => {
    store = await db.openMigrated();
  });

  const take = async (id: string, times: number, now = NOW) => {
    const results = [];
    for (let time = 0; time < times; time += 1) results.push(await reserveAttempt(store, five(id), now));
    return results.map((result) => result.kind);
  };

  test('five are borne, the sixth is locked until the window ends, and only one refusal is the first', async () => {
    expect(await take('row', 5)).toEqual(Array(5).fill('reserved'));
    const lockedUntil = NOW + 1800;
    expect(await reserveAttempt(store, five('row'), NOW + 60)).toEqual({
      kind: 'locked',
      lockedUntil,
      firstRefusal: true,
    });
    expect(await reserveAttempt(store, five('row'), NOW + 1799)).toEqual({
      kind: 'locked',
      lockedUntil,
      firstRefusal: false,
    });
    expect(await take('row', 1, NOW + 1800)).toEqual(['reserved']);
  });

  test('a hundred at once find five places', async () => {
    const results = await Promise.all(
      Array.from({ length: 100 }, () => reserveAttempt(store, five('crowd'), NOW)),
    );
    expect(results.filter(({ kind }) => kind === 'reserved')).toHaveLength(5);
    expect(results.filter((result) => result.kind === 'locked' && result.firstRefusal)).toHaveLength(1);
  });

  test('what is given back can be taken again; clearing gives all back', async () => {
    await take('back', 5);
    await releaseAttempt(store.db, 'back');
    expect(await take('back', 2)).toEqual(['reserved', 'locked']);
    await clearAttempts(store.db, 'back');
    expect(await take('back', 6)).toEqual([...Array(5).fill('reserved'), 'locked']);
  });

  test('of several windows all are taken or none', async () => {
    await take('full', 5);
    expect(await reserveAttempts(store, [five('open'), five('full')], NOW)).toMatchObject({ kind: 'locked' });
    expect(await take('open', 6)).toEqual([...Array(5).fill('reserved'), 'locked']);
  });

  test('windows that are over are removed in batches, live ones stay', async () => {
    await take('old-1', 1, NOW - 4000);
    await take('old-2', 1, NOW - 4000);
    await take('live', 5);
    expect(await pruneThrottle(store.db, NOW, 1)).toBe(1);
    expect(await pruneThrottle(store.db, NOW, 10)).toBe(1);
    expect(await pruneThrottle(store.db, NOW, 10)).toBe(0);
    expect(await take('live', 1)).toEqual(['locked']);
  });
});
