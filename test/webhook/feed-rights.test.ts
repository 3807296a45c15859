/** The feed's triggers and the rights of database users: what is missing is said in one line; the shop never pays for it. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate, migrationStates } from '../../src/database/migrate.ts';
import { openStore, type Store } from '../../src/database/open.ts';
import { MissingRightError, requireUse, triggerHindrance } from '../../src/database/rights.ts';
import { feedStatus, installFeed, removeFeed, watchedTables } from '../../src/feed/store/triggers.ts';
import { eachDatabase, type TestDatabase } from '../support/databases.ts';
import { makeShopTables, plain } from './support/shop-tables.ts';

/** A user of the database who may do what the statements grant; `{user}` stands for the name. */
function useAccount(database: TestDatabase, grants: (schema: string) => readonly string[]) {
  const user = `tg_${randomBytes(5).toString('hex')}`;
  const named = database.name === 'mysql' ? `'${user}'@'%'` : user;
  let guest: Store | undefined;
  const open = async (store: Store): Promise<Store> => {
    if (guest) return guest;
    const schema = new URL(database.url).pathname.slice(1);
    const made =
      database.name === 'mysql' ? `create user ${named} identified by 'p'` : `create role ${user} login`;
    await plain(store.db, made, ...grants(schema).map((grant) => grant.replaceAll('{user}', named)));
    const url = new URL(database.url);
    url.username = user;
    url.password = database.name === 'mysql' ? 'p' : '';
    guest = openStore(url.href, { poolSize: 1, statementTimeoutSeconds: 10 });
    return guest;
  };
  const drop = async (store: Store) => {
    await guest?.close();
    if (!guest) return;
    if (database.name === 'postgres')
      await plain(store.db, `drop owned by ${user} cascade`, `drop role ${user}`);
    else await plain(store.db, `drop user ${named}`);
  };
  return { open, drop, named };
}

const lineOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(MissingRightError);
  const { message } = error as Error;
  expect(message).not.toContain('\n');
  return message;
};

eachDatabase((database) => {
  let store: Store;
  beforeAll(async () => {
    store = await database.openMigrated();
    await makeShopTables(store.db);
  });

  describe('D10: when Tegata’s tables are gone before its triggers', () => {
    afterAll(() => removeFeed(store));

    test('the shop’s own statements go on, where the database lets a trigger see to that', async () => {
      await installFeed(store);
      await plain(store.db, 'drop table tegata_change');
      const writes = plain(
        store.db,
        `insert into dtb_product (id) values (501)`,
        `insert into dtb_product_class (id, product_id) values (601, 501)`,
        `insert into dtb_product_stock (id, product_class_id) values (701, 601)`,
        `update dtb_product set name = 'x' where id = 501`,
        `delete from dtb_product_stock where id = 701`,
        `delete from dtb_product_class where id = 601`,
        `delete from dtb_product where id = 501`,
      );
      // SQLite compiles triggers into the statement (docs/webhooks.md): they go first there.
      if (database.name === 'sqlite') await expect(writes).rejects.toThrow(/tegata_change/);
      else await writes;
      const again = store.kit.feed.createChangeTable.filter((text) => / tegata_change[ (]/.test(text));
      await plain(store.db, ...again);
      const beforeColumns = plain(store.db, `update dtb_product set name = 'z' where id = 502`);
      if (database.name === 'sqlite') await expect(beforeColumns).rejects.toThrow(/parts/);
      else await beforeColumns;
      await plain(store.db, ...LATER_COLUMNS);
      await plain(store.db, `insert into dtb_product (id) values (502)`);
      const told = await store.db.selectFrom('tegata_change').select('entity_id').execute();
      expect(told.map((row) => Number(row.entity_id))).toEqual([502]);
    });
  });

  test('triggers of an earlier version are at work, are called outdated and made anew by installing', async () => {
    await installFeed(store);
    const name = database.name === 'postgres' ? 'tegata_dtb_product' : 'tegata_dtb_product_update';
    await plain(store.db, ...FORMER[database.name](name));
    const status = await feedStatus(store);
    expect(status.state).toBe('outdated');
    expect(status.triggers.filter(({ state }) => state !== 'ok')).toEqual([
      { name, table: 'dtb_product', state: 'outdated' },
    ]);
    expect((await watchedTables(store)).has('dtb_product')).toBe(true);
    await plain(store.db, `insert into dtb_product (id) values (503)`, 'delete from tegata_change');
    await plain(store.db, `update dtb_product set name = 'y' where id = 503`);
    const [told] = await store.db.selectFrom('tegata_change').selectAll().execute();
    expect(told).toMatchObject({ entity: 'product', action: 'updated', parts: null, origin: null });
    expect((await installFeed(store)).state).toBe('installed');
    await removeFeed(store);
  });

  if (database.name === 'sqlite') return;

  describe('12: a user without rights', () => {
    const guest = useAccount(database, (schema) =>
      database.name === 'mysql'
        ? [`grant select, insert, update, delete, create, index, alter, drop on ${schema}.* to {user}`]
        : [
            'grant all on schema public to {user}',
            'grant select, insert, update, delete on all tables in schema public to {user}',
          ],
    );
    const reader = useAccount(database, (schema) =>
      database.name === 'mysql'
        ? [`grant select on ${schema}.* to {user}`]
        : ['grant usage on schema public to {user}', 'grant select on all tables in schema public to {user}'],
    );
    afterAll(async () => {
      await removeFeed(store);
      await guest.drop(store);
      await reader.drop(store);
    });

    test('cannot install: one line says what to grant, before and when it is tried', async () => {
      const lesser = await guest.open(store);
      const wanted =
        database.name === 'mysql'
          ? `GRANT TRIGGER ON \`${new URL(database.url).pathname.slice(1)}\`.* TO ${guest.named}`
          : `GRANT TRIGGER ON ALL TABLES IN SCHEMA public TO ${guest.named}`;
      expect(await lineOf(installFeed(lesser))).toContain(wanted);
      expect(await triggerHindrance(lesser)).toContain(wanted);
      expect(await triggerHindrance(store)).toBeUndefined();
    });

    test('works with triggers that somebody else has installed', async () => {
      const lesser = await guest.open(store);
      await installFeed(store);
      const status = await feedStatus(lesser);
      expect([status.state, status.triggers.length > 0]).toEqual(['installed', true]);
      expect((await watchedTables(lesser)).has('dtb_product')).toBe(true);
      expect((await installFeed(lesser)).state).toBe('installed');
      await lineOf(removeFeed(lesser));
      expect((await feedStatus(store)).state).toBe('installed');
    });

    test('who may only read is told so at the start and by a migration', async () => {
      const lesser = await reader.open(store);
      await requireUse(store);
      expect(await lineOf(requireUse(lesser))).toContain('GRANT SELECT, INSERT, UPDATE, DELETE');
      const last = (await migrationStates(store)).at(-1)?.name;
      await plain(store.db, `delete from tegata_migration where name = '${last}'`);
      expect(await lineOf(migrate(lesser))).toMatch(/GRANT |the account that owns the tables/);
    });
  });
});

const LATER_COLUMNS = ['parts varchar(255)', 'origin varchar(64)'].map(
  (column) => `alter table tegata_change add column ${column}`,
);

const FORMER_MYSQL = (name: string) => [
  `drop trigger ${name}`,
  `create trigger ${name} after update on dtb_product for each row begin
    if new.id is not null and new.id = old.id then insert into tegata_change (entity, entity_id, action, changed_at) values ('product', new.id, 'updated', unix_timestamp()); end if;
    if old.id is not null and (new.id is null or new.id <> old.id) then insert into tegata_change (entity, entity_id, action, changed_at) values ('product', old.id, 'deleted', unix_timestamp()); end if;
    if new.id is not null and (new.id is null or new.id <> old.id) then insert into tegata_change (entity, entity_id, action, changed_at) values ('product', new.id, 'created', unix_timestamp()); end if;
    end`,
];

const FORMER_POSTGRES = (name: string) => {
  const now = 'extract(epoch from clock_timestamp())::bigint';
  const into = 'insert into "public".tegata_change (entity, entity_id, action, changed_at) select';
  return [
    `create or replace function "${name}"() returns trigger language plpgsql security definer
     set search_path = pg_catalog, pg_temp as $tegata$
begin
if tg_op = 'INSERT' then
${into} 'product', new.id, 'created', ${now} where new.id is not null;
elsif tg_op = 'UPDATE' then
${into} 'product', new.id, 'updated', ${now} where new.id is not null and new.id = old.id;
${into} 'product', old.id, 'deleted', ${now} where old.id is not null and (new.id is null or new.id <> old.id);
${into} 'product', new.id, 'created', ${now} where new.id is not null and (new.id is null or new.id <> old.id);
elsif tg_op = 'DELETE' then
${into} 'product', old.id, 'deleted', ${now} where old.id is not null;
end if;
return null;
end
$tegata$`,
  ];
};

const FORMER_SQLITE = (name: string) => {
  const into = 'insert into tegata_change (entity, entity_id, action, changed_at) select';
  const now = "cast(strftime('%s', 'now') as integer)";
  return [
    `drop trigger ${name}`,
    `CREATE TRIGGER ${name} after update on dtb_product for each row begin
${into} 'product', new.id, 'updated', ${now} where new.id is not null and new.id = old.id;
${into} 'product', old.id, 'deleted', ${now} where old.id is not null and (new.id is null or new.id <> old.id);
${into} 'product', new.id, 'created', ${now} where new.id is not null and (new.id is null or new.id <> old.id);
end`,
  ];
};

const FORMER = { mysql: FORMER_MYSQL, postgres: FORMER_POSTGRES, sqlite: FORMER_SQLITE };
