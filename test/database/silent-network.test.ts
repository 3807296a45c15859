/** Packets between node and database are dropped: nobody waits for ever, and the pool is well again by itself. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, type TestContext, test } from 'vitest';
import { openStore } from '../../src/database/open.ts';
import { eachDatabaseAtOnce } from '../support/databases.ts';
import { silentNetwork } from '../support/silent-network.ts';

const POOL_SIZE = 3;
/** Statement 1 s, grace 5 s, acquiring 5 s; the rest is for a machine at work. */
const PATIENCE_MS = 40_000;

eachDatabaseAtOnce((database) => {
  if (database.name === 'sqlite') {
    test('a file has no network', () => expect(database.url).toMatch(/^sqlite:/));
    return;
  }
  /** A network and a pool of the test's own. */
  const open = async ({ onTestFinished }: TestContext) => {
    const network = await silentNetwork(database.url, 0);
    const store = openStore(network.url, { poolSize: POOL_SIZE, statementTimeoutSeconds: 1 });
    onTestFinished(async () => {
      await store.close();
      await network.stop();
    });
    const one = async () => (await sql<{ one: number }>`select ${1} as one`.execute(store.db)).rows.length;
    return { network, store, one };
  };
  const pause = sql.raw(database.name === 'mysql' ? 'select sleep(0.2)' : 'select pg_sleep(0.2)');

  test('every waiting statement fails with ETIMEDOUT, those in the queue too; then all is well', {
    timeout: PATIENCE_MS,
  }, async (context) => {
    const { network, store, one } = await open(context);
    // Every connection of the pool is open and idle.
    await Promise.all(Array.from({ length: POOL_SIZE }, () => pause.execute(store.db)));
    network.silence();
    const many = await Promise.allSettled(Array.from({ length: POOL_SIZE * 10 }, one));
    const codes = many.map((ended) => (ended.status === 'rejected' ? ended.reason.code : ended.status));
    expect(new Set(codes)).toEqual(new Set(['ETIMEDOUT']));
    network.heal();
    await expect(Promise.all(Array.from({ length: POOL_SIZE * 3 }, one))).resolves.toHaveLength(
      POOL_SIZE * 3,
    );
  });

  test('a transaction in the middle fails, its connection is not used again', {
    timeout: PATIENCE_MS,
  }, async (context) => {
    const { network, store, one } = await open(context);
    const during = store.db.transaction().execute(async (trx) => {
      await sql`select 1`.execute(trx);
      network.silence();
      await sql`select 2`.execute(trx);
    });
    await expect(during).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    network.heal();
    expect(await one()).toBe(1);
  });

  test('while the network is silent nobody connects, and closing ends all the same', {
    timeout: PATIENCE_MS,
  }, async (context) => {
    const { network, one } = await open(context);
    await one();
    const held = openStore(network.url, { poolSize: 1, statementTimeoutSeconds: 60 });
    const busy = pause.execute(held.db).catch((error: unknown) => error);
    await sleep(50);
    network.silence();
    const fresh = openStore(network.url, { poolSize: 1, statementTimeoutSeconds: 60 });
    await expect(sql`select 1`.execute(fresh.db)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    await Promise.all([fresh.close(), held.close()]);
    expect(await busy).toBeInstanceOf(Error);
  });

  test('connections that died in silence are given up long before a statement is overdue, and their locks with them', {
    timeout: PATIENCE_MS,
  }, async ({ onTestFinished }) => {
    const network = await silentNetwork(database.url, 0);
    const store = openStore(network.url, { poolSize: POOL_SIZE, statementTimeoutSeconds: 300 });
    const straight = openStore(database.url, { poolSize: 1, statementTimeoutSeconds: 300 });
    onTestFinished(async () => {
      await Promise.all([store.close(), straight.close()]);
      await network.stop();
    });
    await sql.raw('create table locked (id integer)').execute(straight.db);
    await sql.raw('insert into locked values (1)').execute(straight.db);
    const change = sql.raw('update locked set id = id + 1');
    await Promise.all(Array.from({ length: POOL_SIZE }, () => pause.execute(store.db)));
    const during = store.db.transaction().execute(async (trx) => {
      await change.execute(trx);
      network.silence();
      await change.execute(trx);
    });
    setTimeout(network.heal, 500);
    await expect(during).rejects.toMatchObject({ message: 'the way to the database was lost' });
    await change.execute(store.db);
    await change.execute(straight.db);
    const { rows } = await sql<{ id: number }>`select id from locked`.execute(straight.db);
    expect(Number(rows[0]?.id)).toBe(3);
  });

  test('who works for long and is alive is left alone', async (context) => {
    const { network } = await open(context);
    const store = openStore(network.url, { poolSize: 1, statementTimeoutSeconds: 60 });
    context.onTestFinished(() => store.close());
    const long = sql.raw(database.name === 'mysql' ? 'select sleep(4.5) as slept' : 'select pg_sleep(4.5)');
    await expect(long.execute(store.db)).resolves.toMatchObject({ rows: [expect.anything()] });
  });

  test('the server itself ends a statement that takes too long, and the connection goes on', async (context) => {
    const { store, one } = await open(context);
    const long = sql.raw(database.name === 'mysql' ? 'select sleep(20)' : 'select pg_sleep(30)');
    await expect(long.execute(store.db)).rejects.not.toMatchObject({ code: 'ETIMEDOUT' });
    expect(await one()).toBe(1);
  });

  test('no limit where none is wanted', async () => {
    const patient = openStore(database.url, { poolSize: 1, statementTimeoutSeconds: undefined });
    const asked =
      database.name === 'mysql'
        ? sql<{ limit: unknown }>`select @@max_statement_time as ${sql.id('limit')}`
        : sql<{ limit: unknown }>`select current_setting('statement_timeout') as ${sql.id('limit')}`;
    try {
      expect(Number((await asked.execute(patient.db)).rows[0]?.limit)).toBe(0);
    } finally {
      await patient.close();
    }
  });
});
