/** The audit log on every database. */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { listEvents, pruneEvents, recordEvent } from '../../src/audit/events.ts';
import type { Store } from '../../src/database/open.ts';
import { eachDatabase } from '../support/databases.ts';

const NOW = 1_775_001_600;

eachDatabase((db) => {
  let store: Store;
  beforeAll(async () => {
    store = await db.openMigrated();
  });
  beforeEach(() => store.db.deleteFrom('tegata_event').execute());

  test('an event comes back as it went in', async () => {
    await recordEvent(store.db, {
      kind: 'client_created',
      occurredAt: NOW,
      clientId: 'c'.repeat(32),
      loginId: '田中',
      clientIp: '2001:db8::1',
      requestId: 'req-1',
      detail: { name: '在庫連携', scopes: ['read', 'write'], public: false },
    });
    expect(await listEvents(store.db, { limit: 10 })).toEqual([
      {
        eventId: expect.any(Number),
        occurredAt: NOW,
        kind: 'client_created',
        clientId: 'c'.repeat(32),
        loginId: '田中',
        clientIp: '2001:db8::1',
        requestId: 'req-1',
        detail: { name: '在庫連携', scopes: ['read', 'write'], public: false },
      },
    ]);
  });

  test('texts of strangers are made fit: NUL, broken Unicode, too long', async () => {
    await recordEvent(store.db, {
      kind: 'login_failed',
      occurredAt: NOW,
      loginId: `a\0b${'x'.repeat(300)}`,
      requestId: '\ud800',
      detail: { note: 'a\0b\ud800' },
    });
    const [event] = await listEvents(store.db, { limit: 1 });
    expect(event).toMatchObject({ loginId: `ab${'x'.repeat(253)}`, requestId: '\ufffd' });
    expect(event?.detail).toEqual({ note: 'a\0b\ud800' });
  });

  test('newest first, in pages, by client, login id, kind and time', async () => {
    for (let at = 0; at < 6; at += 1) {
      await recordEvent(store.db, {
        kind: at % 2 === 0 ? 'login_ok' : 'token_refreshed',
        occurredAt: NOW + at,
        clientId: at < 3 ? 'one' : 'two',
        loginId: at < 5 ? 'admin' : 'owner',
      });
    }
    const times = async (filter: object) =>
      (await listEvents(store.db, { limit: 10, ...filter })).map(({ occurredAt }) => occurredAt - NOW);
    expect(await times({})).toEqual([5, 4, 3, 2, 1, 0]);
    expect(await times({ kinds: ['login_ok'] })).toEqual([4, 2, 0]);
    expect(await times({ clientId: 'one' })).toEqual([2, 1, 0]);
    expect(await times({ loginId: 'owner' })).toEqual([5]);
    expect(await times({ from: NOW + 2, until: NOW + 4 })).toEqual([3, 2]);
    const page = await listEvents(store.db, { limit: 2 });
    const last = page.at(-1);
    expect(await times({ limit: 2, before: last?.eventId })).toEqual([3, 2]);
  });

  test('old ones are pruned in batches, oldest first', async () => {
    for (const age of [50, 40, 30, 1]) {
      await recordEvent(store.db, { kind: 'logout', occurredAt: NOW - age });
    }
    expect(await pruneEvents(store.db, NOW - 10, 2)).toBe(2);
    expect((await listEvents(store.db, { limit: 10 })).map(({ occurredAt }) => NOW - occurredAt)).toEqual([
      1, 30,
    ]);
    expect(await pruneEvents(store.db, NOW - 10, 2)).toBe(1);
    expect(await pruneEvents(store.db, NOW - 10, 2)).toBe(0);
  });
});
