/** A worker that waits for an answer which never comes is seen from outside. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { STUCK_AFTER_MS } from '../../src/webhook/heartbeat.ts';
import { startWebhookWorker, type WebhookWorker } from '../../src/webhook/worker.ts';
import { eachDatabase } from '../support/databases.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { useRelay } from '../support/relay.ts';

const silentSeconds = async (url: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^tegata_webhook_worker_silent_seconds (\S+)/m.exec(text)?.[1]);
};

const failed = async (url: string): Promise<string[] | undefined> =>
  ((await (await fetch(`${url}/ready`)).json()) as { failed?: string[] }).failed;

const pass = (clock: { advance(seconds: number): void }) => clock.advance(STUCK_AFTER_MS / 1000 + 1);

eachDatabase((db) => {
  // SQLite has no way on which packets could vanish.
  const relay = db.name === 'sqlite' ? undefined : useRelay(db);
  const server = useOAuthServer(relay?.db ?? db);
  let worker: WebhookWorker | undefined;
  afterAll(async () => {
    await relay?.cut();
    await worker?.stop();
  });

  test('while its rounds end all is well, however long nothing happens', async () => {
    worker = startWebhookWorker(server.it.services.webhooks);
    pass(server.it.clock);
    await expect.poll(() => silentSeconds(server.it.url)).toBe(0);
    expect(await failed(server.it.url)).toBeUndefined();
  });

  if (relay) {
    test('/ready and /metrics tell that they no longer do', { timeout: 30_000 }, async () => {
      relay.block();
      await sleep(1_000); // whatever round was under way has ended, or hangs
      pass(server.it.clock);
      expect(await failed(server.it.url)).toContain('webhook worker');
      expect(await silentSeconds(server.it.url)).toBeGreaterThan(STUCK_AFTER_MS / 1000);
    });
  }
});
