/** The triggers and the sequencer: what plain SQL does to the shop's tables stands in the feed, after commit, in order. */
import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/database/open.ts';
import { sequence } from '../../src/feed/sequence.ts';
import { feedBounds, feedHead, pruneFeed, readFeed } from '../../src/feed/store/feed.ts';
import { feedStatus, installFeed, removeFeed } from '../../src/feed/store/triggers.ts';
import { bodyOf } from '../../src/webhook/body.ts';
import { eachDatabase } from '../support/databases.ts';
import { makeShopTables, plain } from './support/shop-tables.ts';

const clock = fixedClock(1_800_000_000);

eachDatabase((database) => {
  let store: Store;
  let start: number;

  const told = async () => {
    await sequence({ store, clock });
    return bodyOf(await readFeed(store.db, { after: start, limit: 1_000 }));
  };
  const begin = async () => {
    await sequence({ store, clock });
    start = await feedHead(store.db);
  };

  beforeAll(async () => {
    store = await database.openMigrated();
    await makeShopTables(store.db);
    expect((await feedStatus(store)).state).toBe('absent');
    expect((await installFeed(store)).state).toBe('installed');
  });
  beforeEach(begin);

  describe('one statement', () => {
    const P = '[{"entity":"product","id":7,"action":"updated"}]';
    const O = '[{"entity":"order","id":7,"action":"updated"}]';
    const C = '[{"entity":"customer","id":7,"action":"updated"}]';

    beforeAll(async () => {
      await plain(
        store.db,
        `insert into dtb_product (id) values (7), (8)`,
        `insert into dtb_order (id) values (7)`,
        `insert into dtb_customer (id) values (7)`,
        `insert into dtb_product_class (id, product_id) values (70, 7), (80, 8), (90, null)`,
        `insert into dtb_product_category (id, product_id) values (1, 7)`,
        `insert into dtb_tax_rule (id, product_id) values (1, null), (2, 7)`,
      );
    });

    test.each([
      [
        'a new product',
        'insert into dtb_product (id) values (9)',
        '[{"entity":"product","id":9,"action":"created"}]',
      ],
      ['a changed product', `update dtb_product set name = 'x' where id = 7`, P],
      [
        'a product deleted',
        'delete from dtb_product where id = 9',
        '[{"entity":"product","id":9,"action":"deleted"}]',
      ],
      [
        'a product that gets another id',
        'update dtb_product set id = 11 where id = 8',
        '[{"entity":"product","id":11,"action":"created"},{"entity":"product","id":8,"action":"deleted"}]',
      ],
      ['the same value again', `update dtb_order set name = name where id = 7`, O],
      ['a new class', 'insert into dtb_product_class (id, product_id) values (71, 7)', P],
      ['a class without product', `update dtb_product_class set name = 'x' where id = 90`, '[]'],
      ['a category taken away', 'delete from dtb_product_category where id = 1', P],
      ['a tag', 'insert into dtb_product_tag (id, product_id) values (1, 7)', P],
      ['an image', 'insert into dtb_product_image (id, product_id) values (1, 7)', P],
      [
        'a stock, through its class',
        'insert into dtb_product_stock (id, product_class_id) values (1, 70)',
        P,
      ],
      ['a stock changed', `update dtb_product_stock set name = 'x'`, P],
      [
        'a stock whose class is not there',
        'insert into dtb_product_stock (id, product_class_id) values (2, 5555)',
        '[]',
      ],
      [
        'a stock without class',
        'insert into dtb_product_stock (id, product_class_id) values (3, null)',
        '[]',
      ],
      ['the tax rule of a product', `update dtb_tax_rule set name = 'x' where id = 2`, P],
      ['the tax rule of the shop', `update dtb_tax_rule set name = 'x' where id = 1`, '[]'],
      ['an order item', 'insert into dtb_order_item (id, order_id) values (1, 7)', O],
      ['a shipping', 'insert into dtb_shipping (id, order_id) values (1, 7)', O],
      ['a mail', 'insert into dtb_mail_history (id, order_id) values (1, 7)', O],
      ['an address', 'insert into dtb_customer_address (id, customer_id) values (1, 7)', C],
      ['a favourite', 'insert into dtb_customer_favorite_product (id, customer_id) values (1, 7)', C],
      ['a favourite taken away', 'delete from dtb_customer_favorite_product', C],
    ])('%s', async (_, statement, body) => {
      await plain(store.db, statement);
      expect(await told()).toBe(body);
    });

    test('a child that moves changes both', async () => {
      await plain(store.db, 'update dtb_product_class set product_id = 11 where id = 70');
      const both =
        '[{"entity":"product","id":11,"action":"updated"},{"entity":"product","id":7,"action":"updated"}]';
      expect(await told()).toBe(both);
      await begin();
      await plain(store.db, 'update dtb_product_stock set product_class_id = 71 where id = 1');
      expect(JSON.parse(await told())).toHaveLength(2);
      await begin();
      await plain(store.db, 'update dtb_product_class set product_id = null where id = 71');
      expect(await told()).toBe(P);
    });
  });

  describe('one transaction', () => {
    test('is told as created, deleted, updated; each thing once', async () => {
      await plain(
        store.db,
        `insert into dtb_customer (id) values (20)`,
        `insert into dtb_product (id) values (20)`,
      );
      await begin();
      await store.db
        .transaction()
        .execute((tx) =>
          plain(
            tx,
            `update dtb_customer set name = 'x' where id = 20`,
            `delete from dtb_product where id = 20`,
            `insert into dtb_order (id) values (20)`,
            `update dtb_order set name = 'x' where id = 20`,
            `insert into dtb_order_item (id, order_id) values (20, 20)`,
            `update dtb_customer set name = 'y' where id = 20`,
          ),
        );
      expect(await told()).toBe(
        '[{"entity":"order","id":20,"action":"created"},{"entity":"product","id":20,"action":"deleted"},' +
          '{"entity":"customer","id":20,"action":"updated"}]',
      );
    });

    test('children deleted before or after their parent do not hide its end', async () => {
      await plain(
        store.db,
        `insert into dtb_order (id) values (30)`,
        `insert into dtb_order_item (id, order_id) values (30, 30)`,
        `insert into dtb_shipping (id, order_id) values (30, 30)`,
      );
      await begin();
      await store.db
        .transaction()
        .execute((tx) =>
          plain(
            tx,
            'delete from dtb_order_item where order_id = 30',
            'delete from dtb_order where id = 30',
            'delete from dtb_shipping where order_id = 30',
          ),
        );
      expect(await told()).toBe('[{"entity":"order","id":30,"action":"deleted"}]');
    });

    test('created and deleted at once is told as both; deleted and put back as updated', async () => {
      await store.db
        .transaction()
        .execute((tx) =>
          plain(tx, 'insert into dtb_product (id) values (31)', 'delete from dtb_product where id = 31'),
        );
      expect(await told()).toBe(
        '[{"entity":"product","id":31,"action":"created"},{"entity":"product","id":31,"action":"deleted"}]',
      );
      await plain(store.db, 'insert into dtb_product (id) values (32)');
      await begin();
      await store.db
        .transaction()
        .execute((tx) =>
          plain(tx, 'delete from dtb_product where id = 32', 'insert into dtb_product (id) values (32)'),
        );
      expect(await told()).toBe('[{"entity":"product","id":32,"action":"updated"}]');
    });

    test('that is rolled back is never told', async () => {
      const failing = store.db.transaction().execute(async (tx) => {
        await plain(tx, 'insert into dtb_product (id) values (33)');
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await told()).toBe('[]');
    });
  });

  test.each([1, 10, 400])('a transaction that stays open holds up none of %i others', async (others) => {
    if (!store.kit.supportsRowLocks) return; // one writer at a time
    const from = 100_000 + others * 1_000;
    const ids = Array.from({ length: others }, (_, i) => `(${from + i})`);
    const open = await store.db.startTransaction().execute();
    await plain(open, `insert into dtb_customer (id) values (${from - 1})`);
    await plain(store.db, `insert into dtb_product (id) values ${ids.join(', ')}`);
    await plain(open, `update dtb_customer set name = 'x' where id = ${from - 1}`);
    expect(JSON.parse(await told())).toHaveLength(others);
    await open.rollback().execute();
    expect(JSON.parse(await told())).toHaveLength(others);
  });

  test('who inserted first and committed last is not missed', async () => {
    if (!store.kit.supportsRowLocks) return; // one writer at a time: nobody can commit in between
    const late = await store.db.startTransaction().execute();
    await plain(late, 'insert into dtb_product (id) values (40)');
    await plain(store.db, 'insert into dtb_product (id) values (41)');
    expect(await told()).toBe('[{"entity":"product","id":41,"action":"created"}]');
    await late.commit().execute();
    expect(await told()).toBe(
      '[{"entity":"product","id":41,"action":"created"},{"entity":"product","id":40,"action":"created"}]',
    );
  });

  test('positions have no gaps, whoever sequences', async () => {
    for (let i = 0; i < 20; i += 1) {
      await plain(store.db, `insert into dtb_customer (id) values (${1000 + i})`);
      await Promise.all([sequence({ store, clock }), sequence({ store, clock })]);
    }
    const rows = await readFeed(store.db, { after: start, limit: 100 });
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, i) => 1000 + i));
    expect(rows.map(({ position }) => position)).toEqual(rows.map((_, i) => start + 1 + i));
  });

  test('a writer still learns the id of the row that it has inserted', async () => {
    await plain(store.db, ...autoIdShop(database.name));
    const id = await store.db.transaction().execute(async (tx) => {
      await plain(tx, `insert into dtb_news (name) values ('a'), ('b'), ('c')`);
      await plain(tx, `insert into dtb_news (name) values ('d')`, `update dtb_product set name = 'z'`);
      return (await sql<{ id: number }>`${sql.raw(LAST_ID[database.name])}`.execute(tx)).rows[0]?.id;
    });
    expect(Number(id)).toBe(4);
  });

  test('pruning takes the old end only, as far as it is allowed', async () => {
    const { oldest, head } = await feedBounds(store.db);
    const first = oldest ?? 0;
    clock.advance(100);
    expect(await pruneFeed(store.db, { before: clock.now() - 200, upTo: head, batch: 1_000 })).toBe(0);
    expect(await pruneFeed(store.db, { before: clock.now(), upTo: first + 4, batch: 1_000 })).toBe(5);
    expect(await pruneFeed(store.db, { before: clock.now(), upTo: head, batch: 3 })).toBe(3);
    expect(await feedBounds(store.db)).toMatchObject({ oldest: first + 8, head });
  });

  describe('status', () => {
    test('sees what was changed, switched off, taken away or is strange, and installing mends it', async () => {
      await plain(store.db, ...disturb[database.name]);
      const { state, triggers } = await feedStatus(store);
      expect(state).toBe('broken');
      const strange = Object.fromEntries(
        triggers.filter((t) => t.state !== 'ok').map((t) => [t.table, t.state]),
      );
      expect(strange).toEqual({
        dtb_product: 'missing',
        dtb_order: 'changed',
        dtb_news: 'foreign',
        ...(database.name === 'postgres' ? { dtb_customer: 'off' } : {}),
      });
      const mended = await installFeed(store);
      expect([mended.state, mended.triggers.filter((t) => t.state !== 'ok')]).toEqual(['installed', []]);
    });

    test('removal leaves no trigger, and writers go on', async () => {
      await removeFeed(store);
      expect((await feedStatus(store)).state).toBe('absent');
      await plain(store.db, `update dtb_product set name = 'later'`);
      expect(await told()).toBe('[]');
    });

    test('of several who install at the same moment each finds all in order', async () => {
      for (const _round of [1, 2, 3]) {
        await removeFeed(store);
        const made = await Promise.all([installFeed(store), installFeed(store), installFeed(store)]);
        expect(made.map(({ state }) => state)).toEqual(['installed', 'installed', 'installed']);
      }
    });

    test('a shop without a table is watched without it', async () => {
      await plain(store.db, 'drop table dtb_mail_history');
      const { state, skipped } = await installFeed(store);
      expect({ state, skipped }).toEqual({ state: 'installed', skipped: ['dtb_mail_history'] });
    });
  });
});

const LAST_ID = {
  sqlite: 'select last_insert_rowid() as id',
  postgres: 'select lastval() as id',
  mysql: 'select last_insert_id() as id',
};

function autoIdShop(name: keyof typeof LAST_ID): string[] {
  const id = {
    sqlite: 'integer primary key autoincrement',
    postgres: 'serial primary key',
    mysql: 'int not null auto_increment primary key',
  };
  return [`create table dtb_news (id ${id[name]}, name varchar(20))`];
}

const disturb = {
  sqlite: [
    'drop trigger tegata_dtb_product_insert',
    'drop trigger tegata_dtb_order_delete',
    `create trigger tegata_dtb_order_delete after delete on dtb_order begin select 1; end`,
    `create trigger tegata_old after delete on dtb_news begin select 1; end`,
  ],
  mysql: [
    'drop trigger tegata_dtb_product_insert',
    'drop trigger tegata_dtb_order_delete',
    `create trigger tegata_dtb_order_delete after delete on dtb_order for each row set @x = 1`,
    `create trigger tegata_old after delete on dtb_news for each row set @x = 1`,
  ],
  postgres: [
    'drop trigger tegata_dtb_product on dtb_product',
    `create or replace function tegata_dtb_order() returns trigger language plpgsql as 'begin return null; end'`,
    'alter table dtb_customer disable trigger tegata_dtb_customer',
    `create function tegata_old() returns trigger language plpgsql as 'begin return null; end'`,
    'create trigger tegata_old after delete on dtb_news for each row execute function tegata_old()',
  ],
};
