/** What a driver says when a statement fails: the log tells which error it was, not what people had written. */
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { createLog } from '../../src/app/log.ts';
import type { Store } from '../../src/database/open.ts';
import { eachDatabase } from '../support/databases.ts';

const EMAIL = 'taro.yamada@example.jp';

/** The line that is written for an error. */
function lineOf(error: unknown): string {
  const lines: string[] = [];
  createLog('info', { write: (line) => void lines.push(line) }).error({ err: error }, 'page failed');
  return lines.join('');
}

eachDatabase((database) => {
  let store: Store;
  beforeAll(async () => {
    store = database.open();
    await sql`create table person (email varchar(50) primary key, born timestamp, number integer)`.execute(
      store.db,
    );
    await sql`insert into person (email) values (${EMAIL})`.execute(store.db);
  });

  const errorOf = (work: Promise<unknown>): Promise<Error> =>
    work.then(
      () => Promise.reject(new Error('no error')),
      (error) => error as Error,
    );

  test('a value that is there already, or is no value of its column, is not in the log', async () => {
    const { db } = store;
    const failing = [sql`insert into person (email, number) values (${EMAIL}, 1)`.execute(db)];
    if (database.name !== 'sqlite') {
      failing.push(sql`insert into person (email, born) values ('b', ${`${EMAIL} "it's"`})`.execute(db));
      failing.push(sql`insert into person (email, number) values ('c', ${EMAIL})`.execute(db));
    }
    for (const error of await Promise.all(failing.map(errorOf))) {
      const line = lineOf(error);
      expect(line).not.toContain('yamada');
      expect(line).not.toContain("it's");
      expect(JSON.parse(line).err).toMatchObject({
        type: error.name,
        message: expect.stringMatching(/\w+ \w+/),
        stack: expect.stringContaining('at '),
        errorCode: (error as NodeJS.ErrnoException).code,
      });
    }
  });

  test('what is no value stays: names, and the cause of an error', async () => {
    const missing = await errorOf(sql`select * from nowhere where a = ${EMAIL}`.execute(store.db));
    const { err } = JSON.parse(lineOf(new Error('outer', { cause: missing })));
    expect(err).toMatchObject({ message: 'outer', cause: { message: expect.stringContaining('nowhere') } });
    expect(JSON.stringify(err)).not.toContain('yamada');
  });
});
