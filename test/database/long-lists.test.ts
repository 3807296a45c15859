/** Long lists: read from a place on, each row once, in windows; what few rows fit is found, and nothing is counted to its end. */
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { listEvents, readEvents } from '../../src/audit/events.ts';
import { isBehind, type Place, placeIn, placeText, readPart } from '../../src/database/keyset.ts';
import type { Store } from '../../src/database/open.ts';
import { searchLiveGrants } from '../../src/oauth/store/apps.ts';
import { hasPurpose } from '../../src/oauth/store/client-marks.ts';
import { listClients } from '../../src/oauth/store/client-search.ts';
import { touchGrant } from '../../src/oauth/store/grants.ts';
import { countOverview, lastUsedOf, listLiveGrants } from '../../src/oauth/store/token-overview.ts';
import { revokeGrantsOf } from '../../src/staff/store/end-grants.ts';
import { revokeGrantsOfMember } from '../../src/staff/store/members.ts';
import { eachDatabase, onSqlite } from '../support/databases.ts';

const NOW = 1_775_001_600;
const CLIENTS = 2_500;
const GRANTS = 2_200;
const EVENTS = 5_200;

const idOf = (n: number): string => n.toString(16).padStart(32, '0');

describe('a part of a list', () => {
  const numbers = (from: Place | undefined) => {
    const start = from === undefined ? 0 : Number(from.id) + 1;
    return Array.from({ length: Math.max(0, Math.min(10, 35 - start)) }, (_, i) => start + i);
  };
  const placeOf = (n: number): Place => ({ at: 0, id: String(n) });
  const read = (fits: (n: number) => boolean) => async (after: Place | undefined) => {
    const found = numbers(after);
    const last = found.length < 10 ? undefined : found.at(-1);
    return { rows: found.filter(fits), end: last === undefined ? undefined : placeOf(last) };
  };

  test('ends with the list, or says where it goes on, however few rows fit', async () => {
    const fits = (n: number) => n % 17 === 16; // 16 and 33
    const part = (after: Place | undefined, limit: number) =>
      readPart({ limit, after, windows: 2 }, read(fits), placeOf);
    expect(await part(undefined, 5)).toEqual({ rows: [16], next: placeOf(19) });
    expect(await part(placeOf(19), 5)).toEqual({ rows: [33], next: undefined });
    expect(await readPart({ limit: 1, after: undefined, windows: 9 }, read(fits), placeOf)).toEqual({
      rows: [16],
      next: placeOf(16),
    });
  });

  test('a place in an address is read again, and nothing else is', () => {
    const place = { at: NOW, id: idOf(7) };
    expect(placeIn(placeText(place))).toEqual(place);
    for (const text of ['', '1', 'x.y', `${NOW}.`, `-1.${idOf(1)}`, `1.${'x'.repeat(65)}`]) {
      expect(placeIn(text)).toBeUndefined();
    }
    expect(isBehind({ at: 1, id: 'a' }, { at: 1, id: 'b' })).toBe(true);
  });
});

eachDatabase((database) => {
  let store: Store;

  const inRows = async <R>(count: number, row: (n: number) => R, insert: (rows: R[]) => Promise<unknown>) => {
    for (let i = 0; i < count; i += 500) {
      await insert(Array.from({ length: Math.min(500, count - i) }, (_, k) => row(i + k)));
    }
  };

  beforeAll(async () => {
    store = await database.openMigrated();
    const { db } = store;
    await db.schema
      .createTable('dtb_member')
      .addColumn('id', 'integer', (c) => c.primaryKey())
      .addColumn('login_id', 'varchar(255)')
      .execute();
    const shop = db.withTables<{ dtb_member: { id: number; login_id: string } }>();
    await shop
      .insertInto('dtb_member')
      .values([
        { id: 1, login_id: 'admin' },
        { id: 2, login_id: 'Hanako' },
      ])
      .execute();
    await inRows(
      CLIENTS,
      (n) => ({
        client_id: idOf(n),
        name: n === 3 ? '在庫くん' : `App ${n}`,
        client_type: 'public',
        redirect_uris: '[]',
        scopes: 'read',
        grants: 'authorization_code',
        pkce_required: 1,
        created_at: NOW - CLIENTS + Math.floor(n / 3), // some in the same second
        updated_at: NOW,
      }),
      (rows) => db.insertInto('tegata_client').values(rows).execute(),
    );
    const grantOf = (n: number) => ({
      grant_id: idOf(n),
      client_id: idOf(n % 20),
      member_id: n % 400 === 0 ? 2 : 1,
      login_id: n % 400 === 0 ? 'Hanako' : 'admin',
      scope: 'read',
      created_at: NOW - GRANTS + Math.floor(n / 3),
    });
    await inRows(GRANTS, grantOf, (rows) => db.insertInto('tegata_grant').values(rows).execute());
    const tokenOf = (n: number) => ({
      jti: `t${n}`,
      grant_id: idOf(n),
      client_id: idOf(n % 20),
      issued_at: NOW - 9,
      expires_at: isLive(n) ? NOW + 60 : NOW - 1,
    });
    await inRows(GRANTS, tokenOf, (rows) => db.insertInto('tegata_access_token').values(rows).execute());
    await inRows(
      EVENTS,
      (n) => ({
        occurred_at: NOW - EVENTS + n,
        kind: n === 5 ? 'key_rotated' : 'token_issued',
        client_id: idOf(1),
        detail: '{}',
      }),
      (rows) => db.insertInto('tegata_event').values(rows).execute(),
    );
  });

  const isLive = (n: number): boolean => n % 4 !== 1;
  const liveIds = (fits: (n: number) => boolean = () => true) =>
    Array.from({ length: GRANTS }, (_, n) => GRANTS - 1 - n)
      .filter((n) => isLive(n) && fits(n))
      .map(idOf);

  /** Every row of a list, part by part. */
  async function walk<R>(
    read: (after: Place | undefined) => Promise<{ rows: readonly R[]; next: Place | undefined }>,
  ): Promise<{ rows: R[]; parts: number }> {
    const rows: R[] = [];
    let place: Place | undefined;
    for (let parts = 1; ; parts += 1) {
      const part = await read(place);
      rows.push(...part.rows);
      if (!part.next) return { rows, parts };
      place = part.next;
    }
  }

  test('B: live grants come once each, newest first, though many in between are over', async () => {
    const { rows, parts } = await walk(async (after) => {
      const part = await listLiveGrants(store.db, { now: NOW, limit: 300, ...(after && { after }) });
      expect(part.grants.length).toBeLessThanOrEqual(300);
      return { rows: part.grants, next: part.next };
    });
    expect(rows.map(({ grantId }) => grantId)).toEqual(liveIds());
    expect(parts).toBe(6);
  });

  test.each([
    ['an app', '在庫', (n: number) => n % 20 === 3],
    ['a member, whatever the case', 'hanako', (n: number) => n % 400 === 0],
    ['so many that each cannot be asked', 'a', () => true],
  ])('B: a search among them for %s', async (_title, text, fits) => {
    const { rows } = await walk(async (after) => {
      const search = { now: NOW, text, limit: 50, ...(after && { after }) };
      const { grants, next } = await searchLiveGrants(store.db, search);
      return { rows: grants, next };
    });
    expect(rows.map(({ grantId }) => grantId)).toEqual(liveIds(fits));
  });

  test('B: every client comes once, and a search finds the oldest too', async () => {
    const all = await walk(async (after) => {
      const part = await listClients(store.db, { text: '', limit: 700, ...(after && { after }) });
      return { rows: part.clients, next: part.next };
    });
    expect([all.rows.length, new Set(all.rows.map(({ clientId }) => clientId)).size]).toEqual([
      CLIENTS,
      CLIENTS,
    ]);
    const one = await walk(async (after) => {
      const part = await listClients(store.db, { text: '在庫', limit: 50, ...(after && { after }) });
      return { rows: part.clients, next: part.next };
    });
    expect(one.rows.map(({ clientId }) => clientId)).toEqual([idOf(3)]);
  });

  test('B: counts end at a thousand', async () => {
    const more = { n: 1_000, more: true };
    expect(await countOverview(store.db, NOW)).toEqual({ clients: more, liveGrants: more });
  });

  test('B: when a client was used last stands on the client: no list reads all its grants', async () => {
    const id = idOf(0);
    expect((await lastUsedOf(store.db, [id])).get(id)).toBe(NOW - GRANTS + Math.floor(2_180 / 3));
    await touchGrant(store.db, id, NOW + 5, 60);
    await touchGrant(store.db, id, NOW + 10, 60);
    expect((await lastUsedOf(store.db, [id])).get(id)).toBe(NOW + 5);
  });

  test('B: one event of a rare kind is found behind thousands of others', async () => {
    const found = await readEvents(store.db, { limit: 3, kinds: ['key_rotated'] });
    expect([found.events.map(({ occurredAt }) => occurredAt), found.next]).toEqual([
      [NOW - EVENTS + 5],
      undefined,
    ]);
    const newest = await readEvents(store.db, { limit: 3 });
    expect(newest.events).toEqual(await listEvents(store.db, { limit: 3 }));
    expect(newest.next).toBe(newest.events[2]?.eventId);
    const old = await readEvents(store.db, { limit: 2, until: NOW - EVENTS + 2 });
    expect(old.events.map(({ occurredAt }) => occurredAt - NOW + EVENTS)).toEqual([1, 0]);
  });

  test('all grants of a member or a client end, in statements of a bounded number of rows, and nobody else’s', async () => {
    const written: number[] = [];
    const counted = store.db.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        if (result.numAffectedRows !== undefined) written.push(Number(result.numAffectedRows));
        return result;
      },
    });
    const live = async () =>
      store.db
        .selectFrom('tegata_grant')
        .select(['client_id', 'member_id'])
        .where('revoked_at', 'is', null)
        .execute();
    const ofClient = (await live()).filter(({ client_id }) => client_id === idOf(7));
    expect(await revokeGrantsOf(counted, { client_id: idOf(7) }, 'x', NOW)).toBe(ofClient.length);
    const ofMember = (await live()).filter(({ member_id }) => member_id === 1);
    expect(ofMember.length).toBeGreaterThan(2_000);
    expect(await revokeGrantsOfMember(counted, 1, 'x', NOW)).toBe(ofMember.length);
    expect(Math.max(...written)).toBeLessThanOrEqual(1_000);
    const left = await live();
    expect([left.length > 0, left.every(({ member_id }) => member_id === 2)]).toEqual([true, true]);
  });
});

onSqlite((database) => {
  test.each([
    [
      'the jobs of all',
      `select * from tegata_job where state != 'receiving' order by created_at desc, job_id desc limit 51`,
    ],
    [
      'secrets that end soon',
      'select * from tegata_client_secret where expires_at > 1 and expires_at <= 2 order by expires_at limit 21',
    ],
  ])('%s come by an index, neither sorted nor searched whole', async (_title, text) => {
    const { db } = await database.openMigrated();
    const plan = await sql<{ detail: string }>`explain query plan ${sql.raw(text)}`.execute(db);
    const steps = plan.rows.map(({ detail }) => detail).join('; ');
    expect(steps).toContain('USING INDEX');
    expect(steps).not.toContain('TEMP B-TREE');
  });

  test('the program’s own clients are found by an index, not among all clients', async () => {
    const { db } = await database.openMigrated();
    const asked = db.selectFrom('tegata_client').select('client_id').where(hasPurpose('purpose')).compile();
    const plan = await sql<{ detail: string }>`explain query plan ${sql.raw(asked.sql)}`.execute(db);
    expect(plan.rows.map(({ detail }) => detail).join()).toContain('USING INDEX tegata_client_purpose');
  });
});
