/** `/api` as a resource server: which tokens it takes, and which merely look like one. */
import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { signJwt } from '../../src/oauth/keys/jwt.ts';
import { currentKey } from '../../src/oauth/keys/keyring.ts';
import { isLoginId } from '../../src/staff/rules/login-id.ts';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { ADMIN, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import {
  callApi,
  credentials,
  isAlive,
  newCode,
  newTokens,
  postToken,
  type Tokens,
  tokensOf,
} from '../support/oauth-walks.ts';

const ACCESS_SECONDS = 3600;
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = (part = ''): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  let client: TestClient;
  let tokens: Tokens;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
    client = await server.it.client();
    tokens = await newTokens(server.it, browser, client);
  });

  const key = () => currentKey(server.it.services.keyFiles.keys());
  const parts = () => tokens.access.split('.');
  const claims = () => decode(parts()[1]);
  const header = () => decode(parts()[0]);

  /** One line a forged token: `/api` answers 401 and says which kind of fault, in quotable characters. */
  const refuses = (title: string, forge: () => string | Promise<string>) =>
    test(title, async () => {
      // Past the moment for which a node trusts what it read of the good token's grant.
      server.it.clock.advance(1);
      const answer = await callApi(server.it, await forge());
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer .*error="invalid_token"/);
      expect(await answer.json()).toMatchObject({ errors: [{ message: expect.any(String) }] });
    });

  test('the good token is taken', async () => {
    expect((await callApi(server.it, tokens.access)).status).toBe(200);
  });

  describe('ADV-30: nothing in a token is believed before its signature', () => {
    refuses('no JWT', () => 'abc');
    refuses('three dots', () => '...');
    refuses('a changed payload', () => {
      const [head, , signature] = parts();
      return `${head}.${encode({ ...claims(), scopes: ['read', 'write', 'admin'] })}.${signature}`;
    });
    refuses('no signature', () => parts().slice(0, 2).join('.').concat('.'));
    refuses('alg none', () => `${encode({ ...header(), alg: 'none' })}.${parts()[1]}.`);
    refuses('alg NoNe', () => `${encode({ ...header(), alg: 'NoNe' })}.${parts()[1]}.`);
    refuses('HS256 with the public key as the secret', () => {
      const input = `${encode({ ...header(), alg: 'HS256' })}.${parts()[1]}`;
      const pem = key().publicKey.export({ type: 'spki', format: 'pem' });
      return `${input}.${createHmac('sha256', pem).update(input).digest('base64url')}`;
    });
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const signedByStranger = (head: object): string => {
      const input = `${encode(head)}.${parts()[1]}`;
      return `${input}.${createSign('sha256').update(input).sign(privateKey).toString('base64url')}`;
    };
    refuses('a key of a stranger under our key id', () => signedByStranger(header()));
    refuses('a key of a stranger in the header', () =>
      signedByStranger({ ...header(), jwk: publicKey.export({ format: 'jwk' }) }),
    );
    refuses('an address of keys in the header', () =>
      signedByStranger({ ...header(), kid: 'theirs', jku: 'https://evil.example/jwks.json' }),
    );
    refuses('a key id that is a path', () => signedByStranger({ ...header(), kid: '../../etc/passwd' }));
    refuses('no key id', () => signedByStranger({ typ: 'JWT', alg: 'RS256' }));
  });

  describe('BCP-33: a token for another audience or from another issuer, or one that is no access token', () => {
    /** Well signed by our own key; only the claims are wrong. */
    const signed = (changes: Record<string, unknown>, typ = 'JWT') =>
      signJwt(key(), typ, { ...claims(), ...changes });

    refuses('another audience', () => signed({ aud: 'https://elsewhere.example/api' }));
    refuses('another client as the audience', () => signed({ aud: '0'.repeat(32) }));
    refuses('no audience', () => signed({ aud: undefined }));
    refuses('an empty audience', () => signed({ aud: [] }));
    refuses('another issuer', () => signed({ iss: 'https://elsewhere.example' }));
    refuses('no issuer', () => signed({ iss: undefined }));
    refuses('expired', () => signed({ exp: server.it.clock.now() }));
    refuses('without end', () => signed({ exp: undefined }));
    refuses('not yet valid', () => signed({ nbf: server.it.clock.now() + 600 }));
    refuses('without an id', () => signed({ jti: undefined }));
    refuses('with the id of another grant', () => signed({ jti: 'f'.repeat(80) }));
    refuses('with an id that is none', () => signed({ jti: '\0' }));
    refuses('in the name of another member', () => signed({ sub: 'somebody' }));
    refuses('a scope that is no text', () => signed({ scope: ['read'] }));
    refuses('a refresh token', () => tokens.refresh);
    refuses('a code', () => newCode(browser, client));
    refuses('the secret of the client', () => client.secret);
  });

  test('ASVS-9.2.1: a token works until its last second and not in the one after', async () => {
    const fresh = await newTokens(server.it, browser, client);
    server.it.clock.advance(ACCESS_SECONDS - 1);
    expect((await callApi(server.it, fresh.access)).status).toBe(200);
    server.it.clock.advance(1);
    expect((await callApi(server.it, fresh.access)).status).toBe(401);
    // The session has ended meanwhile, too.
    browser = await loggedIn(server.it);
    tokens = await newTokens(server.it, browser, client);
  });

  describe('how a token is sent', () => {
    const query = encodeURIComponent('{ __typename }');

    test('BCP-36: in the query it is refused, even when it is good', async () => {
      for (const name of ['access_token', 'ACCESS_TOKEN']) {
        const answer = await fetch(`${server.it.url}/api?query=${query}&${name}=${tokens.access}`);
        expect(answer.status).toBe(400);
        expect(answer.headers.get('www-authenticate')).toContain('error="invalid_request"');
      }
    });

    test('in the body it is not looked for', async () => {
      const body = new URLSearchParams({ access_token: tokens.access, query: '{ __typename }' });
      expect((await fetch(`${server.it.url}/api`, { method: 'POST', body })).status).toBe(401);
    });

    test('without one there is a challenge without an error, and where to find the way', async () => {
      const answer = await fetch(`${server.it.url}/api?query=${query}`);
      expect(answer.status).toBe(401);
      const challenge = answer.headers.get('www-authenticate') ?? '';
      expect(challenge).toMatch(/^Bearer /);
      expect(challenge).not.toContain('error=');
      expect(challenge).toContain(`${server.it.issuer}/.well-known/oauth-protected-resource`);
    });

    test.each(['Bearer', 'Bearer ', 'Bearer a b', 'Bearer ,', 'Basic YTpi', 'bearer\tx', 'DPoP x'])(
      '%j is no way in',
      async (authorization) => {
        const answer = await fetch(`${server.it.url}/api?query=${query}`, { headers: { authorization } });
        expect(answer.status).toBe(401);
        expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /);
      },
    );
  });

  describe('what a token may do', () => {
    const mutation =
      'mutation { updateProductStock(code: "no-such-code", stock: 1, stock_unlimited: false) { id } }';

    test('BCP-34: a query needs read, a mutation read and write; scope is judged at every request', async () => {
      const reader = await newTokens(server.it, browser, client, { scope: 'read' });
      const writer = await newTokens(server.it, browser, client, { scope: 'write' });
      const list = '{ products(page: 1, limit: 1) { totalCount } }';
      expect((await callApi(server.it, reader.access, list)).status).toBe(200);
      for (const [token, text] of [
        [reader.access, mutation],
        [writer.access, mutation],
        [writer.access, list],
      ] as const) {
        const answer = await callApi(server.it, token, text);
        expect(answer.status, text).toBe(403);
        expect(answer.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
      }
    });

    test('BCP-37: a client that acts as itself has a name that no member can have', async () => {
      const machine = await server.it.client({ grantTypes: ['client_credentials'], redirectUris: [] });
      const asked = { grant_type: 'client_credentials', ...credentials(machine) };
      const { access } = tokensOf(await postToken(server.it, asked));
      const { sub } = decode(access.split('.')[1]);
      expect(isLoginId(String(sub))).toBe(false);
      expect(sub).not.toBe(ADMIN.loginId);
      expect(await isAlive(server.it, access)).toBe(true);
    });
  });
});
