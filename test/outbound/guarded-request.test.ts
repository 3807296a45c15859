/** Whatever the other side does, a request to it ends by its deadline, and what it has said by its head counts. */
import { afterEach, describe, expect, test } from 'vitest';
import { parseAllowList, systemResolve } from '../../src/outbound/allowed-addresses.ts';
import { type Answer, guardedRequest, keepConnections } from '../../src/outbound/guarded-request.ts';
import { type Host, SWITCHES, startHost, WITH_ANSWER, WITHOUT_ANSWER } from './hostile-hosts.ts';

const guard = { allow: parseAllowList(['127.0.0.0/8']), resolve: systemResolve };
const LIMITS = { connectTimeoutMs: 300, totalTimeoutMs: 600, maxResponseBytes: 4_096 };

let host: Host | undefined;
afterEach(async () => {
  await host?.close();
  host = undefined;
});

const ask = (url: string, resolve = guard.resolve): Promise<Answer> =>
  guardedRequest(
    { method: 'POST', url: new URL(url), headers: {}, body: '[]' },
    { ...guard, resolve },
    LIMITS,
  );
const askAt = ({ port }: Host) => ask(`http://127.0.0.1:${port}/`);

describe('without an answer', () => {
  test.each(Object.entries(WITHOUT_ANSWER))('%s', async (_, answer) => {
    host = await startHost(answer);
    await expect(askAt(host)).rejects.toThrow(
      /no answer in time|socket hang up|Parse Error|too many answers 1xx/,
    );
    await expect.poll(host.connections).toBe(0);
  });

  test('a TLS handshake that stalls', async () => {
    host = await startHost(() => {});
    await expect(ask(`https://127.0.0.1:${host.port}/`)).rejects.toThrow('no connection in time');
    await expect.poll(host.connections).toBe(0);
  });

  test('a name that nobody answers for', async () => {
    const silent = () => new Promise<never>(() => {});
    await expect(ask('http://silent.example/', silent)).rejects.toThrow('no connection in time');
  });
});

describe('with an answer', () => {
  test.each(Object.entries(WITH_ANSWER))('%s', async (_, answer) => {
    host = await startHost(answer);
    const { statusCode, body } = await askAt(host);
    expect([statusCode, body.toString().slice(0, 2)]).toEqual([200, 'ok']);
    expect(body.length).toBeLessThanOrEqual(LIMITS.maxResponseBytes);
  });

  test('another protocol is an answer that says no', async () => {
    host = await startHost(SWITCHES);
    expect(await askAt(host)).toMatchObject({ statusCode: 101, cut: 'another protocol' });
    await expect.poll(host.connections).toBe(0);
  });

  test('a redirect is handed back, not followed', async () => {
    host = await startHost((socket) =>
      socket.end(
        'HTTP/1.1 307 Temporary Redirect\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n',
      ),
    );
    expect((await askAt(host)).statusCode).toBe(307);
  });
});

test('a kept connection that was closed meanwhile is no failure', async () => {
  const connections = keepConnections(10_000, 4);
  let answered = 0;
  host = await startHost((socket) => {
    answered += 1;
    socket.write('HTTP/1.1 204 No Content\r\nconnection: keep-alive\r\n\r\n');
    socket.once('data', () => socket.resetAndDestroy());
  });
  const url = new URL(`http://127.0.0.1:${host.port}/`);
  const asked = { method: 'POST', url, headers: {}, body: '[]' } as const;
  for (let i = 0; i < 3; i += 1) {
    expect((await guardedRequest(asked, guard, LIMITS, connections)).statusCode).toBe(204);
    await new Promise(setImmediate);
  }
  expect(answered).toBe(3);
  connections.close();
});

test('many who ask for one name wait for one answer', async () => {
  const [one, two] = [systemResolve('localhost'), systemResolve('localhost')];
  expect(two).toBe(one);
  expect((await one).length).toBeGreaterThan(0);
  expect(systemResolve('localhost')).not.toBe(one);
});
