/** Why nothing can be answered for a while, though no fault of ours is known: each door says so in its own form, with 503. */
import type { FastifyRequest } from 'fastify';
import { type SparingLog, sparingLog } from '../base/sparing-log.ts';
import { AWAY_RETRY_SECONDS, outageOf } from '../database/outage.ts';
import { ImageStoreError } from '../shop/images/image-store.ts';

/** While the database is away every request fails alike; by the server's log and the cause. */
const putOff = new WeakMap<object, Map<string, SparingLog>>();

function sparingFor(log: object, why: string): SparingLog {
  const known = putOff.get(log) ?? new Map<string, SparingLog>();
  putOff.set(log, known);
  const sparing = known.get(why) ?? sparingLog();
  known.set(why, sparing);
  return sparing;
}

/** Writes that a request is put off, the first ones of a minute with their stacks. */
export function logPutOff(request: FastifyRequest, error: unknown, { why }: Unavailable): void {
  const { log } = request.server;
  sparingFor(log, why).write('warn', request.log, { err: error, why }, 'request put off', log);
}

const OVERLOADED_RETRY_SECONDS = 2;
const CLOCK_RETRY_SECONDS = 5;
const STOPPED_RETRY_SECONDS = 2; // by then another node, or this one after its restart, answers

/** A request that came while this process stops. */
export class StoppingError extends Error {
  constructor() {
    super('the server is stopping');
  }
}

/** The clock was set, and it is not known yet whether it is right now. */
export class ClockSetError extends Error {
  constructor(seconds: number) {
    super(`the clock was set by ${seconds} seconds`);
  }
}

/** More is asked than can be answered in good time. */
export class OverloadedError extends Error {
  constructor() {
    super('too many requests at once');
  }
}

/** The database has not answered within the time that a caller waits. */
export class LateError extends Error {
  constructor(ms: number) {
    super(`nothing came of it within ${ms} ms`);
  }
}

export type Unavailable = {
  /** For the log. */
  readonly why: string;
  readonly retryAfterSeconds: number;
};

/** Undefined: a fault of ours, or of the request. */
export function unavailableFor(error: unknown): Unavailable | undefined {
  if (error instanceof StoppingError) {
    return { why: error.message, retryAfterSeconds: STOPPED_RETRY_SECONDS };
  }
  if (error instanceof OverloadedError) {
    return { why: error.message, retryAfterSeconds: OVERLOADED_RETRY_SECONDS };
  }
  if (error instanceof ClockSetError) return { why: error.message, retryAfterSeconds: CLOCK_RETRY_SECONDS };
  if (error instanceof LateError) return { why: error.message, retryAfterSeconds: AWAY_RETRY_SECONDS };
  if (error instanceof ImageStoreError) return { why: error.message, retryAfterSeconds: AWAY_RETRY_SECONDS };
  const outage = outageOf(error);
  return outage && { why: `the database is ${outage}`, retryAfterSeconds: AWAY_RETRY_SECONDS };
}
