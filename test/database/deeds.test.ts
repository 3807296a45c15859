/** Deeds: all of one or nothing of it, one winner of a conditional write, and none of its neighbours shares its fate. */
import { CompiledQuery, sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { beforeDeed, carryOut, type Writes } from '../../src/database/hot/deed.ts';
import type { Db } from '../../src/database/open.ts';
import { eachDatabase } from '../support/databases.ts';

const insert = (name: string, taken = 0) =>
  CompiledQuery.raw(`insert into deed_thing (name, taken) values ('${name}', ${taken})`);
const take = (name: string) =>
  CompiledQuery.raw(`update deed_thing set taken = 1 where name = '${name}' and taken = 0`);

eachDatabase((database) => {
  let db: Db;

  beforeAll(async () => {
    db = database.open().db;
    await sql`create table deed_thing (name varchar(40) primary key, taken integer not null)`.execute(db);
  });

  const names = async (prefix: string): Promise<string[]> => {
    const like = sql<{
      name: string;
    }>`select name from deed_thing where name like ${`${prefix}%`} order by name`;
    return (await like.execute(db)).rows.map(({ name }) => name);
  };
  function* two(prefix: string): Writes<string> {
    yield insert(`${prefix} one`);
    yield insert(`${prefix} two`);
    return prefix;
  }

  test('a deed returns what it returns, and all of it is there', async () => {
    const done = await Promise.all(['a1', 'a2', 'a3'].map((name) => carryOut(db, () => two(name))));
    expect(done).toEqual(['a1', 'a2', 'a3']);
    expect(await names('a')).toEqual(['a1 one', 'a1 two', 'a2 one', 'a2 two', 'a3 one', 'a3 two']);
  });

  test('a deed may be the first thing that is asked of a store', async () => {
    expect(await carryOut(database.open().db, () => two('f'))).toBe('f');
    expect(await names('f')).toEqual(['f one', 'f two']);
  });

  test('one that throws leaves nothing, and its neighbours are whole, whether they came before or behind it', async () => {
    const results = await Promise.allSettled([
      carryOut(db, () => two('b before')),
      carryOut(db, function* () {
        yield insert('b lost');
        throw new Error('late');
      }),
      carryOut(db, function* () {
        yield insert('b lost too');
        yield insert('b lost too');
      }),
      carryOut(db, () => two('b behind')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { message: 'late' } });
    expect(await names('b')).toEqual(['b before one', 'b before two', 'b behind one', 'b behind two']);
  });

  test('a conditional write has one winner among many, and who loses writes nothing', async () => {
    await carryOut(db, function* () {
      yield insert('c prize');
    });
    const attempts = Array.from({ length: 40 }, (_, number) =>
      carryOut(db, function* () {
        if ((yield take('c prize')) !== 1) return false;
        yield insert(`c winner ${number}`);
        return true;
      }),
    );
    expect((await Promise.all(attempts)).filter((won) => won)).toHaveLength(1);
    expect(await names('c winner')).toHaveLength(1);
  });

  test('beside transactions and single writes, each has its own fate', async () => {
    const results = await Promise.allSettled([
      carryOut(db, () => two('d deed')),
      db.transaction().execute(async (tx) => {
        await tx.executeQuery(insert('d lost'));
        await Promise.resolve();
        throw new Error('no');
      }),
      db.transaction().execute((tx) => tx.executeQuery(insert('d kept'))),
      db.executeQuery(insert('d single')),
      carryOut(db, function* () {
        yield insert('d lost as well');
        throw new Error('no');
      }),
      carryOut(db, () => two('d other')),
    ]);
    expect(results.map(({ status }) => status === 'fulfilled')).toEqual([
      true,
      false,
      true,
      true,
      false,
      true,
    ]);
    const whole = ['d deed one', 'd deed two', 'd kept', 'd other one', 'd other two', 'd single'];
    expect(await names('d')).toEqual(whole);
  });

  test('one that is expected and never comes, or fails, keeps nobody waiting', async () => {
    const { promise, reject } = Promise.withResolvers<void>();
    const expected = beforeDeed(db, promise);
    await carryOut(db, () => two('e meanwhile'));
    reject(new Error('not signed'));
    await expect(expected).rejects.toThrow('not signed');
    await carryOut(db, () => two('e afterwards'));
    expect(await names('e')).toHaveLength(4);
  });
});
