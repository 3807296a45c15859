/** An answer that does not hang on the body comes before the body's end, and reaches a client that is still sending. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { onSqlite } from '../support/databases.ts';
import { useOAuthServer } from '../support/oauth-server.ts';

const CHUNK = 'x'.repeat(16_384);

onSqlite((db) => {
  const server = useOAuthServer(db);

  /** Sends the head and the beginning of a body; its end never comes by itself. */
  async function begin(
    request: string,
    headers: readonly string[],
    part: string,
  ): Promise<{ socket: Socket; text(): string }> {
    const { hostname, port, host } = new URL(server.it.url);
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    await once(socket, 'connect');
    socket.write([`${request} HTTP/1.1`, `host: ${host}`, ...headers, '', part].join('\r\n'));
    return { socket, text: () => text };
  }

  const json = 'content-type: application/json';
  const form = 'content-type: application/x-www-form-urlencoded';
  const long = 'content-length: 3000000';
  test.each([
    ['/api without a token', 'POST /api', [json, long], 401],
    ['/api without a token, a small body', 'POST /api', [json, 'content-length: 16'], 401, '{"query":'],
    ['/api with a wrong token', 'POST /api', [json, long, 'authorization: Bearer x'], 401],
    [
      '/api without a token, in chunks',
      'POST /api',
      [json, 'transfer-encoding: chunked'],
      401,
      `fffff\r\n${CHUNK}`,
    ],
    ['a form that is too large', 'POST /token', [form, long], 400],
    ['a type that no door knows', 'POST /token', ['content-type: text/plain', long], 400],
    ['a page that does not exist', 'POST /nothing', [form, long], 404],
    ['the login, too large', 'POST /admin/login', [form, long], 413],
  ])('%s', async (_title, request, headers, status, part = CHUNK) => {
    const { socket, text } = await begin(request, headers, part);
    // Our half of the connection is still open, and the answer is already whole.
    await once(socket, 'end');
    expect(text()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(text()).toMatch(/^connection: close\r$/im);
    const [head = '', body = ''] = text().split('\r\n\r\n');
    expect(Buffer.byteLength(body)).toBe(Number(/^content-length: (\d+)/im.exec(head)?.[1]));
    // Who goes on sending is heard to the end, and is not reset.
    const faults: Error[] = [];
    socket.on('error', (error) => faults.push(error));
    const rest = headers.includes(long) ? 20 : 0;
    for (let sent = 0; sent < rest; sent += 1) {
      if (!socket.write(CHUNK)) await once(socket, 'drain');
    }
    socket.end();
    await once(socket, 'close');
    expect(faults).toEqual([]);
  });
});
