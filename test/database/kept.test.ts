/** Reads that are kept: never older than the last write, by whomever. */
import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { keptRead } from '../../src/database/hot/kept.ts';
import type { Db } from '../../src/database/open.ts';
import { eachDatabase, onSqlite, type TestDatabase } from '../support/databases.ts';

const setName = (on: Db, value: string) => sql`update tegata_kept set name = ${value}`.execute(on);

/** A table with the row `one`, named `first` before each test and read once. */
function useKept(database: TestDatabase) {
  const kept = {
    db: undefined as unknown as Db,
    /** As another process would. */
    other: undefined as unknown as Db,
    reads: 0,
    nameOf: keptRead(
      { written: ['tegata_kept', 'new tegata_kept'], max: 10, keyOf: (id: string) => id },
      async (on, id) => {
        kept.reads += 1;
        const found = await sql<{ name: string }>`select name from tegata_kept where id = ${id}`.execute(on);
        return found.rows[0]?.name;
      },
    ),
  };
  beforeAll(async () => {
    kept.db = database.open().db;
    kept.other = database.open().db;
    await sql`create table tegata_kept (id varchar(9) primary key, name varchar(9))`.execute(kept.db);
    await sql`create table tegata_other (name varchar(9))`.execute(kept.db);
  });
  beforeEach(async () => {
    await sql`delete from tegata_kept`.execute(kept.db);
    await sql`insert into tegata_kept (id, name) values ('one', 'first')`.execute(kept.db);
    expect(await kept.nameOf(kept.db, 'one')).toBe('first');
    kept.reads = 0;
  });
  return kept;
}

eachDatabase((database) => {
  const kept = useKept(database);
  const nameNow = () => kept.nameOf(kept.db, 'one');

  test('a write of this process shows at once, whatever form it has', async () => {
    const { db } = kept;
    await setName(db, 'second');
    expect(await nameNow()).toBe('second');
    await sql`delete from tegata_kept`.execute(db);
    expect(await nameNow()).toBeUndefined();
    await sql`insert into tegata_kept (id, name) values ('one', 'third')`.execute(db);
    expect(await nameNow()).toBe('third');
    await sql`drop table tegata_kept`.execute(db);
    await expect(nameNow()).rejects.toThrow('tegata_kept');
    await sql`create table tegata_kept (id varchar(9) primary key, name varchar(9))`.execute(db);
  });

  test('a write of another process shows at once', async () => {
    await setName(kept.other, 'second');
    expect(await nameNow()).toBe('second');
  });

  test('what a transaction wrote and took back is not kept', async () => {
    const undone = kept.db.transaction().execute(async (tx) => {
      await setName(tx, 'undone');
      expect(await kept.nameOf(tx, 'one')).toBe('undone');
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    expect(await nameNow()).toBe('first');
  });

  test('read in the middle of a transaction, it is not older than its end', async () => {
    const { promise: paused, resolve: goOn } = Promise.withResolvers<void>();
    const { promise: begun, resolve: isBegun } = Promise.withResolvers<void>();
    const writing = kept.db.transaction().execute(async (tx) => {
      isBegun();
      await paused;
      await setName(tx, 'second');
    });
    await begun;
    const meanwhile = nameNow();
    goOn();
    await Promise.all([writing, meanwhile]);
    expect(await nameNow()).toBe('second');
  });
});

onSqlite((database) => {
  const kept = useKept(database);
  const nameNow = () => kept.nameOf(kept.db, 'one');

  test('unwritten, it is read once; a write of another table does not count', async () => {
    await sql`insert into tegata_other (name) values ('x')`.execute(kept.db);
    expect(await nameNow()).toBe('first');
    expect(kept.reads).toBe(0);
  });

  test('a commit that fails takes back what was kept of it', async () => {
    const { db } = kept;
    await sql`create table child (name text references tegata_kept (id) deferrable initially deferred)`.execute(
      db,
    );
    await sql`pragma foreign_keys = on`.execute(db);
    const renamed = setName(db, 'lost');
    const orphan = sql`insert into child values ('nobody')`.execute(db);
    const between = nameNow();
    const ends = await Promise.allSettled([renamed, orphan]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await between).toBe('lost');
    expect(await nameNow()).toBe('first');
    await sql`pragma foreign_keys = off`.execute(db);
  });
});
