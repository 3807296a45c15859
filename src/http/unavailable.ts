/** Why nothing can be answered for a while, though no fault of ours is known: each door says so in its own form, with 503. */
import { AWAY_RETRY_SECONDS, outageOf } from '../database/outage.ts';

const STOPPED_RETRY_SECONDS = 2; // by then another node, or this one after its restart, answers

/** A request that came while this process stops. */
export class StoppingError extends Error {
  constructor() {
    super('the server is stopping');
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
  if (error instanceof LateError) return { why: error.message, retryAfterSeconds: AWAY_RETRY_SECONDS };
  const outage = outageOf(error);
  return outage && { why: `the database is ${outage}`, retryAfterSeconds: AWAY_RETRY_SECONDS };
}
