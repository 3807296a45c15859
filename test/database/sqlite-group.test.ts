/** Group commit: many writers share one durable commit, and none of them sees, loses or is answered for another's fate. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Kysely, sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeOneFile } from '../../src/database/dialect/sqlite/whole-file.ts';
import { openStore, type Store } from '../../src/database/open.ts';

type Shape = { thing: { name: string; taken: number } };

let folder: string;
let store: Store;
let db: Kysely<Shape>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tegata-group-'));
  store = openStore(`sqlite:${join(folder, 'group.db')}`);
  db = store.db as unknown as Kysely<Shape>;
  await sql`create table thing (name text primary key, taken integer not null)`.execute(db);
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const insert = (name: string) => db.insertInto('thing').values({ name, taken: 0 }).execute();
const names = async () =>
  (await db.selectFrom('thing').select('name').orderBy('name').execute()).map((row) => row.name);

/** What another process sees: only what is committed. */
const seenOutside = (): number => {
  const outside = new DatabaseSync(join(folder, 'group.db'), { readOnly: true });
  try {
    return Number(outside.prepare('select count(*) as n from thing').get()?.n);
  } finally {
    outside.close();
  }
};

test('whoever is answered is on the disk, for another process to see', async () => {
  const seen = await Promise.all(
    Array.from({ length: 20 }, async (_, i) => {
      await db.transaction().execute((tx) =>
        tx
          .insertInto('thing')
          .values({ name: `t${i}`, taken: 0 })
          .execute(),
      );
      return seenOutside();
    }),
  );
  expect(Math.min(...seen)).toBe(20);
});

test('a transaction that fails takes nothing of its neighbours with it', async () => {
  const failing = db.transaction().execute(async (tx) => {
    await tx.insertInto('thing').values({ name: 'lost', taken: 0 }).execute();
    throw new Error('no');
  });
  const results = await Promise.allSettled([insert('a'), failing, insert('c')]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await names()).toEqual(['a', 'c']);
});

test('a transaction that fails before all others leaves them a group of their own', async () => {
  const failing = db.transaction().execute(async (tx) => {
    await tx.insertInto('thing').values({ name: 'lost', taken: 0 }).execute();
    throw new Error('no');
  });
  const later = db.transaction().execute((tx) =>
    tx
      .insertInto('thing')
      .values({ name: 'kept', taken: 0 })
      .execute()
      .then(() => seenOutside()),
  );
  const results = await Promise.allSettled([failing, later, insert('also kept')]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(await later).toBe(0);
  expect(seenOutside()).toBe(2);
  expect(await names()).toEqual(['also kept', 'kept']);
});

test('a statement that fails does not fail its neighbours', async () => {
  await insert('twice');
  const results = await Promise.allSettled([insert('x'), insert('twice'), insert('y')]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await names()).toEqual(['twice', 'x', 'y']);
});

test('a conditional write has one winner among many', async () => {
  await insert('prize');
  const take = () =>
    db.transaction().execute(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('thing')
        .set({ taken: 1 })
        .where('name', '=', 'prize')
        .where('taken', '=', 0)
        .executeTakeFirst();
      await Promise.resolve();
      return Number(numUpdatedRows);
    });
  const won = await Promise.all(Array.from({ length: 50 }, take));
  expect(won.reduce((sum, n) => sum + n, 0)).toBe(1);
});

test('when the commit fails, everybody in the group hears of it and nothing stays', async () => {
  await sql`create table child (name text references thing (name) deferrable initially deferred)`.execute(db);
  await sql`pragma foreign_keys = on`.execute(db);
  const orphan = db.transaction().execute((tx) => sql`insert into child values ('nobody')`.execute(tx));
  const results = await Promise.allSettled([insert('with'), orphan]);
  expect(results).toMatchObject([
    { status: 'rejected', reason: { message: expect.stringContaining('FOREIGN KEY') } },
    { status: 'rejected', reason: { message: expect.stringContaining('FOREIGN KEY') } },
  ]);
  expect(await names()).toEqual([]);
});

test('a commit that fails keeps nobody from closing the database', async () => {
  await sql`create table child (name text references thing (name) deferrable initially deferred)`.execute(db);
  await sql`pragma foreign_keys = on`.execute(db);
  const orphan = sql`insert into child values ('nobody')`.execute(db);
  const [lost, closed] = await Promise.allSettled([orphan, store.close()]);
  expect([lost.status, closed.status]).toEqual(['rejected', 'fulfilled']);
  makeOneFile(join(folder, 'group.db')); // or throws: somebody has it open
});

test('when the disk is full, everybody whose write is lost hears why, and it goes on when there is room', async () => {
  await insert('before');
  const pages = async () => {
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
    return rows[0]?.page_count ?? 0;
  };
  const most = (count: number) => sql.raw(`pragma max_page_count = ${count}`).execute(db);
  await most((await pages()) + 1);
  const large = (name: string) =>
    db.insertInto('thing').values({ name: `${name}${'x'.repeat(50_000)}`, taken: 0 });
  const attempts = [
    insert('neighbour'),
    db.transaction().execute((tx) => tx.executeQuery(large('in a transaction'))),
    insert('after'),
    large('alone').execute(),
    db.transaction().execute((tx) => tx.insertInto('thing').values({ name: 'last', taken: 0 }).execute()),
  ];
  const results = await Promise.allSettled(attempts);
  const lost = results.filter(({ status }) => status === 'rejected');
  expect(lost.length).toBeGreaterThanOrEqual(2);
  for (const one of lost) expect(one).toMatchObject({ reason: { errcode: 13 } });
  const kept = ['neighbour', '', 'after', '', 'last'].filter((_, i) => results[i]?.status === 'fulfilled');
  expect(await names()).toEqual(['before', ...kept].sort());
  await most(1_000);
  await large('room again').execute();
  expect(await names()).toHaveLength(kept.length + 2);
});

test('closing waits for what is under way', async () => {
  const writing = insert('late');
  await Promise.resolve();
  await Promise.all([writing, store.close()]);
  expect(seenOutside()).toBe(1);
  store = openStore(`sqlite:${join(folder, 'group.db')}`);
});

test('a transaction that waits for the world outside is whole or not at all', async () => {
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  const waiting = (name: string, fails: boolean) =>
    db.transaction().execute(async (tx) => {
      await tx.insertInto('thing').values({ name, taken: 0 }).execute();
      await turn();
      await turn();
      if (fails) throw new Error('the mail server is away');
      expect(seenOutside()).toBe(0);
      await tx
        .insertInto('thing')
        .values({ name: `${name} again`, taken: 0 })
        .execute();
    });
  const results = await Promise.allSettled([waiting('kept', false), waiting('lost', true), insert('beside')]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await names()).toEqual(['beside', 'kept', 'kept again']);
  expect(seenOutside()).toBe(3);
});

test('two stores of one process do not wait for each other: the thread that waits is the one that is to commit', async () => {
  const other = openStore(`sqlite:${join(folder, 'group.db')}`);
  try {
    const mine = insert('mine');
    const theirs = (other.db as unknown as typeof db)
      .insertInto('thing')
      .values({ name: 'theirs', taken: 0 });
    await Promise.all([mine, theirs.execute(), insert('mine again')]);
    expect(await names()).toEqual(['mine', 'mine again', 'theirs']);
  } finally {
    await other.close();
  }
});
