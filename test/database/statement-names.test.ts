/** Named statements on PostgreSQL when a name means nothing any more, or no longer the same. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openStore } from '../../src/database/open.ts';
import { eachDatabase } from '../support/databases.ts';

const TIMES = 4; // the third run gets a name

eachDatabase((database) => {
  if (database.name !== 'postgres') {
    test('names are PostgreSQL’s', () => expect(database.name).not.toBe('postgres'));
    return;
  }
  const open = () => openStore(database.url, { poolSize: 1, statementTimeoutSeconds: 30 });

  test('the same text has the same name in every process, another text another', async () => {
    const namesIn = async (text: string) => {
      const store = open();
      for (let time = 0; time < TIMES; time += 1)
        await sql`select ${sql.raw(text)}, ${1}::integer`.execute(store.db);
      const { rows } = await sql<{ name: string }>`select name from pg_prepared_statements`.execute(store.db);
      await store.close();
      return rows.map(({ name }) => name);
    };
    const [first] = await namesIn('1');
    expect(first).toMatch(/^tegata_[0-9a-f]{32}_0$/);
    expect(await namesIn('1')).toEqual([first]);
    expect(await namesIn('2')).not.toEqual([first]);
  });

  test('a session that forgot its statements, and one that knows them already, answer all the same', async () => {
    const store = open();
    const ask = () => sql<{ n: number }>`select ${7}::integer as n`.execute(store.db);
    for (let time = 0; time < TIMES; time += 1) await ask();
    const { rows } = await sql<{ name: string }>`select name from pg_prepared_statements`.execute(store.db);
    await sql`deallocate all`.execute(store.db);
    expect((await ask()).rows).toEqual([{ n: 7 }]);
    expect((await ask()).rows).toEqual([{ n: 7 }]);

    const other = open();
    await sql.raw(`prepare "${rows[0]?.name}" as select 1`).execute(other.db);
    const theirs = () => sql<{ n: number }>`select ${7}::integer as n`.execute(other.db);
    for (let time = 0; time < TIMES; time += 1) expect((await theirs()).rows).toEqual([{ n: 7 }]);
    await Promise.all([store.close(), other.close()]);
  });

  test('a table that changes under a statement', async () => {
    const store = open();
    await sql`create table changing (id integer)`.execute(store.db);
    await sql`insert into changing values (1)`.execute(store.db);
    const ask = () => sql`select * from changing where id = ${1}`.execute(store.db);
    for (let time = 0; time < TIMES; time += 1) await ask();
    await sql`alter table changing add more integer`.execute(store.db);
    for (let time = 0; time < TIMES; time += 1) expect((await ask()).rows).toEqual([{ id: 1, more: null }]);
    const { rows } = await sql<{ name: string }>`
      select name from pg_prepared_statements where statement like '%changing%' order by name`.execute(
      store.db,
    );
    expect(rows.map(({ name }) => name.at(-1))).toEqual(['0', '1']);
    await store.close();
  });
});
