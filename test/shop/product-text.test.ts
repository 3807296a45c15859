/** The index of products' texts is as new as the search, whatever happens while it is made. */
import { type KyselyPlugin, sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/database/open.ts';
import { installFeed } from '../../src/feed/store/triggers.ts';
import { ProductText } from '../../src/shop/large/product-text.ts';
import { buildRegistry, coreEntities } from '../../src/shop/registry.ts';
import { createEmbeddedShop } from '../../src/shop/store/embedded-shop.ts';
import { eachDatabase } from '../support/databases.ts';

const registry = buildRegistry(coreEntities);
const clock = fixedClock(1_790_000_000);
const admin = { loginId: 'admin', name: '管理者', passwordHash: 'nobody logs in' };

eachDatabase((database) => {
  let store: Store;
  beforeAll(async () => {
    store = await database.openMigrated();
    await createEmbeddedShop(store, { registry, clock, currency: 'JPY', admin });
    await installFeed(store);
  });

  const rename = (name: string) => sql`update dtb_product set name = ${name} where id = 3`.execute(store.db);

  test('a name that changes behind the reader is found', async () => {
    let renamed = false;
    /** Once the names have been read. */
    const behind: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        if (!renamed && result.rows.some((row) => 'text' in row)) {
          renamed = true;
          await rename('裏で改名された品');
        }
        return result;
      },
    };
    const text = new ProductText({ ...store, db: store.db.withPlugin(behind), registry });
    const found = await text.candidates('改名', []);
    expect(renamed).toBe(true);
    expect([...(found?.ids ?? [])]).toContain(3);
  });

  test('whoever joins a making finds what changed before the search', async () => {
    const text = new ProductText({ ...store, registry });
    const making = text.warmUp();
    await rename('途中で改名された品');
    const found = await text.candidates('途中で', []);
    expect([...(found?.ids ?? [])]).toContain(3);
    await making;
  });

  test('while more changes wait than are worth reading again, it is neither asked nor made', async () => {
    let reads = 0;
    const counting: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        reads += result.rows.some((row) => 'text' in row) ? 1 : 0;
        return result;
      },
    };
    const text = new ProductText({ ...store, db: store.db.withPlugin(counting), registry });
    await text.warmUp();
    await rename('何度も改名された品');
    const waiting = Array.from({ length: 1_100 }, (_, id) => ({
      entity: 'order',
      entity_id: id,
      action: 'updated',
      changed_at: 0,
    }));
    await store.db.insertInto('tegata_change').values(waiting).execute();
    reads = 0;
    expect(await text.candidates('何度も', [])).toBeUndefined(); // while so much waits, nothing can be said
    expect(reads).toBe(0);
    await store.db.deleteFrom('tegata_change').where('entity', '=', 'order').execute();
    expect([...((await text.candidates('何度も', []))?.ids ?? [])]).toContain(3);
  });
});
