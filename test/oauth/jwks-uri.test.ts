/** Keys that a client publishes at its `jwks_uri`: fetched with guards, kept for a while, asked for anew when one is unknown. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { expectRefusal, postToken, type TokenAnswer } from '../support/oauth-walks.ts';
import { asserted, assertion, type ClientKey, clientKey, keySet } from './support/assertions.ts';
import { json, type KeyServer, startKeyServer } from './support/key-server.ts';
import { machine } from './support/policy-client.ts';

const KEPT_SECONDS = 600;
const REFETCH_SECONDS = 30;
const MAX_BYTES = 64 * 1024;

let published: KeyServer;
beforeAll(async () => {
  published = await startKeyServer();
});
afterAll(() => published.close());

eachDatabase((db) => {
  const server = useOAuthServer(db, {
    TEGATA_JWKS_ALLOW: 'localhost',
    TEGATA_WEBHOOK_ALLOW: '127.0.0.0/8,::1',
  });
  let key: ClientKey;
  let client: TestClient;
  beforeAll(async () => {
    key = await clientKey('ES256');
  });
  let round = 0;
  /** A client of its own with an address of its own: nothing is remembered of it. */
  const fresh = async (url = `${published.url}?${db.name}-${round++}`): Promise<TestClient> =>
    machine(server.it, { policies: { authMethods: ['private_key_jwt'], jwksUri: url } });
  beforeEach(async () => {
    published.answer = json(keySet(key));
    client = await fresh();
  });

  const ask = async (by = key, who = client): Promise<TokenAnswer> =>
    postToken(server.it, {
      grant_type: 'client_credentials',
      ...asserted(await assertion(server.it, by, who.clientId)),
    });
  const isRefused = async (by = key, who = client) =>
    expectRefusal(await ask(by, who), 'invalid_client', 401);

  describe('what is published counts', () => {
    test('one fetch serves many requests, also those that come at once', async () => {
      const before = published.count();
      const answers = await Promise.all(Array.from({ length: 20 }, () => ask()));
      expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
      expect(published.count()).toBe(before + 1);
    });

    test('a key published later is found by asking anew', async () => {
      expect((await ask()).status).toBe(200);
      const successor = await clientKey('ES256');
      published.answer = json(keySet(key, successor));
      server.it.clock.advance(REFETCH_SECONDS);
      expect((await ask(successor)).status).toBe(200);
      expect((await ask(key)).status).toBe(200);
    });

    test('unknown keys make the server ask every half minute at most', async () => {
      const stranger = await clientKey('ES256');
      expect((await ask()).status).toBe(200);
      server.it.clock.advance(REFETCH_SECONDS);
      const before = published.count();
      await Promise.all(Array.from({ length: 10 }, () => isRefused(stranger)));
      expect(published.count()).toBe(before + 1);
      server.it.clock.advance(REFETCH_SECONDS - 1);
      await isRefused(stranger);
      expect(published.count()).toBe(before + 1);
    });

    test('a key taken back counts no longer than what is kept', async () => {
      expect((await ask()).status).toBe(200);
      published.answer = json(keySet(await clientKey('ES256')));
      server.it.clock.advance(KEPT_SECONDS);
      await isRefused();
    });

    test('while the address does not answer, the keys last seen count', async () => {
      expect((await ask()).status).toBe(200);
      published.answer = (_request, response) => response.writeHead(503).end();
      server.it.clock.advance(KEPT_SECONDS);
      expect((await ask()).status).toBe(200);
    });

    test('keys that are too large, of other uses or too many are passed over', async () => {
      const large = {
        kty: 'RSA',
        n: Buffer.alloc(1025, 0xff).toString('base64url'),
        e: 'AQAB',
        kid: 'large',
      };
      const encrypting = { kty: 'OKP', crv: 'X25519', x: 'A'.repeat(43), use: 'enc' };
      const others = await Promise.all(Array.from({ length: 3 }, () => clientKey('RS256')));
      const keys = [large, encrypting, ...others.map(({ jwk }) => jwk), key.jwk];
      published.answer = json(JSON.stringify({ keys }));
      expect((await ask()).status).toBe(200);
      const many = Array.from({ length: 25 }, (_, n) => ({ ...others[0]!.jwk, kid: `spare-${n}` }));
      published.answer = json(JSON.stringify({ keys: [...many, key.jwk] }));
      server.it.clock.advance(KEPT_SECONDS);
      await isRefused();
    });

    test('a first fetch that failed is made up for soon', async () => {
      published.answer = (_request, response) => response.writeHead(503).end();
      await isRefused();
      published.answer = json(keySet(key));
      server.it.clock.advance(REFETCH_SECONDS);
      expect((await ask()).status).toBe(200);
    });
  });

  describe('ADV-20: an address that a client gives cannot be used against the inside', () => {
    const inside = (title: string, url: () => string) =>
      test(title, async () => {
        const before = published.count();
        await isRefused(key, await fresh(url()));
        expect(published.count()).toBe(before);
      });
    const port = () => new URL(published.url).port;
    inside('a private address', () => `https://127.0.0.1:${port()}/jwks.json`);
    inside('the same in IPv6', () => `https://[::1]:${port()}/jwks.json`);
    inside('mapped into IPv6', () => `https://[::ffff:127.0.0.1]:${port()}/jwks.json`);
    inside('as one number', () => `https://2130706433:${port()}/jwks.json`);
    inside('in hexadecimal', () => `https://0x7f.1:${port()}/jwks.json`);
    inside('a private address that webhooks may reach', () => `https://127.0.0.1:${port()}/jwks.json?hooks`);
    inside('the cloud’s own address', () => 'https://169.254.169.254/latest/meta-data');

    test('plain http is not even registered', async () => {
      await expect(fresh('http://localhost/jwks.json')).rejects.toThrow('notHttps');
      await expect(fresh('https://user:secret@localhost/jwks.json')).rejects.toThrow('notHttps');
      await expect(fresh('file:///etc/passwd')).rejects.toThrow('notHttps');
    });

    test('a redirect is not followed, not even to itself', async () => {
      const before = published.count();
      published.answer = (_request, response) =>
        response.writeHead(302, { location: published.url }).end(keySet(key));
      await isRefused();
      expect(published.count()).toBe(before + 1);
    });

    test('a server whose certificate nobody vouches for is not believed', async () => {
      const impostor = await startKeyServer({ trusted: false });
      impostor.answer = json(keySet(key));
      try {
        await isRefused(key, await fresh(impostor.url));
        expect(impostor.count()).toBe(0);
      } finally {
        await impostor.close();
      }
    });
  });

  describe('what is not a small JSON document is no key set', () => {
    const wrong = (title: string, answer: () => KeyServer['answer']) =>
      test(title, async () => {
        published.answer = answer();
        await isRefused();
        expect((await fetch(`${server.it.url}/health`)).status).toBe(200);
      });
    wrong('larger than the limit', () =>
      json(JSON.stringify({ keys: [key.jwk], pad: 'x'.repeat(MAX_BYTES) })),
    );
    wrong('another protocol', () => (request) => {
      request.socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n');
    });
    wrong('without end', () => (_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write('{"keys":['.repeat(1000)));
      };
      response.on('drain', more);
      more();
    });
    wrong('a server that says nothing', () => () => {});
    wrong('a server that stops in the middle', () => (_request, response) => {
      response.write('{"keys":[');
    });
    wrong('a connection that breaks', () => (request) => request.socket.destroy());
    wrong('no JSON', () => json('<html>'));
    wrong('JSON of another shape', () => json('[1,2,3]'));
    wrong('null', () => json('null'));
    wrong('keys that are none', () => json('{"keys":[null,1,"x",{},{"kty":"EC"}]}'));
    wrong('an error that holds keys', () => (_request, response) => {
      response.writeHead(500).end(keySet(key));
    });
    wrong('a key with an exponent of 2048 bits', () => {
      const e = Buffer.alloc(256, 0xff).toString('base64url');
      const n = Buffer.alloc(256, 0xff).toString('base64url');
      return json(JSON.stringify({ keys: Array.from({ length: 17 }, () => ({ kty: 'RSA', n, e })) }));
    });
    wrong('a symmetric key', () =>
      json(JSON.stringify({ keys: [{ kty: 'oct', k: 'AAAA', kid: key.jwk.kid }] })),
    );
  });
});
