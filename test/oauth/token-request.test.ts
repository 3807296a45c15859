/** The token endpoint before any grant: who asks, in what form, and that nothing but a clean refusal comes back. */
import { request as httpRequest } from 'node:http';
import { beforeAll, describe, expect, test } from 'vitest';
import { renewSecret } from '../../src/oauth/clients.ts';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { CALLBACK, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import {
  basic,
  credentials,
  expectRefusal,
  newCode,
  postToken,
  type TokenAnswer,
  tokensOf,
} from '../support/oauth-walks.ts';

const FORM_LIMIT_BYTES = 64 * 1024;
const NOBODY = { loginId: null, clientIp: null, requestId: null };

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  let client: TestClient;
  let other: TestClient;
  let app: TestClient;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
    client = await server.it.client();
    other = await server.it.client({ name: '別のアプリ' });
    app = await server.it.client({ isPublic: true });
  });

  const body = (extra: Record<string, string> = {}) => ({
    grant_type: 'authorization_code',
    code: 'A'.repeat(43),
    redirect_uri: CALLBACK,
    ...extra,
  });
  const encoded = (extra: Record<string, string> = {}) =>
    new URLSearchParams({ ...body(), ...credentials(client), ...extra }).toString();
  const freshBody = async () => body({ code: await newCode(browser, client) });
  const nobodysId = '0'.repeat(32);

  /** One line an attack: the request, and the refusal that must answer it. */
  const refuses = (title: string, attempt: () => Promise<TokenAnswer>, error: string, status = 400) =>
    test(title, async () => expectRefusal(await attempt(), error, status));

  describe('BCP-38: a client with a secret shows it, by one way', () => {
    const unknown = (title: string, attempt: () => Promise<TokenAnswer>) =>
      refuses(title, attempt, 'invalid_client', 401);

    unknown('nobody', () => postToken(server.it, body()));
    unknown('no secret', () => postToken(server.it, body({ client_id: client.clientId })));
    unknown('the secret of another client', () =>
      postToken(server.it, body({ client_id: client.clientId, client_secret: other.secret })),
    );
    unknown('the secret with a blank behind it', () =>
      postToken(server.it, body({ client_id: client.clientId, client_secret: `${client.secret} ` })),
    );
    unknown('an unknown client', () =>
      postToken(server.it, body({ client_id: nobodysId, client_secret: client.secret })),
    );
    unknown('an overlong client id', () =>
      postToken(server.it, body({ client_id: 'x'.repeat(5000), client_secret: 'y' })),
    );
    unknown('a public client with a secret', () =>
      postToken(server.it, body({ client_id: app.clientId, client_secret: 'y' })),
    );
    unknown('Basic: a wrong secret', () => postToken(server.it, body(), basic(client.clientId, 'wrong')));
    unknown('Basic: no secret', () => postToken(server.it, body(), basic(client.clientId, '')));
    unknown('Basic: no colon', () =>
      postToken(server.it, body(), { authorization: `Basic ${btoa(client.clientId)}` }),
    );
    unknown('Basic: no id', () => postToken(server.it, body(), basic('', client.secret)));
    unknown('Basic: no base64', () => postToken(server.it, body(), { authorization: 'Basic ???' }));
    unknown('Basic: nothing', () => postToken(server.it, body(), { authorization: 'Basic ' }));
    unknown('Basic: a NUL in the id', () =>
      postToken(server.it, body(), basic(`${client.clientId}%00`, client.secret)),
    );
    unknown('Basic: bytes that are no UTF-8', () =>
      postToken(server.it, body(), { authorization: `Basic ${btoa('\xff\xfe:\xff')}` }),
    );
    unknown('another scheme', () => postToken(server.it, body(), { authorization: 'Bearer abc' }));
    unknown('another scheme beside a name alone', () =>
      postToken(server.it, body({ client_id: client.clientId }), { authorization: 'Bearer abc' }),
    );

    refuses(
      'Basic and the body at once, and not the same',
      () => postToken(server.it, body(credentials(client)), basic(client.clientId, other.secret)),
      'invalid_request',
    );
    refuses(
      'Basic for one client, the body for another',
      () => postToken(server.it, body({ client_id: other.clientId }), basic(client.clientId, client.secret)),
      'invalid_request',
    );

    test('a refusal of the client spends nothing: the code is still good', async () => {
      const fresh = await freshBody();
      expectRefusal(
        await postToken(server.it, { ...fresh, client_id: client.clientId }),
        'invalid_client',
        401,
      );
      expect(tokensOf(await postToken(server.it, { ...fresh, ...credentials(client) })).access).not.toBe('');
    });

    test('Basic is taken, its scheme in any letters and its halves form-encoded', async () => {
      const id = [...client.clientId].map((c) => `%${c.charCodeAt(0).toString(16)}`).join('');
      const { authorization = '' } = basic(id, client.secret);
      const headers = { authorization: authorization.replace('Basic', 'bASIC') };
      expect(tokensOf(await postToken(server.it, await freshBody(), headers)).access).not.toBe('');
    });

    test('a replaced secret works as long as it was given, and no longer', async () => {
      const mine = await server.it.client();
      const renewed = await renewSecret(server.it.services.clients, mine.clientId, 3600, NOBODY);
      const fresh = { clientId: mine.clientId, secret: renewed ?? '' };
      const ask = (who: TestClient) => postToken(server.it, body(credentials(who)));
      expectRefusal(await ask(mine), 'invalid_grant');
      expectRefusal(await ask(fresh), 'invalid_grant');
      server.it.clock.advance(3600);
      expectRefusal(await ask(mine), 'invalid_client', 401);
      expectRefusal(await ask(fresh), 'invalid_grant');
      // An hour later the session of this browser has ended.
      browser = await loggedIn(server.it);
    });
  });

  describe('BCP-23, BCP-24: no grant type that hands out tokens for a password or for nothing', () => {
    const types = ['password', 'implicit', 'token', 'AUTHORIZATION_CODE', 'authorization_code '];
    for (const type of [...types, 'urn:ietf:params:oauth:grant-type:device_code']) {
      const asked = () =>
        postToken(server.it, {
          ...credentials(client),
          grant_type: type,
          username: 'admin',
          password: 'x',
        });
      refuses(type, asked, 'unsupported_grant_type');
    }
    refuses('none', () => postToken(server.it, credentials(client)), 'invalid_request');
  });

  describe('the form', () => {
    const shape = (title: string, attempt: () => Promise<TokenAnswer>) =>
      refuses(title, attempt, 'invalid_request');

    for (const name of ['grant_type', 'code', 'redirect_uri', 'client_id', 'client_secret', 'scope']) {
      shape(`${name} twice`, () =>
        postToken(server.it, `${encoded({ scope: 'read' })}&${name}=${name === 'scope' ? 'write' : 'x'}`),
      );
    }
    shape('an unknown parameter twice', () => postToken(server.it, `${encoded()}&a=1&a=2`));
    shape('nothing', () => postToken(server.it, ''));
    shape('a large body', () => postToken(server.it, `${encoded()}&pad=${'x'.repeat(FORM_LIMIT_BYTES)}`));
    for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'x', 'a/b;;;']) {
      shape(`content type ${type}`, () => postToken(server.it, encoded(), { 'content-type': type }));
    }

    test('BCP-36: parameters in the URL are refused', async () => {
      const inUrl = await fetch(`${server.it.url}/token?${encoded()}`, { method: 'POST' });
      expect(inUrl.status).toBe(400);
      expect(await inUrl.json()).toMatchObject({ error: 'invalid_request' });
    });

    test('a body without a content type', async () => {
      const answer = await new Promise<string>((resolve, reject) => {
        const raw = httpRequest(`${server.it.url}/token`, { method: 'POST' }, (response) => {
          let text = '';
          response.on('data', (chunk: Buffer) => {
            text += chunk.toString();
          });
          response.on('end', () => resolve(`${response.statusCode} ${text}`));
        });
        raw.on('error', reject).end(encoded());
      });
      expect(answer).toMatch(/^400 .*"invalid_request"/);
    });

    test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
      '%s is not a way to ask',
      async (method) => {
        const answer = await fetch(`${server.it.url}/token`, { method });
        expect(answer.status).toBe(405);
        expect(answer.headers.get('allow')).toBe('POST');
        expect(answer.headers.get('cache-control')).toBe('no-store');
      },
    );

    describe('ADV-32: a null byte or another control character anywhere is refused, not an error of the server', () => {
      for (const bad of ['%00', 'a%00b', '%01', '%7F', '%C2%85', '%FF', '%ED%A0%80']) {
        for (const name of [
          'grant_type',
          'code',
          'redirect_uri',
          'client_id',
          'client_secret',
          'code_verifier',
        ]) {
          shape(`${name}=${bad}`, () => {
            const params = new URLSearchParams(encoded());
            params.delete(name);
            return postToken(server.it, `${params}&${name}=${bad}`);
          });
        }
      }
      shape('an unknown parameter', () => postToken(server.it, `${encoded()}&x=%00`));
    });
  });

  describe('ADV-19, ADV-23: an answer tells nothing of the inside and repeats no input as it came', () => {
    const nasty = `"><script>alert(1)</script>\\é`;
    const attempts: [string, () => Promise<TokenAnswer>][] = [
      ['the grant type', () => postToken(server.it, { ...credentials(client), grant_type: nasty })],
      ['the client', () => postToken(server.it, body({ client_id: nasty, client_secret: nasty }))],
      ['the code', () => postToken(server.it, body({ ...credentials(client), code: nasty }))],
      ['the redirect URI', () => postToken(server.it, body({ ...credentials(client), redirect_uri: nasty }))],
      ['the verifier', () => postToken(server.it, body({ ...credentials(client), code_verifier: nasty }))],
      ['the scope', () => postToken(server.it, body({ ...credentials(client), scope: nasty }))],
    ];
    test.each(attempts)('%s', async (_what, attempt) => {
      const answer = await attempt();
      const text = JSON.stringify(answer.body);
      expect(answer.status).toBeLessThan(500);
      expect(text).not.toContain('<script');
      expect(text).not.toMatch(/sql|select|kysely|node_modules|\.ts\b|at [A-Z]/i);
    });

    test('ADV-19: a failing database is a server_error without its words', async () => {
      const { store } = server.it.services;
      await store.db.schema.alterTable('tegata_code').renameTo('tegata_code_gone').execute();
      try {
        const answer = await postToken(server.it, body(credentials(client)));
        expectRefusal(answer, 'server_error', 500);
        expect(JSON.stringify(answer.body)).not.toContain('tegata_code');
        expect(server.it.log()).toContain('tegata_code');
      } finally {
        await store.db.schema.alterTable('tegata_code_gone').renameTo('tegata_code').execute();
      }
    });
  });
});
