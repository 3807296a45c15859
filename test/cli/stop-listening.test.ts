/** A server that stops: who is connected is served on until silent, who comes is refused and can go elsewhere. */
import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { stopListening } from '../../src/cli/stop-listening.ts';

async function listening() {
  const server = createServer((_request, response) => response.end('served'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = async (): Promise<string> => {
    const [answer] = (await once(get({ port, host: '127.0.0.1', agent }), 'response')) as [IncomingMessage];
    return text(answer);
  };
  return { server, port, agent, ask };
}

test('an open connection is served on, a new one is refused, and silence ends the wait', async () => {
  const { server, port, agent, ask } = await listening();
  expect(await ask()).toBe('served');
  const told: string[] = [];
  const stopped = stopListening(server, new AbortController().signal).then(() => told.push('stopped'));
  await once(server, 'close', { signal: AbortSignal.timeout(20) }).catch(() => undefined);
  expect(server.listening).toBe(false);
  told.push(await ask());
  const [refused] = await once(connect(port, '127.0.0.1'), 'error');
  expect(refused).toMatchObject({ code: 'ECONNREFUSED' });
  await stopped;
  expect(told).toEqual(['served', 'stopped']);
  agent.destroy();
});

test('a connection that the kernel holds is taken before the door closes', async () => {
  const { server, port, agent } = await listening();
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  const [answer] = await Promise.all([text(socket), stopListening(server, new AbortController().signal)]);
  expect(answer).toContain('served');
  agent.destroy();
});

test('without a connection, and when hurried, nothing is waited for', async () => {
  const idle = await listening();
  await stopListening(idle.server, new AbortController().signal);
  expect(idle.server.listening).toBe(false);
  const held = await listening();
  await held.ask();
  await stopListening(held.server, AbortSignal.abort());
  expect(held.server.listening).toBe(false);
  held.agent.destroy();
});
