/** The forms in which clients ask at `/token`: PHP's array, JSON, credentials twice, an answer that comes early. */
import { connect } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { basic, credentials, expectRefusal, postToken } from '../support/oauth-walks.ts';
import { machine, policyClient } from './support/policy-client.ts';

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let client: TestClient;
  beforeAll(async () => {
    client = await machine(server.it, { scopes: ['read'] });
  });

  const good = () => ({ grant_type: 'client_credentials', ...credentials(client), scope: 'read' });
  const send = (body: RequestInit['body'], headers: Record<string, string> = {}, path = '/token') =>
    fetch(`${server.it.url}${path}`, { method: 'POST', body: body ?? null, headers });
  const sendJson = (value: unknown) => send(JSON.stringify(value), { 'content-type': 'application/json' });
  const multipart = (fields: Readonly<Record<string, string | Blob>>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    return form;
  };
  const raw = (name: string, value: Buffer | string) => ({
    body: Buffer.concat([
      Buffer.from(`--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n`),
      Buffer.from(value),
      Buffer.from('\r\n--x--\r\n'),
    ]),
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
  });
  const errorOf = async (answer: Response) => [
    answer.status,
    ((await answer.json()) as { error: string }).error,
  ];

  describe('multipart, as PHP’s cURL sends an array', () => {
    test('it is read at every endpoint', async () => {
      const answer = await send(multipart(good()));
      const body = (await answer.json()) as { access_token: string; scope: string };
      expect([answer.status, body.scope]).toEqual([200, 'read']);
      const token = { ...credentials(client), token: body.access_token };
      const seen = await send(multipart(token), {}, '/introspect');
      expect(await seen.json()).toMatchObject({ active: true });
      expect((await send(multipart(token), {}, '/revoke')).status).toBe(200);
    });

    test('beside HTTP Basic', async () => {
      const answer = await send(
        multipart({ grant_type: 'client_credentials' }),
        basic(client.clientId, client.secret),
      );
      expect(answer.status).toBe(200);
    });

    test('60 clients that are not known all get their answer', async () => {
      const ask = () => send(multipart({ ...good(), client_id: 'x'.repeat(32) }));
      for (let i = 0; i < 60; i++) expect(await errorOf(await ask())).toEqual([400, 'invalid_client']);
      const withBasic = await send(
        multipart({ grant_type: 'client_credentials' }),
        basic(client.clientId, 'wrong'),
      );
      expect(await errorOf(withBasic)).toEqual([401, 'invalid_client']);
    });

    test.each([
      ['a file', () => send(multipart({ ...good(), code: new Blob(['x']) }))],
      ['no boundary', () => send('x', { 'content-type': 'multipart/form-data' })],
      ['no parts', () => send('', { 'content-type': 'multipart/form-data; boundary=x' })],
      ['bytes that are no UTF-8', () => send(raw('code', Buffer.from([0xff])).body, raw('', '').headers)],
      ['a NUL', () => send(raw('grant_type', 'a\0').body, raw('', '').headers)],
      [
        'a parameter twice',
        () => {
          const form = multipart(good());
          form.append('scope', 'write');
          return send(form);
        },
      ],
    ])('%s is refused', async (_title, ask) => {
      expect(await errorOf(await ask())).toEqual([400, 'invalid_request']);
    });
  });

  describe('JSON', () => {
    test('an object of texts is read', async () => {
      expect((await sendJson(good())).status).toBe(200);
      expect((await sendJson({ ...good(), code: null, resource: [] })).status).toBe(200);
      const marked = await send(`\uFEFF${JSON.stringify(good())}`, { 'content-type': 'application/json' });
      expect(marked.status).toBe(200);
    });

    test.each(['', '{', 'null', '[]', '"x"', '7'])('%j is refused', async (text) => {
      const answer = await send(text, { 'content-type': 'application/json' });
      expect(await errorOf(answer)).toEqual([400, 'invalid_request']);
    });

    test.each([
      { scope: 7 },
      { scope: ['read', 'write'] },
      { scope: { a: 1 } },
      { client_secret: true },
      { code: 'a\0' },
    ])('with %j it is refused', async (wrong) => {
      expect(await errorOf(await sendJson({ ...good(), ...wrong }))).toEqual([400, 'invalid_request']);
    });
  });

  describe('credentials twice', () => {
    test('the same by Basic and in the body is one way', async () => {
      expect((await postToken(server.it, good(), basic(client.clientId, client.secret))).status).toBe(200);
    });

    test('a different secret, or client, is refused', async () => {
      const other = await machine(server.it);
      for (const headers of [basic(client.clientId, 'x'), basic(other.clientId, other.secret)]) {
        expectRefusal(await postToken(server.it, good(), headers), 'invalid_request');
      }
    });

    test('a client that may use only one of the two may send both', async () => {
      for (const method of ['client_secret_basic', 'client_secret_post']) {
        const strict = await policyClient(server.it, {
          grantTypes: ['client_credentials'],
          redirectUris: [],
          policies: { authMethods: [method] },
        });
        const asked = { grant_type: 'client_credentials', ...credentials(strict) };
        expect((await postToken(server.it, asked, basic(strict.clientId, strict.secret))).status).toBe(200);
      }
    });

    test('the bearer token of the client’s HTTP layer proves nothing and hinders nothing', async () => {
      const stale = { authorization: 'Bearer a.b.c' };
      expect((await postToken(server.it, good(), stale)).status).toBe(200);
      const named = { grant_type: 'client_credentials', client_id: client.clientId };
      expectRefusal(await postToken(server.it, named, stale), 'invalid_client', 401);
      expectRefusal(
        await postToken(server.it, { grant_type: 'client_credentials' }, stale),
        'invalid_client',
        401,
      );
    });
  });

  test('an answer that is ready before the body has come is not lost: the rest is read first', async () => {
    const { hostname, port } = new URL(server.it.url);
    const size = 1024 * 1024;
    for (const [path, type, status] of [
      ['/token', 'application/x-www-form-urlencoded', 400],
      ['/token', 'text/plain', 400],
      ['/api', 'application/json', 401],
      ['/nowhere', 'text/plain', 413],
      ['/admin/login', 'application/x-www-form-urlencoded', 413],
    ] as const) {
      const socket = connect(Number(port), hostname);
      const received: Buffer[] = [];
      const ended = new Promise<string>((resolve) => {
        socket.on('error', (error) => resolve(error.message)).on('end', () => resolve('end'));
      });
      socket.on('data', (chunk: Buffer) => received.push(chunk));
      const head = `POST ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: ${type}\r\n`;
      socket.write(`${head}content-length: ${size}\r\n\r\n`);
      for (let sent = 0; sent < size; sent += 64 * 1024) {
        socket.write(Buffer.alloc(64 * 1024, 'x'));
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      expect(await ended, path).toBe('end');
      expect(Buffer.concat(received).toString(), path).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    }
  });
});
