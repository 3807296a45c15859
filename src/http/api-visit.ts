/** One request to `/api` under a token: what it counts against, and what is kept of it when it ends. */
import type { FastifyReply } from 'fastify';
import type { Quota, Quotas } from '../graphql/request/quota.ts';
import type { LoggedCall } from '../oauth/call-log.ts';
import type { Principal } from '../oauth/rules/scope.ts';
import { ApiError, refusalFacts } from './api-refusal.ts';
import type { Limiter } from './limits.ts';
import { type RateStanding, standingOfQuota, tellStandings } from './rate-limit.ts';

const LEAST_COST = 1;

/** Which limit a request ran into. */
export type ReachedLimit = 'requests' | 'cost' | 'running';

export type CallSinks = {
  /** Told of every request under a token of the shop's own clients, once it is answered. */
  recordCall(call: LoggedCall): void;
  /** Told of the points that it cost. */
  countCost(points: number): void;
  countThrottled(limit: ReachedLimit): void;
};

type Ended = { readonly status: number; readonly errorCode: string | null };

export class ApiVisit {
  readonly principal: Principal;
  readonly quota: Quota;
  /** Known when the document is. */
  operation = '';
  fields = '';
  cost = LEAST_COST;
  readonly #sinks: CallSinks;
  #requests: RateStanding | undefined;

  constructor(deps: CallSinks & { readonly quotas: Quotas }, principal: Principal) {
    this.principal = principal;
    this.quota = deps.quotas.of(principal.clientId, principal.costPerMinute);
    this.#sinks = deps;
  }

  /** Counts one request, and the least that one costs. @throws when the client has used up either. */
  async spend(requests: Limiter): Promise<void> {
    this.#requests = await requests.spend(`client ${this.principal.clientId}`);
    if (this.quota.take(LEAST_COST)) return;
    const message = 'The client has used up its quota of cost points; wait as long as Retry-After says.';
    const wait = { 'retry-after': String(this.quota.waitSeconds(LEAST_COST)) };
    throw new ApiError(429, message, 'throttled', wait, 'THROTTLED');
  }

  end(requestId: string, reply: FastifyReply, { status, errorCode }: Ended): void {
    const { clientId, grantId, isSystem } = this.principal;
    const { operation, fields, cost } = this;
    const ended = { failed: errorCode !== null, ms: reply.elapsedTime, status, errorCode };
    if (!isSystem)
      this.#sinks.recordCall({ clientId, grantId, requestId, operation, fields, cost, ...ended });
    this.#sinks.countCost(cost);
    const limit = limitOf(errorCode, this.#requests !== undefined);
    if (limit) this.#sinks.countThrottled(limit);
    tellStandings(reply, this.#standings());
  }

  fail(requestId: string, reply: FastifyReply, error: unknown): void {
    this.end(requestId, reply, refusalFacts(error));
  }

  #standings(): RateStanding[] {
    const cost = standingOfQuota(this.quota);
    return this.#requests ? [cost, this.#requests] : [cost];
  }
}

/** A request that was one too many never came to the points. */
function limitOf(errorCode: string | null, cameToPoints: boolean): ReachedLimit | undefined {
  if (errorCode === 'BUSY') return 'running';
  if (errorCode !== 'THROTTLED') return undefined;
  return cameToPoints ? 'cost' : 'requests';
}
