/** How long a body may take: all at once, a share in each stretch where files come, and never by dripping. */
import { connect } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boundArrival } from '../../src/http/jobs/arrival.ts';

const LENGTH = 60;
let app: FastifyInstance;
let port: number;

beforeAll(async () => {
  app = Fastify();
  boundArrival(app, {
    stretchMs: 150,
    leastBytes: 1,
    isLong: ({ routeOptions }) => routeOptions.url === '/long',
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  for (const url of ['/long', '/usual']) app.post(url, async ({ body }) => `all of ${String(body).length}`);
  port = Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port);
});
afterAll(() => app.close());

/** A byte every few milliseconds, `bytes` in all of a body that says to have `LENGTH`; then silence. */
async function sent(url: string, bytes: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let told = '';
  socket.on('data', (chunk) => {
    told += chunk.toString();
    if (told.includes('all of')) socket.end();
  });
  // What is written after the refusal fails; `once` would make that the test's failure.
  const closed = new Promise((resolve) => void socket.on('error', () => {}).once('close', resolve));
  socket.write(
    `POST ${url} HTTP/1.1\r\nHost: x\r\nContent-Type: text/x\r\nContent-Length: ${LENGTH}\r\n\r\n`,
  );
  let left = bytes;
  const timer = setInterval(() => {
    if (left === 0 || socket.destroyed) clearInterval(timer);
    else {
      left -= 1;
      socket.write('x');
    }
  }, 8);
  await closed;
  clearInterval(timer);
  return told;
}

test('a body that keeps coming outlasts the stretch where files come, and nowhere else', async () => {
  const [long, usual] = await Promise.all([sent('/long', LENGTH), sent('/usual', LENGTH)]);
  expect(long).toContain(`all of ${LENGTH}`);
  expect(usual).toMatch(/^HTTP\/1\.1 408 /);
});

test('one that stops coming is given up there too', async () => {
  expect(await sent('/long', 5)).toMatch(/^HTTP\/1\.1 408 /);
});
