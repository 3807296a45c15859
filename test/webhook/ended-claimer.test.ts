/** A process is killed between the sending of a webhook and the writing down of it: another one of the machine does not wait for its lease. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { installFeed } from '../../src/feed/store/triggers.ts';
import { registerEndpoint } from '../../src/webhook/endpoints.ts';
import { startWebhookWorker } from '../../src/webhook/worker.ts';
import { eachDatabase } from '../support/databases.ts';
import { webhookDeps } from './support/deps.ts';
import { startReceiver, status } from './support/receiver.ts';
import { makeShopTables, plain } from './support/shop-tables.ts';

const PROGRAM = join(import.meta.dirname, 'support/worker-process.ts');
/** Far longer than this test waits. */
const LEASE = { leaseSeconds: 600, totalTimeoutMs: 30_000 };

eachDatabase((database) => {
  test('what an ended process had claimed goes at once', { timeout: 60_000 }, async () => {
    const store = await database.openMigrated();
    await makeShopTables(store.db);
    await installFeed(store);
    const receiver = await startReceiver((response, received, nth) => {
      if (nth > 1) status(204)(response, received, nth); // the first sender is kept waiting
    });
    const deps = webhookDeps(store, systemClock, LEASE);
    const settings = { enabled: true, description: '', topics: [], orderStatuses: [] };
    await registerEndpoint(deps, { payloadUrl: receiver.url, ...settings });
    const killed = spawn(process.execPath, [PROGRAM, database.url, JSON.stringify(LEASE)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(killed.stdout, 'data');
    await plain(store.db, 'insert into dtb_customer (id) values (1)');
    await expect.poll(() => receiver.received.length).toBe(1);
    const worker = startWebhookWorker(deps);
    await plain(store.db, 'insert into dtb_customer (id) values (2)');
    // Of another thing: it waits for nothing, so the worker has looked; the claim of a process that lives is left alone.
    await expect.poll(() => receiver.received.length).toBe(2);
    const [waiting, second] = receiver.bodies();
    expect(second).not.toBe(waiting);
    const exit = once(killed, 'exit');
    killed.kill('SIGKILL');
    await exit;
    // The killed one may have sent the second as well, and not come to write that down: then it comes again, too.
    await expect.poll(() => receiver.bodies().slice(2)).toContain(waiting);
    expect(receiver.bodies().filter((body) => body !== second)).toEqual([waiting, waiting]);
    await receiver.close();
    await worker.stop();
  });
});
