/** What Prometheus is told. To add a metric: one field in `createMetrics`, and its use. */
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

const LATENCY_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]; // seconds

export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'tegata_' });
  const registers = [registry];
  return {
    registry,
    requests: new Histogram({
      name: 'tegata_http_request_duration_seconds',
      help: 'time from request to answer, by method, route and status',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: LATENCY_BUCKETS,
      registers,
    }),
  };
}
