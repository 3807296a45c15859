/** The database session is ours: on servers set up against us texts are data, dates are right and writes stay. */
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../../src/database/open.ts';
import { installFeed } from '../../src/feed/store/triggers.ts';
import { eachHostileDatabase } from '../support/hostile-databases.ts';
import { newBrowser, submitLogin } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { callApi, credentials, postToken } from '../support/oauth-walks.ts';

const SERVER_MS = 60_000;

/** Each means something else under one reading or another of quotes, backslashes, wildcards and empty texts. */
const TEXTS = [
  `O'Neill`,
  `x' OR SLEEP(1.5) -- `,
  `x' or 1=1 and exists (select 1 from dtb_shipping as j #`,
  `x\\' or 1=1 -- `,
  `\\`,
  `\\\\'`,
  `'; drop table dtb_order; --`,
  `"`,
  `" or ""="`,
  'one\ntwo\r\n\tthree',
  '?',
  '$1',
  '',
  '表ソ予',
  `縗' or 1=1 -- `,
  '😀',
  '\u001a',
];

eachHostileDatabase((db) => {
  const server = useOAuthServer(db);
  let token: string;
  let everyOrder: number;
  const ask = async (query: string) => {
    const answer = await callApi(server.it, token, query);
    // biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
    return (await answer.json()) as { data?: any; errors?: unknown };
  };
  const quoted = (text: string) => JSON.stringify(text);

  beforeAll(async () => {
    const client = await server.it.client({ grantTypes: ['client_credentials'] });
    const { body } = await postToken(server.it, {
      grant_type: 'client_credentials',
      scope: 'read write',
      ...credentials(client),
    });
    token = String(body.access_token);
    everyOrder = (await ask('{ orders { totalCount } }')).data.orders.totalCount;
    expect(everyOrder).toBeGreaterThan(1);
  }, SERVER_MS);

  describe.each(TEXTS)('the text %j', (text) => {
    test('is nobody at /token', async () => {
      const answer = await postToken(server.it, {
        grant_type: 'client_credentials',
        client_id: text,
        client_secret: text,
      });
      expect(answer.body.error).toMatch(/^invalid_(client|request)$/);
      expect(answer.status).toBeLessThan(402);
    });

    test('is nobody at the login', async () => {
      const browser = newBrowser(server.it);
      const page = await browser.get('/admin/login');
      expect((await submitLogin(browser, page, text, text)).status).toBe(200);
    });

    test('widens no search', async () => {
      const { data, errors } = await ask(`{ orders(order_no: ${quoted(text)}) { totalCount } }`);
      expect(errors).toBeUndefined();
      const isBlank = ['', '\u001a'].includes(text);
      expect(data.orders.totalCount).toBe(isBlank ? everyOrder : 0);
    });

    test('is stored as it is', async () => {
      const change = `mutation { updateProduct(id: "3", note: ${quoted(text)}) { id } }`;
      expect((await ask(change)).errors).toBeUndefined();
      const { data } = await ask('{ product(id: "3") { note } }');
      expect(data.product.note ?? '').toBe(text);
    });

    test('is itself', async () => {
      const { rows } = await sql<{ text: string; same: number | boolean }>`
        select ${text} as text, ${text} = ${text} as same`.execute(server.it.services.store.db);
      expect(rows.map((row) => [row.text, Number(row.same)])).toEqual([[text, 1]]);
    });
  });

  test('a date is read and written in UTC and answered in the shop’s zone', async () => {
    const { data } = await ask('{ products(limit: 1) { nodes { create_date } } }');
    expect(data.products.nodes[0].create_date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00$/);
    const made = Date.parse(data.products.nodes[0].create_date) / 1000;
    const { rows } = await sql<{
      at: number;
    }>`select ${server.it.services.store.kit.serverNow} as at`.execute(server.it.services.store.db);
    expect(Number(rows[0]?.at)).toBeGreaterThan(0);
    const now = server.it.clock.now();
    expect(now - made).toBeGreaterThanOrEqual(0);
    expect((now - made) % 3600).toBe(0);
  });

  test('a write is seen by others', async () => {
    await ask('mutation { updateProduct(id: "3", note: "見える") { id } }');
    const other = db.open();
    const { rows } = await sql<{ note: string }>`select note from dtb_product where id = 3`.execute(other.db);
    expect(rows).toEqual([{ note: '見える' }]);
  });

  test('what a transaction of the shop takes back is told to nobody', async () => {
    const { store } = server.it.services;
    await installFeed(store);
    const told = async () => {
      const { rows } = await sql<{ n: number }>`select count(*) as n from tegata_change`.execute(store.db);
      return Number(rows[0]?.n);
    };
    const write = (shop: Db) => sql`update dtb_product set note = 'また' where id = 3`.execute(shop);
    const before = await told();
    const takenBack = store.db.transaction().execute(async (trx) => {
      await write(trx);
      throw new Error('taken back');
    });
    await expect(takenBack).rejects.toThrow('taken back');
    expect(await told()).toBe(before);
    await write(store.db);
    expect(await told()).toBe(before + 1);
  });

  test('every connection of a pool is set up, before its first statement', async () => {
    const { db: pool } = db.open();
    const seen = await Promise.all(Array.from({ length: 6 }, () => pool.connection().execute(settingsOf)));
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(seen[0]).toEqual(WANTED[db.name as keyof typeof WANTED]);
  });

  if (db.name === 'mysql') {
    test('a text stays a text even in a session that somebody has taken from us', async () => {
      await db
        .open()
        .db.connection()
        .execute(async (connection) => {
          for (const mode of ['NO_BACKSLASH_ESCAPES', 'ANSI_QUOTES', '']) {
            await sql.raw(`set session sql_mode = '${mode}'`).execute(connection);
            for (const text of TEXTS) {
              const { rows } = await sql`select ${text} as text`.execute(connection);
              expect(rows, `${mode} ${text}`).toEqual([{ text }]);
            }
          }
        });
    });

    test('a list or an object is no value', async () => {
      for (const value of [[1, 2], { toString: 1 }, { a: 1 }]) {
        await expect(sql`select ${value} as x`.execute(db.open().db)).rejects.toThrow('no value');
      }
    });
  }

  const settingsOf = async (connection: Db) => {
    const asked =
      db.name === 'mysql'
        ? sql.raw(`select @@sql_mode as mode, @@time_zone as zone, @@autocommit as autocommit,
            @@completion_type as chain, @@tx_isolation as isolation, @@character_set_client as sent,
            @@character_set_results as got, @@collation_connection as collation, @@sql_safe_updates as safe,
            @@sql_select_limit as most, @@sql_auto_is_null as auto_null, @@default_storage_engine as engine, @@max_statement_time as statement_seconds,
            @@idle_transaction_timeout as idle_seconds, @@innodb_lock_wait_timeout as lock_seconds`)
        : sql.raw(
            `select ${Object.keys(WANTED.postgres)
              .map((name) => `current_setting('${name}') as "${name}"`)
              .join(', ')}`,
          );
    const { rows } = await sql`${asked}`.execute(connection);
    // Held for a while, so that each of the others is a connection of its own.
    await sql.raw(db.name === 'mysql' ? 'do sleep(0.1)' : 'select pg_sleep(0.1)').execute(connection);
    return rows[0];
  };
});

const WANTED = {
  mysql: {
    mode: 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
    zone: '+00:00',
    autocommit: 1,
    chain: 'NO_CHAIN',
    isolation: 'READ-COMMITTED',
    sent: 'utf8mb4',
    got: 'utf8mb4',
    collation: 'utf8mb4_bin',
    safe: 0,
    most: '18446744073709551615',
    auto_null: 0,
    engine: 'InnoDB',
    statement_seconds: 30,
    idle_seconds: 60,
    lock_seconds: 30,
  },
  postgres: {
    standard_conforming_strings: 'on',
    DateStyle: 'ISO, MDY',
    TimeZone: 'UTC',
    client_encoding: 'UTF8',
    bytea_output: 'hex',
    default_transaction_isolation: 'read committed',
    default_transaction_deferrable: 'off',
    transform_null_equals: 'off',
    statement_timeout: '30s',
    idle_in_transaction_session_timeout: '1min',
    search_path: 'shop',
  },
} as const;
