/** `/ready` answers whatever its probes do. */
import Fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stopState } from '../../src/app/stop-state.ts';
import { systemClock } from '../../src/base/clock.ts';
import { opsRoutes, type ReadyCheck } from '../../src/http/ops-routes.ts';

const app = Fastify();
const probes: ReadyCheck[] = [
  { name: 'good', check: async () => {} },
  { name: 'hanging', check: () => new Promise(() => {}) },
  { name: 'broken', check: async () => Promise.reject(new Error('broken')) },
];
let url: string;
beforeAll(async () => {
  const metrics = { text: async () => '', contentType: 'text/plain' };
  await app.register(opsRoutes, {
    probes,
    metrics,
    stop: stopState(systemClock),
    mayReadMetrics: () => false,
  });
  url = await app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => app.close());

test('names the probes that fail or do not answer', { timeout: 10_000 }, async () => {
  const answer = await fetch(`${url}/ready`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ status: 'unavailable', failed: ['hanging', 'broken'] });
});
