/** More requests than can be answered: some are turned away at once and told when to come again, and nothing breaks. */
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { boundLoad, LastingDelay } from '../../src/http/overload/overload.ts';
import { unavailableFor } from '../../src/http/unavailable.ts';

const LIMIT = 400;

async function bounded() {
  const app = Fastify();
  const delay = { ms: 0, stopped: false };
  const held = Promise.withResolvers<void>();
  app.setErrorHandler((error, _request, reply) => {
    const { retryAfterSeconds = 0 } = unavailableFor(error) ?? {};
    return reply.code(503).header('retry-after', String(retryAfterSeconds)).send();
  });
  app.register(async (scope) => {
    boundLoad(scope, {
      meanMs: () => delay.ms,
      stop: () => {
        delay.stopped = true;
      },
    });
    for (const url of ['/token', '/revoke', '/api']) {
      scope.post(url, async () => {
        await held.promise;
        return 'done';
      });
    }
  });
  app.get('/health', async () => 'ok');
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  const post = (url: string, signal?: AbortSignal) =>
    fetch(base + url, { method: 'POST', ...(signal && { signal }) });
  return { app, base, delay, held, post };
}

test('what is over the bound is turned away at once; ending a token and everything else go on', async () => {
  const { app, base, held, post } = await bounded();
  const leaving = new AbortController();
  const lost = post('/token', leaving.signal).catch(() => 'left');
  const many = Array.from({ length: LIMIT + 50 }, () => post('/token').then(({ status }) => status));
  const first = await Promise.any(many.map(async (one) => (await one) === 503 || Promise.reject()));
  expect(first).toBe(true);
  const refused = await post('/token');
  expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([503, true]);
  const others = [post('/revoke'), post('/api')];
  expect((await fetch(`${base}/health`)).status).toBe(200);
  leaving.abort();
  expect(await lost).toBe('left');
  held.resolve();
  expect((await Promise.all(others)).map(({ status }) => status)).toEqual([200, 200]);
  const statuses = await Promise.all(many);
  expect(statuses.filter((status) => status === 503).length).toBeGreaterThanOrEqual(50);
  expect((await post('/token')).status).toBe(200);
  await app.close();
});

test('while the event loop lags all but the end of a token is put off', async () => {
  const { app, base, delay, held, post } = await bounded();
  held.resolve();
  delay.ms = 1_500;
  expect(
    (await Promise.all(['/token', '/api', '/revoke'].map((url) => post(url)))).map((a) => a.status),
  ).toEqual([503, 503, 200]);
  expect((await fetch(`${base}/health`)).status).toBe(200);
  delay.ms = 0;
  expect((await post('/token')).status).toBe(200);
  await app.close();
  expect(delay.stopped).toBe(true);
});

test('one stall that is over puts nobody off; one that goes on does until it ends', () => {
  const delay = new LastingDelay();
  const seen = [5, 1_500, 5, 1_500, 1_200, 1_300, 5].map((ms) => {
    delay.look(ms);
    return delay.ms;
  });
  expect(seen).toEqual([0, 5, 5, 5, 1_200, 1_200, 5]);
});
