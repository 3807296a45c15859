/** What Prometheus is told. To add a metric: its lines here, its use, and a line in docs/metrics.md. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, type Metric, Registry } from 'prom-client';
import type { ReachedLimit } from '../http/api-visit.ts';
import type { AttemptNotice } from '../webhook/deps.ts';

const LATENCY_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]; // seconds
const WAIT_BUCKETS = [1, 2, 5, 10, 30, 60, 300, 1_800, 7_200, 86_400]; // seconds

let ofProcess: readonly Metric[] | undefined;

/** Memory, event loop, garbage collection. Once for a process: what watches them is never taken off again. */
function processMetrics(): readonly Metric[] {
  if (ofProcess) return ofProcess;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'tegata_' });
  const names = registry.getMetricsAsArray().map(({ name }) => name);
  ofProcess = names.map((name) => registry.getSingleMetric(name)).filter((metric) => metric !== undefined);
  return ofProcess;
}

export type Metrics = ReturnType<typeof createMetrics>;

export type Readings = {
  workerSilentMs(): number | undefined;
  /** Seconds; asked for when Prometheus asks. */
  oldestPending(): Promise<number>;
};

export function createMetrics({ workerSilentMs, oldestPending }: Readings) {
  const registry = new Registry();
  for (const metric of processMetrics()) registry.registerMetric(metric);
  const registers = [registry];
  const requests = new Histogram({
    name: 'tegata_http_request_duration_seconds',
    help: 'time from request to answer, by method, route and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: LATENCY_BUCKETS,
    registers,
  });
  new Gauge({
    name: 'tegata_webhook_worker_silent_seconds',
    help: 'time since the webhook worker of this process ended a round; 0 where none runs',
    aggregator: 'max',
    registers,
    collect() {
      this.set((workerSilentMs() ?? 0) / 1000);
    },
  });
  // Finding the right one by its labels costs more than counting; there are as many as routes and statuses.
  const known = new Map<string, ReturnType<typeof requests.labels>>();
  const observeRequest = (method: string, route: string, status: number, seconds: number): void => {
    const key = `${method} ${route} ${status}`;
    const series = known.get(key) ?? requests.labels({ method, route, status });
    known.set(key, series);
    series.observe(seconds);
  };
  return {
    registry,
    text: () => registry.metrics(),
    observeRequest,
    ...answerMetrics(registers),
    ...limitMetrics(registers),
    ...webhookMetrics(registers, oldestPending),
  };
}

/** Labels are words of the protocols, never what a caller wrote: there are as many series as words. */
function answerMetrics(registers: Registry[]) {
  const tokens = new Counter({
    name: 'tegata_token_answers_total',
    help: 'answers of /token, by grant type and error code (`none` = a token)',
    labelNames: ['grant_type', 'error'] as const,
    registers,
  });
  const operations = new Counter({
    name: 'tegata_graphql_operations_total',
    help: 'GraphQL operations, by kind and outcome',
    labelNames: ['kind', 'outcome'] as const,
    registers,
  });
  const known = new Map<string, ReturnType<typeof tokens.labels>>();
  const countTokenAnswer = (grantType: string, error: string): void => {
    const key = `${grantType} ${error}`;
    const series = known.get(key) ?? tokens.labels({ grant_type: grantType, error });
    known.set(key, series);
    series.inc();
  };
  return {
    countTokenAnswer,
    countOperation: (kind: OperationKind, outcome: OperationOutcome) => operations.inc({ kind, outcome }),
  };
}

function limitMetrics(registers: Registry[]) {
  const cost = new Counter({
    name: 'tegata_api_cost_points_total',
    help: 'cost points spent by requests to /api',
    registers,
  });
  const throttled = new Counter({
    name: 'tegata_api_throttled_total',
    help: 'requests to /api that were told to wait, by the limit that they ran into',
    labelNames: ['limit'] as const,
    registers,
  });
  const lines = new Counter({
    name: 'tegata_request_log_lines_total',
    help: 'lines of the request log, by what became of them',
    labelNames: ['outcome'] as const,
    registers,
  });
  return {
    countCost: (points: number) => cost.inc(points),
    countThrottled: (limit: ReachedLimit) => throttled.inc({ limit }),
    countLogLines: (outcome: 'written' | 'left_out', count: number) => lines.inc({ outcome }, count),
  };
}

/** `none`: the text was refused before it was known. */
export type OperationKind = 'query' | 'mutation' | 'subscription' | 'none';
/** `refused`: not run. `errors`: run, and the answer holds errors. */
export type OperationOutcome = 'ok' | 'errors' | 'refused';

function webhookMetrics(registers: Registry[], oldestPending: Readings['oldestPending']) {
  new Gauge({
    name: 'tegata_webhook_oldest_pending_seconds',
    help: 'age of the oldest delivery that waits at an endpoint which is on; 0 = none, -1 = unknown',
    aggregator: 'max',
    registers,
    async collect() {
      this.set(await oldestPending().catch(() => -1));
    },
  });
  const attempts = new Counter({
    name: 'tegata_webhook_attempts_total',
    help: 'attempts at webhook deliveries, by outcome',
    labelNames: ['outcome'] as const,
    registers,
  });
  const waited = new Histogram({
    name: 'tegata_webhook_delivery_lag_seconds',
    help: 'from the making of a delivery to its arrival',
    buckets: WAIT_BUCKETS,
    registers,
  });
  return {
    observeAttempt: ({ outcome, waitedSeconds }: AttemptNotice) => {
      attempts.inc({ outcome });
      if (outcome === 'delivered') waited.observe(waitedSeconds);
    },
  };
}
