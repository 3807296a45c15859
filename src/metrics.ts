/** What Prometheus is told. To add a metric: one line in `createMetrics`, and its use. */
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const LATENCY_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]; // seconds

export type Metrics = ReturnType<typeof createMetrics>;

export type Readings = { workerSilentMs(): number | undefined };

export function createMetrics({ workerSilentMs }: Readings) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'tegata_' });
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
  return { registry, observeRequest };
}
