/**
 * An installation of 0.1.0 is brought up to now: its tables by its own migrations, its triggers word for word
 * (`fixtures/triggers-0.1.0.json`), an endpoint as it stored one. What it had noticed is told, and what comes after.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Migrator } from 'kysely/migration';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { migrate } from '../../src/database/migrate.ts';
import type { Store } from '../../src/database/open.ts';
import { feedStatus, installFeed } from '../../src/feed/store/triggers.ts';
import { sealSecret } from '../../src/webhook/secret.ts';
import { startWebhookWorker } from '../../src/webhook/worker.ts';
import { eachDatabase } from '../support/databases.ts';
import { MASTER_KEY, webhookDeps } from './support/deps.ts';
import { type Receiver, startReceiver } from './support/receiver.ts';
import { makeShopTables, plain } from './support/shop-tables.ts';

const MIGRATIONS = join(import.meta.dirname, '../../src/database/migrations/0.1.0');
const THEN = [
  '0001-foundation',
  '0002-two-factor',
  '0003-change-feed',
  '0004-client-mutation',
  '0005-client-policies',
  '0006-grant-use',
  '0007-webhook-topics',
  '0008-lean-tokens',
];
const TRIGGERS = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures/triggers-0.1.0.json'), 'utf8'),
) as Record<string, string[]>;
const SECRET = 'himitsu-no-tegata-0123456789';

eachDatabase((database) => {
  let store: Store;
  let receiver: Receiver;

  beforeAll(async () => {
    receiver = await startReceiver();
    store = database.open();
    await migrateToThen();
    await makeShopTables(store.db);
    await plain(store.db, ...(TRIGGERS[database.name] ?? []));
    const now = systemClock.now();
    const endpoint = {
      webhook_id: 'w1',
      payload_url: receiver.url,
      secret_sealed: sealSecret(MASTER_KEY, 'w1', SECRET),
      enabled: 1,
      description: '在庫連携',
      topic_names: 'product.created product.updated',
      order_statuses: '',
      feed_position: 0,
      created_at: now,
      updated_at: now,
    };
    await store.db
      .withTables<{ tegata_webhook: typeof endpoint }>()
      .insertInto('tegata_webhook')
      .values(endpoint)
      .execute();
  });
  afterAll(() => receiver.close());

  async function migrateToThen(): Promise<void> {
    const entries = THEN.map(async (name) => {
      const { up } = await import(join(MIGRATIONS, `${name}.ts`));
      return [name, { up: (db: unknown) => up(db, store.kit) }] as const;
    });
    const migrations = Object.fromEntries(await Promise.all(entries));
    const names = { migrationTableName: 'tegata_migration', migrationLockTableName: 'tegata_migration_lock' };
    const { error } = await new Migrator({
      db: store.db,
      provider: { getMigrations: async () => migrations },
      ...names,
    }).migrateToLatest();
    expect(error).toBeUndefined();
  }

  async function deliver(): Promise<string[]> {
    const worker = startWebhookWorker(webhookDeps(store, systemClock), { loop: false });
    for (let i = 0; i < 3; i++) await worker.tick();
    await worker.stop();
    return receiver.bodies();
  }

  test('an endpoint of 0.1.0 goes on being told, before and after the feed is installed again', async () => {
    await plain(store.db, "insert into dtb_product (id, name) values (1, 'a')");
    await plain(store.db, "update dtb_product set name = 'b' where id = 1");
    await migrate(store);
    // The triggers of 0.1.0 are at work until `feed install`.
    expect((await feedStatus(store)).state).not.toBe('absent');
    await plain(store.db, "insert into dtb_product (id, name) values (2, 'a')");
    await plain(store.db, "update dtb_product set name = 'b' where id = 2");
    await installFeed(store);
    expect((await feedStatus(store)).state).toBe('installed');
    await plain(store.db, "insert into dtb_product (id, name) values (3, 'a')");
    await plain(store.db, "update dtb_product set name = 'b' where id = 3");
    const told = (await deliver()).flatMap((body) => JSON.parse(body) as { id: number }[]);
    expect(told.map(({ id }) => id).sort()).toEqual([1, 2, 3]);
    expect(receiver.received[0]?.headers).toMatchObject({ 'x-eccube-signature': expect.any(String) });
  });
});
