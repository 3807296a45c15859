/** Limits that two nodes count together in a real Redis, and what holds while it is away. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redisCounter } from '../../src/app/limits/redis-counter.ts';
import type { SharedCounter } from '../../src/base/shared-count.ts';
import { Quotas } from '../../src/graphql/request/quota.ts';
import { ownToken } from '../oauth/support/asking.ts';
import { machine } from '../oauth/support/policy-client.ts';
import { type Node, secondNode } from '../oauth/support/second-node.ts';
import { eachDatabase } from '../support/databases.ts';
import { freePort } from '../support/free-port.ts';
import { describeUnless } from '../support/left-out.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { callApi, postToken } from '../support/oauth-walks.ts';
import { lackingRedis, type RedisServer, startRedis } from '../support/redis-server.ts';

const LIMIT = 30;
const WRONG = { grant_type: 'client_credentials', client_id: 'nobody', client_secret: 'nothing' };

describeUnless(lackingRedis(), 'shared in Redis', () => {
  let redis: RedisServer;
  const port = freePort();
  beforeAll(async () => {
    redis = await startRedis(await port);
  });
  afterAll(() => redis?.stop());

  eachDatabase((db) => {
    // No database has a say in it, but on SQLite two nodes of one process wait for each other's writes.
    if (db.name !== 'postgres') {
      test('the limits are not in the database', () => expect(db.url).not.toMatch(/^redis/));
      return;
    }
    const env: Record<string, string> = {
      TEGATA_API_PER_MINUTE: String(LIMIT),
      TEGATA_FAILURES_PER_MINUTE: String(LIMIT),
    };
    beforeAll(async () => {
      env.TEGATA_REDIS_URL = `redis://127.0.0.1:${await port}`;
    });
    const server = useOAuthServer(db, env);
    let node: Node;
    beforeAll(async () => {
      node = await secondNode(server.it);
    });
    afterAll(() => node?.close());

    /** How often the other node still says yes before it has heard. */
    const untilRefused = async (ask: () => Promise<number>): Promise<number> => {
      let taken = 0;
      await expect
        .poll(async () => {
          const status = await ask();
          if (status !== 429) taken += 1;
          return status;
        })
        .toBe(429);
      return taken;
    };

    test('both nodes reach it', async () => {
      for (const { limits } of [server.it.services, node.services]) {
        const reached = () =>
          limits?.add('reached', 1, 1).then(
            () => true,
            () => false,
          );
        await expect.poll(reached).toBe(true);
      }
    });

    test('requests of a client: what one node has counted, the other soon counts too', async () => {
      const token = await ownToken(server.it, await machine(server.it));
      for (let i = 0; i < LIMIT; i += 1) expect((await callApi(server.it, token)).status).toBe(200);
      expect((await callApi(server.it, token)).status).toBe(429);
      // Alone it would take as many again.
      expect(await untilRefused(() => node.api(token))).toBeLessThan(LIMIT / 2);
    });

    test('another client is not held up by it', async () => {
      const token = await ownToken(server.it, await machine(server.it));
      expect([(await callApi(server.it, token)).status, await node.api(token)]).toEqual([200, 200]);
    });

    test('failures at /token', async () => {
      const statuses = [];
      for (let i = 0; i <= LIMIT; i += 1) statuses.push((await postToken(server.it, WRONG)).status);
      expect(statuses.at(-1)).toBe(429);
      expect(await untilRefused(async () => (await node.post('/token', WRONG)).statusCode)).toBeLessThan(
        LIMIT / 2,
      );
    });

    test('no address and no client id lies in Redis', async () => {
      const { Redis } = await import('ioredis');
      const client = new Redis(redis.url);
      const keys = await client.keys('*');
      client.disconnect();
      expect(keys.length).toBeGreaterThan(0);
      for (const key of keys) expect(key).toMatch(/^tegata:[0-9a-f]{12}:\d+:[0-9a-f]{64}$/);
    });
  });

  test('while it is away each process counts for itself; both are told once, and no one waits', async () => {
    const own = await startRedis();
    const told: string[] = [];
    const counter = await redisCounter({
      url: own.url,
      installation: 'https://api.shop.example',
      onAway: () => told.push('away'),
      onBack: () => told.push('back'),
    });
    const add = () => counter.add('client 1', 2, 60);
    try {
      await expect.poll(() => add().catch(() => undefined)).toMatchObject({ total: 2 });
      expect(await add()).toMatchObject({ total: 4 });
      own.pause();
      await expect(add()).rejects.toThrow();
      own.resume();
      await own.stop();
      await expect(add()).rejects.toThrow();
      await expect(add()).rejects.toThrow();
      await expect.poll(() => told).toEqual(['away']);
      const again = await startRedis(Number(new URL(own.url).port));
      await expect.poll(() => add().catch(() => undefined)).toMatchObject({ total: 2 });
      expect(told).toEqual(['away', 'back']);
      await again.stop();
    } finally {
      await counter.close();
      await own.stop();
    }
  });

  test('a Redis that answers and takes nothing, as when it is full, is away too', async () => {
    const { Redis } = await import('ioredis');
    const own = await startRedis();
    const operator = new Redis(own.url);
    const told: string[] = [];
    const counter = await redisCounter({
      url: own.url,
      installation: 'https://api.shop.example',
      onAway: (error) => told.push(String(error)),
      onBack: () => told.push('back'),
    });
    const add = () => counter.add('client 1', 2, 60);
    try {
      await expect.poll(() => add().catch(() => undefined)).toMatchObject({ total: 2 });
      await operator.config('SET', 'maxmemory', '1');
      for (let i = 0; i < 3; i += 1) await expect(add()).rejects.toThrow('OOM');
      expect(told).toEqual([expect.stringContaining('OOM')]);
      await operator.config('SET', 'maxmemory', '0');
      expect(await add()).toMatchObject({ total: 4 });
      expect(told.slice(1)).toEqual(['back']);
    } finally {
      await counter.close();
      operator.disconnect();
      await own.stop();
    }
  });
});

describe('cost points', () => {
  let [nowMs, total, away] = [0, 0, false];
  /** One window that never ends, as two processes meet in it. */
  const counter: SharedCounter = {
    add: async (_key, points) => {
      if (away) throw new Error('away');
      total += points;
      return { total, msLeft: 60_000 };
    },
  };
  const process = () => new Quotas(600, () => nowMs, counter).of('client', null);

  test('what a client spends at one process is gone at the other; what leaks there leaks once', async () => {
    const [one, other] = [process(), process()];
    expect([one.take(400), other.take(1)]).toEqual([true, true]);
    await expect.poll(() => other.available).toBe(199);
    expect(other.take(200)).toBe(false);
    expect(other.take(100)).toBe(true);
    expect(one.take(1)).toBe(true);
    await expect.poll(() => one.available).toBe(98);
    nowMs += 30_000;
    expect(one.available).toBe(398);
    one.charge(-50);
    expect(other.take(1)).toBe(true);
    await expect.poll(() => other.available).toBeGreaterThan(400);
  });

  test('while the others cannot be reached, each process has its own', async () => {
    away = true;
    const quota = process();
    expect(quota.take(500)).toBe(true);
    expect(quota.available).toBe(100);
    away = false;
  });
});
