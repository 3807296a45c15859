/** A server that speaks PostgreSQL's protocol and says by `version()` that it is another database: refused in one line. */
import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommandHere } from '../support/command.ts';
import { freePort } from '../support/free-port.ts';

const VERSION = 'CockroachDB CCL v24.3.1 (x86_64-pc-linux-gnu, built 2024/12/10 20:47:11, go1.22.8)';
const SSL_REQUEST = 80877103;

const asked: string[] = [];
let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer(speak);
  const port = await freePort();
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  url = `postgresql://root@127.0.0.1:${port}/defaultdb`;
});
afterAll(() => new Promise((closed) => server.close(closed)));

const message = (type: string, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
};
const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const int16 = (value: number): Buffer => int32(value).subarray(2);
const text = (value: string): Buffer => Buffer.from(`${value}\0`);
const READY = message('Z', Buffer.from('I'));

/** One row of one column, whatever is asked (PostgreSQL manual, 55.7 “Message Formats”). */
const answer = Buffer.concat([
  message('T', int16(1), text('version'), int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0)),
  message('D', int16(1), int32(VERSION.length), Buffer.from(VERSION)),
  message('C', text('SELECT 1')),
  READY,
]);

function speak(socket: Socket): void {
  socket.on('error', () => {});
  socket.on('data', (data: Buffer) => {
    if (data.length >= 8 && data.readInt32BE(4) === SSL_REQUEST) socket.write('N');
    else if (data[0] === 0) {
      const parameter = message('S', text('server_version'), text('13.0.0'));
      socket.write(
        Buffer.concat([message('R', int32(0)), parameter, message('K', int32(7), int32(7)), READY]),
      );
    } else if (data[0] === 'Q'.charCodeAt(0)) {
      asked.push(data.subarray(5, -1).toString());
      socket.write(answer);
    } else socket.end();
  });
}

test.each(['migrate plan', 'doctor'])('tegata %s names it, and asks it for nothing else', async (command) => {
  asked.length = 0;
  const { code, stdout, stderr } = await runCommandHere(command.split(' '), { DATABASE_URL: url });
  expect(code).toBe(1);
  expect(`${stdout}${stderr}`).toContain('the server of DATABASE_URL is CockroachDB, which lacks');
  expect(stderr.trim().split('\n').length).toBe(1);
  expect(new Set(asked)).toEqual(new Set(['select version() as version']));
});
