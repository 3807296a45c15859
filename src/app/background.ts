/** What goes on beside the requests: webhook deliveries, jobs, pruning, the keys' schedule. Every process may run it. */

import type { Clock } from '../base/clock.ts';
import { pruneJobs } from '../graphql/jobs/jobs.ts';
import { pruneClientMutations } from '../graphql/store/client-mutations.ts';
import { pruneStockChanges } from '../graphql/store/stock-changes.ts';
import { sweepWalks } from '../oauth/flow-test.ts';
import { currentKey } from '../oauth/keys/keyring.ts';
import { retireKeys, rotateKeys } from '../oauth/keys/rotation.ts';
import { type Sweeper, sweeper } from '../oauth/sweep.ts';
import { sweepImages } from '../shop/images/sweep-images.ts';
import { type ClientDataPlace, pruneClientData } from '../shop/store/client-data.ts';
import { forgetOldKeys } from '../takeover/finish.ts';
import { startWebhookWorker } from '../webhook/worker.ts';
import type { Services } from './services.ts';
import { webhookNotice } from './webhook-notice.ts';

const WARM_UP_MS = 100; // by then who waited for the start has been answered
const TIDY_MS = 60_000;
const WATCH_MS = 10_000;
const MAILS_MS = 10_000;
const TIDY_BATCH = 1_000; // rows
const HISTORY_BATCHES = 10;
const DAY_SECONDS = 86_400;

export type Background = { stop(): Promise<void> };

export function startBackground(services: Services): Background {
  const { log } = services;
  const worker = startWebhookWorker({ ...services.webhooks, notify: webhookNotice(services) });
  services.jobWorker.start();
  const { store, clock, config } = services;
  const sweeps = sweeper({
    store,
    clock,
    auditDays: config.auditDays,
    requestLogDays: config.requestLogDays,
  });
  const place = { clientId: '', entity: '', rowId: 0 };
  const timer = setInterval(() => {
    tidy(services, sweeps, place).catch((error: unknown) => log.error({ err: error }, 'tidying failed'));
  }, TIDY_MS);
  timer.unref();
  const watch = watchWorker(services);
  const mails = sendMails(services);
  let stopped = false;
  const warm = setTimeout(() => {
    services.api.warmUp().catch((error: unknown) => {
      // The one who stops closes the database under it.
      if (!stopped) log.error({ err: error }, 'preparing the API failed');
    });
  }, WARM_UP_MS);
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(warm);
      clearInterval(timer);
      clearInterval(watch);
      await mails.stop();
      await Promise.all([worker.stop(), services.jobWorker.stop()]);
    },
  };
}

/** Looks now and then for mails that could not be sent at once, one round after the other. */
function sendMails({ api, log }: Services): Background {
  let round = Promise.resolve();
  const timer = setInterval(() => {
    round = round.then(async () => {
      await api.sendDueMails().catch((error: unknown) => log.error({ err: error }, 'sending mails failed'));
    });
  }, MAILS_MS);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await round;
    },
  };
}

/** Says once that the worker hangs, and once that it goes on. */
function watchWorker({ webhooks: { heartbeat }, log }: Services): NodeJS.Timeout {
  let stuck = false;
  const timer = setInterval(() => {
    const before = stuck;
    stuck = heartbeat.isStuck();
    const silentMs = Math.round(heartbeat.silentMs() ?? 0);
    if (stuck && !before) log.error({ silentMs }, 'the webhook worker hangs');
    if (before && !stuck) log.warn({ silentMs }, 'the webhook worker goes on');
  }, WATCH_MS);
  timer.unref();
  return timer;
}

async function tidy(services: Services, sweeps: Sweeper, place: ClientDataPlace): Promise<void> {
  await keepKeys(services);
  await sweeps.sweep(async (clock) => {
    await forgetOldKeys({ store: services.store, clock });
    const { store, images, registry } = services;
    await pruneClientMutations(store.db, clock.now(), TIDY_BATCH);
    await pruneJobs(services.jobs, clock.now());
    await pruneHistory(services, clock);
    await pruneClientData({ ...store, registry }, place, TIDY_BATCH);
    await sweepWalks({ ...services.clients, clock });
    if (images) await sweepImages({ store, images }, clock.now());
  });
}

/** A warehouse may write faster than a batch a minute. */
async function pruneHistory({ store }: Services, clock: Clock): Promise<void> {
  for (let batches = 0; batches < HISTORY_BATCHES; batches += 1) {
    if ((await pruneStockChanges(store.db, clock.now(), TIDY_BATCH)) < TIDY_BATCH) return;
  }
}

/** Rotates when the schedule says so, and lets old keys go when no live token needs them. */
async function keepKeys(services: Services): Promise<void> {
  const { keyFiles, clock, config } = services;
  const { kid, alg, signsSince } = currentKey(keyFiles.keys());
  const age = clock.now() - signsSince;
  const due = config.keyRotationDays > 0 && age >= config.keyRotationDays * DAY_SECONDS;
  if (due) await rotateKeys(services, { from: kid, alg, by: 'schedule' });
  await retireKeys(services);
}
