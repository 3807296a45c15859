/**
 * Turns requests away while there are more than can be answered in good time: a 503 that comes at once costs next to nothing,
 * and a client that is told when to come again does no harm. What would wait for seconds would be given up by its client, and
 * worked on all the same.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OverloadedError } from '../unavailable.ts';

/** Of /token and /introspect at once; /api has places of its own (running.ts). */
const MOST_IN_WORK = 400;
/** By so much everything is late, whatever it waits for. */
const MOST_DELAY_MS = 1_000;
const LOOK_MS = 500;
const RESOLUTION_MS = 20;

const COUNTED: ReadonlySet<string> = new Set(['/token', '/introspect']);
/** A token that has fallen into wrong hands is ended whatever else goes on. */
export const ALWAYS_SERVED = '/revoke';

export type EventLoopDelay = { meanMs(): number; stop(): void };

/**
 * What has lasted for two looks. One stall that is over when it is seen (a machine that lent its processors to others for a second)
 * is the whole of one look, if it is met at its beginning: there is nothing to turn away for any more.
 */
export class LastingDelay {
  #last = 0;
  #before = 0;

  look(meanMs: number): void {
    this.#before = this.#last;
    this.#last = meanMs;
  }

  get ms(): number {
    return Math.min(this.#last, this.#before);
  }
}

/** Looked at twice a second. */
function eventLoopDelay(): EventLoopDelay {
  const lasting = new LastingDelay();
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  const timer = setInterval(() => {
    lasting.look(histogram.count > 0 ? histogram.mean / 1e6 - RESOLUTION_MS : 0);
    histogram.reset();
  }, LOOK_MS).unref();
  return {
    meanMs: () => lasting.ms,
    stop: () => {
      clearInterval(timer);
      histogram.disable();
    },
  };
}

/** To be called on the scope that is bounded, before any hook that works. */
export function boundLoad(scope: FastifyInstance, delay: EventLoopDelay = eventLoopDelay()): void {
  let inWork = 0;
  const left = () => {
    inWork -= 1;
  };
  scope.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done) => {
    const url = request.routeOptions.url ?? '';
    if (url === ALWAYS_SERVED) return done();
    const isCounted = COUNTED.has(url);
    if ((isCounted && inWork >= MOST_IN_WORK) || delay.meanMs() > MOST_DELAY_MS)
      return done(new OverloadedError());
    if (isCounted) {
      inWork += 1;
      reply.raw.once('close', left);
    }
    done();
  });
  scope.addHook('onClose', async () => delay.stop());
}
