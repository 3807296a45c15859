/** Reads that are kept: never older than the last write, by whomever. */
import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { keptRead } from '../../src/database/kept.ts';
import type { Db } from '../../src/database/open.ts';
import { eachDatabase } from '../support/databases.ts';

eachDatabase((database) => {
  let db: Db;
  /** As another process would. */
  let other: Db;
  let reads = 0;
  const written = ['tegata_kept', 'new tegata_kept'];
  const nameOf = keptRead<string>({ written, max: 10 }, async (on, id) => {
    reads += 1;
    const found = await sql<{ name: string }>`select name from tegata_kept where id = ${id}`.execute(on);
    return found.rows[0]?.name;
  });
  const name = (on: Db, value: string) => sql`update tegata_kept set name = ${value}`.execute(on);

  beforeAll(async () => {
    db = database.open().db;
    other = database.open().db;
    await sql`create table tegata_kept (id varchar(9) primary key, name varchar(9))`.execute(db);
    await sql`create table tegata_other (name varchar(9))`.execute(db);
  });

  beforeEach(async () => {
    await sql`delete from tegata_kept`.execute(db);
    await sql`insert into tegata_kept (id, name) values ('one', 'first')`.execute(db);
    expect(await nameOf(db, 'one')).toBe('first');
    reads = 0;
  });

  test('a write of this process shows at once, whatever form it has', async () => {
    await name(db, 'second');
    expect(await nameOf(db, 'one')).toBe('second');
    await sql`delete from tegata_kept`.execute(db);
    expect(await nameOf(db, 'one')).toBeUndefined();
    await sql`insert into tegata_kept (id, name) values ('one', 'third')`.execute(db);
    expect(await nameOf(db, 'one')).toBe('third');
    await sql`drop table tegata_kept`.execute(db);
    await expect(nameOf(db, 'one')).rejects.toThrow('tegata_kept');
    await sql`create table tegata_kept (id varchar(9) primary key, name varchar(9))`.execute(db);
  });

  test('a write of another process shows at once', async () => {
    await name(other, 'second');
    expect(await nameOf(db, 'one')).toBe('second');
  });

  test('what a transaction wrote and took back is not kept', async () => {
    const undone = db.transaction().execute(async (tx) => {
      await name(tx, 'undone');
      expect(await nameOf(tx, 'one')).toBe('undone');
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    expect(await nameOf(db, 'one')).toBe('first');
  });

  test('read in the middle of a transaction, it is not older than its end', async () => {
    const { promise: paused, resolve: goOn } = Promise.withResolvers<void>();
    const { promise: begun, resolve: isBegun } = Promise.withResolvers<void>();
    const writing = db.transaction().execute(async (tx) => {
      isBegun();
      await paused;
      await name(tx, 'second');
    });
    await begun;
    const meanwhile = nameOf(db, 'one');
    goOn();
    await Promise.all([writing, meanwhile]);
    expect(await nameOf(db, 'one')).toBe('second');
  });

  test.runIf(database.name === 'sqlite')(
    'unwritten, it is read once; a write of others’ rows does not count',
    async () => {
      await sql`insert into tegata_other (name) values ('x')`.execute(db);
      expect(await nameOf(db, 'one')).toBe('first');
      expect(reads).toBe(0);
    },
  );

  test.runIf(database.name === 'sqlite')('a commit that fails takes back what was kept of it', async () => {
    await sql`create table child (name text references tegata_kept (id) deferrable initially deferred)`.execute(
      db,
    );
    await sql`pragma foreign_keys = on`.execute(db);
    const renamed = name(db, 'lost');
    const orphan = sql`insert into child values ('nobody')`.execute(db);
    const between = nameOf(db, 'one');
    expect((await Promise.allSettled([renamed, orphan])).map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ]);
    await between;
    expect(await nameOf(db, 'one')).toBe('first');
    await sql`pragma foreign_keys = off`.execute(db);
  });
});
