/** Two workers with one port are one server to whoever asks: metrics, signing keys, limits. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommandHere } from '../support/command.ts';
import { describeUnless } from '../support/left-out.ts';
import { type Program, startProgram } from '../support/program.ts';
import { lackingRedis, type RedisServer, startRedis } from '../support/redis-server.ts';
import { MANY_COMMANDS_MS } from './cli.ts';

const FAILURES = 20;
const WRONG = 'grant_type=client_credentials&client_id=nobody&client_secret=nothing';

describeUnless(lackingRedis(), 'two workers', () => {
  let redis: RedisServer;
  let program: Program;
  let keys: Readonly<Record<string, string>>;
  beforeAll(async () => {
    redis = await startRedis();
    keys = { TEGATA_KEYS: 'database', TEGATA_MASTER_KEY: randomBytes(32).toString('base64url') };
    const limits = { TEGATA_REDIS_URL: redis.url, TEGATA_FAILURES_PER_MINUTE: String(FAILURES) };
    program = await startProgram({ env: { ...keys, ...limits, TEGATA_WORKERS: '2' } });
  }, MANY_COMMANDS_MS);
  afterAll(async () => {
    await program?.stop();
    await redis?.stop();
  });

  /** By a connection of its own: the workers take them in turn. */
  const ask = async (path: string, body?: string): Promise<{ status: number; body: string }> => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const asked = request(`${program.url}${path}`, {
      agent: false,
      method: body === undefined ? 'GET' : 'POST',
      headers: body === undefined ? {} : form,
    });
    asked.end(body);
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    return { status: answer.statusCode ?? 0, body: await text(answer) };
  };

  test('whichever is asked for metrics counts what all have answered', async () => {
    const healthy = async () =>
      Number(
        /_count\{method="GET",route="\/health",status="200"\} (\d+)/.exec(
          (await ask('/metrics')).body,
        )?.[1] ?? 0,
      );
    const before = await healthy();
    for (let i = 0; i < 6; i += 1) expect((await ask('/health')).status).toBe(200);
    const counted = [await healthy(), await healthy(), await healthy(), await healthy()];
    expect(counted).toEqual(Array(4).fill(before + 6));
  });

  test('a key that a command turns signs in all of them soon after', {
    timeout: MANY_COMMANDS_MS,
  }, async () => {
    const kids = async () =>
      JSON.stringify(
        JSON.parse((await ask('/.well-known/jwks.json')).body)
          .keys.map((key: { kid: string }) => key.kid)
          .sort(),
      );
    const before = await kids();
    const env = { TEGATA_DATA_DIR: program.dataDir, ...keys };
    expect((await runCommandHere(['key', 'rotate', '--alg', 'ES256'], env)).code).toBe(0);
    const changed = async () => [await kids(), await kids()].every((all) => all !== before);
    await expect.poll(changed).toBe(true);
    const [one, other] = [await kids(), await kids()];
    expect(one).toBe(other);
  });

  test('failures are counted together', async () => {
    let taken = 0;
    await expect
      .poll(async () => {
        const { status } = await ask('/token', WRONG);
        if (status !== 429) taken += 1;
        return status;
      })
      .toBe(429);
    expect((await ask('/token', WRONG)).status).toBe(429);
    // Each for itself they would take twice as many.
    expect(taken).toBeLessThan(FAILURES * 1.5);
  });
});
