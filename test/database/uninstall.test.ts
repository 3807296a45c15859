/** What Tegata leaves in a shop's database when it goes: nothing, however often the way out is cut off, and the shop never fails. */
import { type PluginTransformQueryArgs, type PluginTransformResultArgs, sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Config } from '../../src/app/config/config.ts';
import { findLeftovers, uninstall } from '../../src/app/uninstall.ts';
import { fixedClock, systemClock } from '../../src/base/clock.ts';
import { HalfRemovedError, migrate, migrationStates } from '../../src/database/migrate.ts';
import { isLeaving } from '../../src/database/nodes/leave.ts';
import type { Store } from '../../src/database/open.ts';
import { installFeed } from '../../src/feed/store/triggers.ts';
import { buildRegistry, coreEntities } from '../../src/shop/registry.ts';
import { createEmbeddedShop } from '../../src/shop/store/embedded-shop.ts';
import { createAdvisedIndexes } from '../../src/shop/store/indexes.ts';
import { eachDatabase } from '../support/databases.ts';
import { schemaDump } from '../support/schema-dump.ts';

const NOW = 1_790_000_000;
const registry = buildRegistry(coreEntities);
const admin = { loginId: 'admin', name: '管理者', passwordHash: 'hash-of-a-password' };
const config = { dataDir: '/nonexistent', embedded: false } as Config;
const depsOf = (store: Store) => ({ store, clock: fixedClock(NOW), config });

class Killed extends Error {}

/** The same database for a process that dies before its n-th DROP. */
function dyingAt(store: Store, n: number): Store {
  let drops = 0;
  const plugin = {
    transformQuery: ({ node }: PluginTransformQueryArgs) => {
      if (node.kind === 'RawNode' && node.sqlFragments[0]?.startsWith('drop ')) drops += 1;
      if (drops >= n) throw new Killed();
      return node;
    },
    transformResult: async ({ result }: PluginTransformResultArgs) => result,
  };
  return { ...store, db: store.db.withPlugin(plugin) };
}

const sell = (store: Store) => sql`update dtb_product_class set stock = 7 where id = 1`.execute(store.db);

eachDatabase((database) => {
  test('the schema is afterwards what it was before, also after runs that were cut off', {
    timeout: 60_000,
  }, async () => {
    const store = database.open();
    await createEmbeddedShop(store, { registry, clock: systemClock, currency: 'JPY', admin });
    const before = schemaDump(database);
    await migrate(store);
    await installFeed(store);
    await createAdvisedIndexes(store, registry);
    const installed = await findLeftovers(depsOf(store));
    expect(installed.triggers.length).toBeGreaterThan(10);
    expect(installed.tables).toContain('tegata_migration_lock');
    expect(schemaDump(database)).not.toBe(before);

    const { length: triggers } = installed.triggers;
    for (const n of [1, 4, triggers, installed.tables.length - 3]) {
      await expect(uninstall(depsOf(dyingAt(store, n)), { keys: false })).rejects.toThrow(Killed);
      await sell(store);
    }
    expect((await findLeftovers(depsOf(store))).triggers).toEqual([]);
    if (!store.kit.supportsTransactionalDdl) {
      await expect(migrationStates(store)).rejects.toThrow(HalfRemovedError);
    }
    expect(await uninstall(depsOf(store), { keys: false })).toMatchObject({ ok: true });
    await sell(store);
    const none = { nodes: [], triggers: [], functions: [], tables: [], indexes: [], keyFiles: [] };
    expect(await findLeftovers(depsOf(store))).toEqual(none);
    expect(schemaDump(database)).toBe(before);
    expect(await uninstall(depsOf(store), { keys: false })).toMatchObject({ ok: true });
    expect(schemaDump(database)).toBe(before);
  });
});

eachDatabase((database) => {
  test('it waits for every process that serves, and none begins meanwhile', async () => {
    const store = await database.openMigrated();
    await store.db
      .insertInto('tegata_node')
      .values({
        node_id: 'a',
        host: 'shop-1',
        pid: 4711,
        version: '0.2.0',
        started_at: NOW - 99,
        seen_at: NOW - 44,
      })
      .execute();
    const refused = await uninstall(depsOf(store), { keys: false });
    expect(refused).toMatchObject({ ok: false, reason: 'running', nodes: [{ host: 'shop-1', pid: 4711 }] });
    expect(await isLeaving(store.db, NOW)).toBe(false);
    expect((await findLeftovers(depsOf(store))).nodes).toHaveLength(1);

    // Two seconds later the one that was killed is forgotten.
    const later = { ...depsOf(dyingAt(store, 1)), clock: fixedClock(NOW + 2) };
    await expect(uninstall(later, { keys: false })).rejects.toThrow(Killed);
    expect(await isLeaving(store.db, NOW + 3)).toBe(true);
    expect(await uninstall({ ...later, store }, { keys: false })).toMatchObject({ ok: true });
  });
});
