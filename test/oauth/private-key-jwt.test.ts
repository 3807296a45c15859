/** Client authentication by `private_key_jwt` (RFC 7523) with keys that were pasted: good assertions, and every bad one. */
import { createHmac } from 'node:crypto';
import { exportSPKI, importJWK } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { CALLBACK, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import {
  basic,
  expectRefusal,
  newCode,
  postToken,
  type TokenAnswer,
  tokensOf,
} from '../support/oauth-walks.ts';
import { introspect, revoke } from './support/asking.ts';
import {
  asserted,
  assertion,
  type Claims,
  type ClientKey,
  clientKey,
  goodClaims,
  keySet,
  signAssertion,
} from './support/assertions.ts';
import { machine, policyClient } from './support/policy-client.ts';

const MAX_LIFE_SECONDS = 3600;
const SKEW_SECONDS = 10;
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let keys: ClientKey[];
  let client: TestClient;
  beforeAll(async () => {
    keys = await Promise.all(ALGORITHMS.map((alg) => clientKey(alg)));
    const policies = { authMethods: ['private_key_jwt'], jwks: keySet(...keys) };
    client = await machine(server.it, { policies });
  });

  const rsa = () => keys[0]!;
  const ec = () => keys[2]!;
  const ask = (jwt: string, extra = {}): Promise<TokenAnswer> =>
    postToken(server.it, { grant_type: 'client_credentials', ...asserted(jwt), ...extra });
  const made = (changes: Claims = {}, key = ec()) => assertion(server.it, key, client.clientId, changes);

  describe('a good assertion', () => {
    test.each(ALGORITHMS.map((alg, index) => [alg, index] as const))(
      'BCP-38, ASVS-10.4.16: signed by %s',
      async (_alg, index) => {
        expect(tokensOf(await ask(await made({}, keys[index]))).access).not.toBe('');
      },
    );

    test.each(['', '/token', '/revoke', '/introspect'])('for the audience issuer%s', async (path) => {
      expect((await ask(await made({ aud: `${server.it.issuer}${path}` }))).status).toBe(200);
      expect((await ask(await made({ aud: [`${server.it.issuer}${path}`] }))).status).toBe(200);
    });

    test('beside the client_id it speaks for, but no other', async () => {
      expect((await ask(await made(), { client_id: client.clientId })).status).toBe(200);
      expectRefusal(await ask(await made(), { client_id: 'f'.repeat(32) }), 'invalid_request');
    });

    test('without a key id, whatever number of keys the client has', async () => {
      const jwt = await signAssertion(ec(), goodClaims(server.it, client.clientId), { kid: undefined });
      expect((await ask(jwt)).status).toBe(200);
      const twins = [await clientKey('ES256'), await clientKey('ES256')];
      const policies = { authMethods: ['private_key_jwt'], jwks: keySet(...twins) };
      const rotating = await machine(server.it, { policies });
      for (const twin of twins) {
        const claims = goodClaims(server.it, rotating.clientId);
        expect((await ask(await signAssertion(twin, claims, { kid: undefined }))).status).toBe(200);
      }
    });

    test('of a clock that is a little late or early', async () => {
      const now = server.it.clock.now();
      expect((await ask(await made({ exp: now - SKEW_SECONDS + 1 }))).status).toBe(200);
      expect((await ask(await made({ nbf: now + SKEW_SECONDS }))).status).toBe(200);
      expect((await ask(await made({ iat: now + SKEW_SECONDS }))).status).toBe(200);
      expect((await ask(await made({ exp: now + MAX_LIFE_SECONDS + SKEW_SECONDS }))).status).toBe(200);
    });

    test('of a clock that counts in fractions (RFC 7519 §2)', async () => {
      const now = server.it.clock.now();
      const jwt = await made({ exp: now + 60.75, nbf: now - 0.5, iat: now - 0.25 });
      expect((await ask(jwt)).status).toBe(200);
      expectRefusal(await ask(jwt), 'invalid_client', 401);
    });

    test('revokes and introspects as well', async () => {
      const { access } = tokensOf(await ask(await made()));
      const seen = await introspect(server.it, asserted(await made()), access);
      expect(await seen.json()).toMatchObject({ active: true, client_id: client.clientId });
      expect((await revoke(server.it, asserted(await made()), access)).status).toBe(200);
      const after = await introspect(server.it, asserted(await made()), access);
      expect(await after.json()).toEqual({ active: false });
    });

    test('redeems a code and refreshes', async () => {
      const browser: HttpBrowser = await loggedIn(server.it);
      const policies = { authMethods: ['private_key_jwt'], jwks: keySet(ec()) };
      const app = await policyClient(server.it, { policies });
      expect(app.secret).toBe('');
      const proof = async () => asserted(await assertion(server.it, ec(), app.clientId));
      const code = {
        grant_type: 'authorization_code',
        code: await newCode(browser, app),
        redirect_uri: CALLBACK,
      };
      const first = tokensOf(await postToken(server.it, { ...code, ...(await proof()) }));
      const asked = { grant_type: 'refresh_token', refresh_token: first.refresh };
      expectRefusal(await postToken(server.it, { ...asked, client_id: app.clientId }), 'invalid_client', 401);
      expect(tokensOf(await postToken(server.it, { ...asked, ...(await proof()) })).access).not.toBe('');
    });
  });

  /** One line an attack: `invalid_client`, and nothing is issued. */
  const refuses = (title: string, forge: () => Promise<string>) =>
    test(title, async () => expectRefusal(await ask(await forge()), 'invalid_client', 401));

  describe('ASVS-9.1.2: the algorithm is one of ours, and fits the key', () => {
    const unsigned = (head: object) =>
      `${encode({ kid: rsa().jwk.kid, ...head })}.${encode(goodClaims(server.it, client.clientId))}`;
    refuses('none', async () => `${unsigned({ alg: 'none' })}.`);
    refuses('none with a signature', async () => `${unsigned({ alg: 'none' })}.AAAA`);
    refuses('HS256 with the public key as the secret', async () => {
      const input = unsigned({ alg: 'HS256' });
      const pem = await exportSPKI((await importJWK(rsa().jwk)) as CryptoKey);
      return `${input}.${createHmac('sha256', pem).update(input).digest('base64url')}`;
    });
    refuses('HS256 with the client id as the secret', async () => {
      const input = unsigned({ alg: 'HS256' });
      return `${input}.${createHmac('sha256', client.clientId).update(input).digest('base64url')}`;
    });
    refuses('RS512', async () => {
      const other = await clientKey('RS512');
      return signAssertion(other, goodClaims(server.it, client.clientId), { kid: rsa().jwk.kid });
    });
    refuses('PS256 by the key for RS256', async () => {
      const other = await clientKey('PS256');
      return signAssertion(other, goodClaims(server.it, client.clientId), { kid: rsa().jwk.kid });
    });
  });

  describe('ASVS-9.1.3: the key is one of the registered', () => {
    const stranger = (header: (key: ClientKey) => Claims) => async () => {
      const key = await clientKey('ES256');
      return signAssertion(key, goodClaims(server.it, client.clientId), header(key));
    };
    refuses(
      'a stranger under its own id',
      stranger(() => ({})),
    );
    refuses(
      'a stranger under our id',
      stranger(() => ({ kid: ec().jwk.kid })),
    );
    refuses(
      'a stranger without an id',
      stranger(() => ({ kid: undefined })),
    );
    refuses(
      'a stranger in the header',
      stranger(({ jwk }) => ({ jwk })),
    );
    refuses(
      'a stranger at an address in the header',
      stranger(() => ({ jku: 'https://evil.example/jwks' })),
    );
    refuses(
      'a critical header that nobody understands',
      async () =>
        `${encode({ alg: 'ES256', kid: ec().jwk.kid, crit: ['exp'], exp: 1 })}.${(await made()).split('.').slice(1).join('.')}`,
    );
  });

  describe('the claims (RFC 7523 §3)', () => {
    const now = () => server.it.clock.now();
    const wrong = (title: string, changes: () => Claims) => refuses(title, () => made(changes()));
    wrong('another audience', () => ({ aud: 'https://elsewhere.example' }));
    wrong('the audience of the API', () => ({ aud: `${server.it.issuer}/api` }));
    wrong('an audience that only begins like ours', () => ({ aud: `${server.it.issuer}.evil.example` }));
    wrong('no audience', () => ({ aud: undefined }));
    wrong('an empty audience', () => ({ aud: [] }));
    wrong('another issuer', () => ({ iss: 'somebody' }));
    wrong('no issuer', () => ({ iss: undefined }));
    wrong('another subject', () => ({ sub: 'f'.repeat(32) }));
    wrong('no subject', () => ({ sub: undefined }));
    wrong('a subject that is no text', () => ({ sub: 7 }));
    wrong('no end', () => ({ exp: undefined }));
    wrong('an end that is no number', () => ({ exp: 'tomorrow' }));
    wrong('expired', () => ({ exp: now() - SKEW_SECONDS }));
    wrong('an end too far ahead', () => ({ exp: now() + MAX_LIFE_SECONDS + SKEW_SECONDS + 1 }));
    wrong('an end beyond all time', () => ({ exp: 1e300 }));
    wrong('made in the future', () => ({ iat: now() + 61 }));
    wrong('not yet valid', () => ({ nbf: now() + SKEW_SECONDS + 1 }));
    wrong('no id', () => ({ jti: undefined }));
    wrong('an empty id', () => ({ jti: '' }));
    wrong('an overlong id', () => ({ jti: 'x'.repeat(256) }));
    wrong('an id that is no text', () => ({ jti: { a: 1 } }));
  });

  describe('who has signed it is told what is wrong with it, and nobody else', () => {
    const now = () => server.it.clock.now();
    const told = async (jwt: string) => String((await ask(jwt)).body.error_description);

    test.each<[string, () => Claims]>([
      ['exp', () => ({ exp: now() + 2 * MAX_LIFE_SECONDS })],
      ['exp', () => ({ exp: now() - 60 })],
      ['nbf', () => ({ nbf: now() + 600 })],
      ['iat', () => ({ iat: now() + 600 })],
      ['aud', () => ({ aud: 'https://elsewhere.example' })],
      ['iss', () => ({ iss: 'somebody' })],
      ['jti', () => ({ jti: undefined })],
    ])('%s', async (claim, changes) => {
      expect(await told(await made(changes()))).toMatch(new RegExp(`^client_assertion .*claim ${claim} `));
      const stranger = await clientKey('ES256', String(ec().jwk.kid));
      const forged = await signAssertion(stranger, {
        ...goodClaims(server.it, client.clientId),
        ...changes(),
      });
      expect(await told(forged)).toBe('Client authentication failed.');
    });

    test('that it was used before', async () => {
      const jwt = await made();
      await ask(jwt);
      expect(await told(jwt)).toContain('used before');
    });
  });

  describe('ADV-24: an assertion counts once', () => {
    test('whatever it was used for, and however good it still is', async () => {
      const jwt = await made();
      expect((await ask(jwt)).status).toBe(200);
      expectRefusal(await ask(jwt), 'invalid_client', 401);
      expect((await introspect(server.it, asserted(jwt), 'x')).status).toBe(401);
      expect((await revoke(server.it, asserted(jwt), 'x')).status).toBe(401);
    });

    test('the same id signed anew is used up too', async () => {
      const jti = 'the-same-every-time';
      expect((await ask(await made({ jti }))).status).toBe(200);
      expectRefusal(
        await ask(await made({ jti, exp: server.it.clock.now() + 90 }, rsa())),
        'invalid_client',
        401,
      );
    });

    test('nor does it count again with blanks or padding in it', async () => {
      const jwt = await made();
      for (const other of [`${jwt} `, `${jwt}=`, jwt.replace('.', ' .'), jwt.replace('.', '\n.')]) {
        expectRefusal(await ask(other), 'invalid_client', 401);
      }
      expect((await ask(jwt)).status).toBe(200);
    });

    test('the id of one client does not use up that of another', async () => {
      const jti = 'both-have-it';
      const policies = { authMethods: ['private_key_jwt'], jwks: keySet(ec()) };
      const other = await machine(server.it, { policies });
      expect((await ask(await made({ jti }))).status).toBe(200);
      expect((await ask(await assertion(server.it, ec(), other.clientId, { jti }))).status).toBe(200);
    });

    test('a forged assertion uses nothing up', async () => {
      const jti = 'not-yours';
      const stranger = await clientKey('ES256');
      const forged = await signAssertion(
        stranger,
        { ...goodClaims(server.it, client.clientId), jti },
        { kid: ec().jwk.kid },
      );
      expectRefusal(await ask(forged), 'invalid_client', 401);
      expect((await ask(await made({ jti }))).status).toBe(200);
    });

    test('it is remembered as long as it verifies', async () => {
      const jwt = await made({ exp: server.it.clock.now() + MAX_LIFE_SECONDS });
      expect((await ask(jwt)).status).toBe(200);
      server.it.clock.advance(MAX_LIFE_SECONDS + SKEW_SECONDS - 1);
      expectRefusal(await ask(jwt), 'invalid_client', 401);
    });
  });

  describe('ASVS-10.4.16: who is held to assertions cannot come with less', () => {
    test('no secret, no name alone, no secret beside the assertion', async () => {
      const asked = { grant_type: 'client_credentials', client_id: client.clientId };
      expectRefusal(await postToken(server.it, asked), 'invalid_client', 401);
      expectRefusal(await postToken(server.it, { ...asked, client_secret: 'x' }), 'invalid_client', 401);
      expectRefusal(
        await ask(await made(), { client_id: client.clientId, client_secret: 'x' }),
        'invalid_request',
      );
      const both = await postToken(
        server.it,
        { grant_type: 'client_credentials', ...asserted(await made()) },
        basic(client.clientId, 'x'),
      );
      expectRefusal(both, 'invalid_request');
    });

    test('and who is registered with a secret cannot come with an assertion', async () => {
      const withSecret = await machine(server.it);
      expectRefusal(await ask(await assertion(server.it, ec(), withSecret.clientId)), 'invalid_client', 401);
    });

    test.each([
      ['no type', { client_assertion: 'a.b.c' }],
      ['a type without an assertion', { client_assertion_type: asserted('').client_assertion_type ?? '' }],
      [
        'another type',
        {
          client_assertion: 'a.b.c',
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer',
        },
      ],
    ])('%s', async (_what, fields) => {
      expectRefusal(
        await postToken(server.it, { grant_type: 'client_credentials', ...fields }),
        'invalid_request',
      );
    });

    test.each(['', 'x', 'a.b', 'a.b.c', 'e30.e30.', `${encode({ alg: 'ES256' })}.bnVsbA.AA`, '.'.repeat(50)])(
      'no JWT: %j',
      async (jwt) => {
        const answer = await ask(jwt);
        expectRefusal(answer, jwt === '' ? 'invalid_request' : 'invalid_client', jwt === '' ? 400 : 401);
      },
    );
  });
});
