/**
 * The loop that keeps webhooks going; any number of processes may run it on one database.
 *
 *   round:  sequence (feed) → plan (deliveries) → start what is ready, up to the caps → now and then prune
 *   deliveries run beside the loop and wake it when they end, so that no slow endpoint holds up a round.
 *
 * What must happen once is decided by the database: the sequencer's turn by a row lock, planning and claiming by
 * conditional UPDATEs. A killed process leaves nothing but leases, which run out, or are ended by another one of its machine.
 */
import { randomHex } from '../base/bytes.ts';
import { takeLease } from '../database/leases.ts';
import { sequence } from '../feed/sequence.ts';
import { openSender } from '../outbound/post.ts';
import { type DeliverDeps, deliver } from './deliver.ts';
import type { WebhookDeps } from './deps.ts';
import { furthestAhead } from './limits.ts';
import { planDeliveries } from './plan.ts';
import { prune } from './prune.ts';
import { type ReadyDelivery, readyDeliveries } from './store/deliveries.ts';
import { releaseEnded } from './store/ended-claims.ts';
import { pullBack } from './store/wrong-clocks.ts';

const LOOK_FOR_ENDED_MS = 1_000;
const AFTER_ERROR_MS = 2_000; // e.g. the database is away

export type Round = {
  /** Changes moved into the feed. */
  readonly sequenced: number;
  /** Deliveries made of the feed. */
  readonly planned: number;
  /** Deliveries started. */
  readonly started: number;
};

export type WebhookWorker = {
  /** Ends the loop and waits for the deliveries in flight. */
  stop(): Promise<void>;
  /** One round now; resolves when the deliveries it started are settled. */
  tick(): Promise<Round>;
};

/** `loop: false` makes a worker that works only when `tick` is called. */
export function startWebhookWorker(deps: WebhookDeps, { loop = true } = {}): WebhookWorker {
  const worker = new Worker(deps);
  if (loop) worker.start();
  return worker;
}

class Worker implements WebhookWorker {
  readonly #deps: DeliverDeps;
  /** Delivery id → what it is doing. */
  readonly #inFlight = new Map<string, { webhookId: string; done: Promise<void> }>();
  #looping: Promise<void> | undefined;
  #stopped = false;
  #wake: () => void = () => {};
  #roused = false;
  #prunedAtMs = Number.NEGATIVE_INFINITY;
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  readonly #name = randomHex(16);

  constructor(deps: WebhookDeps) {
    this.#deps = { ...deps, sender: openSender(deps), isStopping: () => this.#stopped };
  }

  start(): void {
    this.#looping = this.#loop();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#deps.heartbeat?.end();
    this.#rouse();
    await this.#looping;
    await this.#settled();
    this.#deps.sender.close();
  }

  async tick(): Promise<Round> {
    const round = await this.#round();
    await this.#settled();
    return round;
  }

  async #loop(): Promise<void> {
    const { limits, log, heartbeat } = this.#deps;
    let idleRounds = 0; // in a row
    heartbeat?.beat();
    while (!this.#stopped) {
      try {
        const { sequenced, planned, started } = await this.#round();
        heartbeat?.beat();
        idleRounds = sequenced + planned + started > 0 ? 0 : idleRounds + 1;
        await this.#pause(Math.min(limits.busyMs * 2 ** idleRounds, limits.idleMs));
      } catch (error) {
        heartbeat?.beat();
        log.error({ err: error }, 'a round of the webhook worker failed');
        await this.#pause(AFTER_ERROR_MS);
      }
    }
  }

  async #round(): Promise<Round> {
    const sequenced = await sequence(this.#deps);
    const planned = await planDeliveries(this.#deps);
    await this.#takeOverNowAndThen();
    const started = await this.#startReady();
    await this.#tidyNowAndThen();
    return { sequenced, planned, started };
  }

  async #takeOverNowAndThen(): Promise<void> {
    const { clock, store } = this.#deps;
    if (clock.monotonicMs() < this.#lookedAtMs + LOOK_FOR_ENDED_MS) return;
    this.#lookedAtMs = clock.monotonicMs();
    await releaseEnded(store.db, clock.now());
  }

  async #startReady(): Promise<number> {
    const { store, clock, limits } = this.#deps;
    const room = limits.maxInFlight - this.#inFlight.size;
    if (room <= 0 || this.#stopped) return 0;
    const limit = limits.maxInFlight * limits.maxPending;
    let started = 0;
    for (const ready of await readyDeliveries(store.db, { now: clock.now(), limit })) {
      if (started >= room) break;
      if (this.#inFlight.has(ready.deliveryId) || this.#isFull(ready)) continue;
      this.#startDelivery(ready);
      started += 1;
    }
    return started;
  }

  /** An endpoint that is failing is tried with one delivery at a time, so that it cannot fill the places of others. */
  #isFull({ webhookId, failing }: ReadyDelivery): boolean {
    const { maxInFlightFailing, maxInFlightPerEndpoint } = this.#deps.limits;
    const busy = [...this.#inFlight.values()].filter((one) => one.webhookId === webhookId).length;
    return busy >= (failing ? maxInFlightFailing : maxInFlightPerEndpoint);
  }

  #startDelivery({ deliveryId, webhookId }: ReadyDelivery): void {
    const done = deliver(this.#deps, deliveryId)
      // The lease runs out, and someone tries again.
      .catch((error) => this.#deps.log.error({ err: error, deliveryId }, 'a delivery could not be settled'))
      .then(() => {
        this.#inFlight.delete(deliveryId);
        this.#rouse();
      });
    this.#inFlight.set(deliveryId, { webhookId, done });
  }

  async #settled(): Promise<void> {
    await Promise.all([...this.#inFlight.values()].map(({ done }) => done));
  }

  async #tidyNowAndThen(): Promise<void> {
    const { clock, limits, store } = this.#deps;
    const nowMs = clock.monotonicMs();
    if (nowMs < this.#prunedAtMs + limits.pruneEverySeconds * 1000) return;
    this.#prunedAtMs = nowMs;
    const now = clock.now();
    await pullBack(store.db, now, furthestAhead(limits));
    const lease = { name: 'webhook-prune', owner: this.#name, seconds: limits.pruneEverySeconds };
    if (await takeLease(store, lease, now)) await prune(this.#deps);
  }

  #rouse(): void {
    this.#roused = true;
    this.#wake();
  }

  /** Waits `ms`, or until something ends that makes room. */
  async #pause(ms: number): Promise<void> {
    if (!this.#roused && !this.#stopped) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#roused = false;
  }
}
