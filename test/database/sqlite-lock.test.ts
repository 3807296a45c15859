/** Another process (EC-CUBE itself) holds SQLite's one write lock: whoever would write waits, and no one else does. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Kysely, sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type Store } from '../../src/database/open.ts';
import { outageOf } from '../../src/database/outage.ts';

type Shape = { thing: { name: string } };

let folder: string;
let store: Store;
let db: Kysely<Shape>;
/** As another process would: it goes on only when this thread lets it. */
let other: DatabaseSync;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tegata-lock-'));
  const file = join(folder, 'lock.db');
  store = openStore(`sqlite:${file}`);
  db = store.db as unknown as Kysely<Shape>;
  await sql`create table thing (name text primary key)`.execute(db);
  other = new DatabaseSync(file);
  other.exec('begin immediate');
  other.exec(`insert into thing values ('other')`);
});

afterEach(async () => {
  other.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const insert = (name: string, on: Kysely<Shape> = db) => on.insertInto('thing').values({ name }).execute();
const names = async () =>
  (await db.selectFrom('thing').select('name').orderBy('name').execute()).map((row) => row.name);

test('a write, a transaction and a statement on a connection wait; reading goes on', async () => {
  const waiting = [
    insert('alone'),
    db.transaction().execute(async (tx) => {
      await insert('first of two', tx);
      await insert('second of two', tx);
    }),
    db.connection().execute((own) => Promise.all([insert('one', own), insert('two', own)])),
  ];
  expect(await names()).toEqual([]);
  other.exec('commit');
  await Promise.all(waiting);
  expect(await names()).toEqual(['alone', 'first of two', 'one', 'other', 'second of two', 'two']);
});

test('who has waited is still alone in its transaction: what fails takes nothing of the others with it', async () => {
  const failing = db.transaction().execute(async (tx) => {
    await insert('lost', tx);
    throw new Error('no');
  });
  const waiting = [insert('before'), failing, insert('after'), insert('other')];
  await names();
  other.exec('commit');
  const results = await Promise.allSettled(waiting);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
  expect(await names()).toEqual(['after', 'before', 'other']);
});

test('a lock that does not end: the write is refused as busy, and the next one after it succeeds', async () => {
  const refused = await Promise.allSettled([
    insert('late'),
    db.transaction().execute((tx) => insert('too', tx)),
  ]);
  for (const one of refused) {
    expect(one).toMatchObject({ status: 'rejected', reason: { errcode: 5 } });
    expect(outageOf((one as PromiseRejectedResult).reason)).toBe('busy');
  }
  other.exec('rollback');
  await insert('in time');
  expect(await names()).toEqual(['in time']);
}, 60_000);

test('a connection that is given back while its write waits: the write comes, and then the next one’s turn', async () => {
  const given = db
    .connection()
    .execute((own) => Promise.all([insert('left behind', own), Promise.reject(new Error('gave up'))]));
  await expect(given).rejects.toThrow('gave up');
  const moved = db.transaction().execute(async (tx) => {
    await insert('undone', tx);
    await new Promise((resolve) => setTimeout(resolve, 50));
    throw new Error('no');
  });
  other.exec('commit');
  await expect(moved).rejects.toThrow('no');
  await insert('next');
  expect(await names()).toEqual(['left behind', 'next', 'other']);
});

test('who writes without a pause lets another store of the same process write', async () => {
  other.exec('rollback');
  const peer = openStore(`sqlite:${join(folder, 'lock.db')}`);
  try {
    let settled = false;
    const writing = (async () => {
      for (let i = 0; !settled; i += 1) await insert(`one of many ${i}`);
    })();
    const written = insert('peer', peer.db as unknown as Kysely<Shape>).finally(() => {
      settled = true;
    });
    await Promise.all([written, writing]);
    expect(await names()).toContain('peer');
  } finally {
    await peer.close();
  }
}, 60_000);

test('closing waits for a write that waits', async () => {
  const written = insert('last');
  const closed = store.close();
  other.exec('rollback');
  await Promise.all([written, closed]);
  expect(other.prepare('select name from thing').all()).toEqual([{ name: 'last' }]);
});
