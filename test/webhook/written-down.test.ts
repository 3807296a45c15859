/** The database goes away between the arrival of a delivery and the note of it: it is noted later, and not sent again. */
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { openStore } from '../../src/database/open.ts';
import { installFeed } from '../../src/feed/store/triggers.ts';
import { registerEndpoint } from '../../src/webhook/endpoints.ts';
import { listDeliveries } from '../../src/webhook/store/delivery-log.ts';
import { startWebhookWorker } from '../../src/webhook/worker.ts';
import { eachDatabase } from '../support/databases.ts';
import { useRelay } from '../support/relay.ts';
import { webhookDeps } from './support/deps.ts';
import { startReceiver, status } from './support/receiver.ts';
import { makeShopTables, plain } from './support/shop-tables.ts';

const AWAY_MS = 1_500;
const HELD_MS = 6_000; // longer than a write waits for another process's
/** Less than a lease, after which it would be sent once more. */
const WAIT_MS = 20_000;

const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** False while another writes. */
function begins(holder: DatabaseSync): boolean {
  try {
    holder.exec('begin immediate');
    return true;
  } catch {
    return false;
  }
}

eachDatabase((database) => {
  const relay = database.name === 'sqlite' ? undefined : useRelay(database);
  const away = async (): Promise<() => unknown> => {
    if (relay) {
      await relay.cut();
      return relay.open;
    }
    const holder = new DatabaseSync(database.url.replace('sqlite:', ''));
    while (!begins(holder)) await sleep(5);
    return () => holder.close();
  };

  test('what has arrived is written down when the database is back', { timeout: 2 * WAIT_MS }, async ({
    onTestFinished,
  }) => {
    const straight = await database.openMigrated();
    const store = openStore((relay?.db ?? database).url);
    onTestFinished(() => store.close());
    await makeShopTables(store.db);
    await installFeed(store);
    await plain(store.db, 'insert into dtb_product (id) values (2)');
    const receiver = await startReceiver(async (response, received, nth) => {
      const back = await away();
      setTimeout(back, relay ? AWAY_MS : HELD_MS);
      status(204)(response, received, nth);
    });
    onTestFinished(receiver.close);
    const settings = { enabled: true, description: '', topics: [], orderStatuses: [] };
    const deps = webhookDeps(store, systemClock, {}, { log: silent });
    await registerEndpoint(deps, { payloadUrl: receiver.url, ...settings });
    await plain(store.db, "update dtb_product set name = 'x' where id = 2");
    const worker = startWebhookWorker(deps);
    onTestFinished(() => worker.stop());
    const state = async () => (await listDeliveries(straight.db, { limit: 10 }))[0]?.state;
    await vi.waitFor(async () => expect(await state()).toBe('delivered'), {
      timeout: WAIT_MS,
      interval: 100,
    });
    expect(receiver.received).toHaveLength(1);
  });
});
