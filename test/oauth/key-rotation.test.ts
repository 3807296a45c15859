/** Signing keys: every algorithm, their way from next to gone, and nodes that see a rotation done elsewhere. */
import type { KeyObject } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LONGEST_TOKEN_SECONDS, type SigningAlgorithm } from '../../src/oauth/keys/keyring.ts';
import { eachDatabase } from '../support/databases.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { callApi, credentials } from '../support/oauth-walks.ts';
import { headerOf, introspected, ownToken } from './support/asking.ts';
import { machine } from './support/policy-client.ts';
import { type Node, secondNode } from './support/second-node.ts';

const ALGORITHMS: readonly SigningAlgorithm[] = ['RS256', 'PS256', 'ES256', 'EdDSA'];

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let client: TestClient;
  let node: Node;
  beforeAll(async () => {
    client = await machine(server.it, { policies: { accessSeconds: String(LONGEST_TOKEN_SECONDS) } });
    node = await secondNode(server.it);
  });
  afterAll(() => node?.close());

  const rotate = (alg: SigningAlgorithm) => server.it.services.keyFiles.rotate(alg, server.it.clock.now());
  const published = async (): Promise<{ kid: string; alg: string }[]> => {
    const answer = await fetch(`${server.it.url}/.well-known/jwks.json`);
    return ((await answer.json()) as { keys: { kid: string; alg: string }[] }).keys;
  };
  const newToken = () => ownToken(server.it, client);
  const api = async (token: string) => (await callApi(server.it, token)).status;

  /** Until a key of this algorithm signs: one rotation publishes it, the next lets it sign. */
  const signBy = async (alg: SigningAlgorithm) => {
    await rotate(alg);
    await rotate(alg);
  };

  describe('every algorithm', () => {
    test.each(ALGORITHMS)(
      '%s: a stranger verifies it by the published keys, /api and introspection take it',
      async (alg) => {
        await signBy(alg);
        const token = await newToken();
        expect(headerOf(token).alg).toBe(alg);
        const keys = createRemoteJWKSet(new URL(`${server.it.url}/.well-known/jwks.json`));
        const currentDate = new Date(server.it.clock.now() * 1000);
        const { payload } = await jwtVerify(token, keys, { issuer: server.it.issuer, currentDate });
        expect(payload.client_id).toBe(client.clientId);
        expect(await api(token)).toBe(200);
        expect((await introspected(server.it, client, token)).active).toBe(true);
        // A client gets its token from either node, whichever signs.
        const answer = await node.post('/token', {
          grant_type: 'client_credentials',
          ...credentials(client),
        });
        expect(headerOf(answer.json<{ access_token: string }>().access_token).alg).toBe(alg);
      },
    );

    test('ASVS-11.2.3: PS256, ES256 and EdDSA keys give 128 bits of security, no RSA key less than 112', async () => {
      for (const alg of ALGORITHMS) await signBy(alg);
      const bits = (key: KeyObject) => key.asymmetricKeyDetails?.modulusLength ?? 0;
      for (const { alg, publicKey, jwk } of server.it.services.keyFiles.keys()) {
        if (alg === 'RS256') expect(bits(publicKey)).toBeGreaterThanOrEqual(2048);
        if (alg === 'PS256') expect(bits(publicKey)).toBeGreaterThanOrEqual(3072);
        if (alg === 'ES256') expect(jwk.crv).toBe('P-256');
        if (alg === 'EdDSA') expect(jwk.crv).toBe('Ed25519');
      }
    });
  });

  describe('ASVS-13.3.4: next, current, old, gone', () => {
    test('a key is published before it signs, and the token before a rotation lives on', async () => {
      await signBy('ES256');
      const before = await newToken();
      const known = (await published()).map(({ kid }) => kid);
      await rotate('ES256');
      const after = await newToken();
      expect(headerOf(after).kid).not.toBe(headerOf(before).kid);
      expect(known).toContain(headerOf(after).kid);
      for (const token of [before, after]) {
        expect(await api(token)).toBe(200);
        expect((await introspected(server.it, client, token)).active).toBe(true);
      }
    });

    test('the published keys never lack one that a live token needs, and in the end only two are left', async () => {
      await signBy('ES256');
      const live: { token: string; until: number }[] = [];
      const check = async () => {
        await server.it.services.keyFiles.retire(server.it.clock.now());
        const kids = (await published()).map(({ kid }) => kid);
        for (const { token, until } of live) {
          if (server.it.clock.now() >= until) continue;
          expect(kids).toContain(headerOf(token).kid);
          expect(await api(token)).toBe(200);
        }
      };
      for (let hour = 0; hour < 36; hour += 3) {
        live.push({ token: await newToken(), until: server.it.clock.now() + LONGEST_TOKEN_SECONDS });
        await rotate(ALGORITHMS[2 + ((hour / 3) % 2)]!);
        await check();
        server.it.clock.advance(3 * 3600 - 1);
        await check();
        server.it.clock.advance(1);
      }
      server.it.clock.advance(LONGEST_TOKEN_SECONDS + 1);
      await check();
      expect(await published()).toHaveLength(2);
    });

    test('a token of a key that is gone is refused', async () => {
      await signBy('EdDSA');
      const token = await newToken();
      await rotate('EdDSA');
      server.it.clock.advance(LONGEST_TOKEN_SECONDS + 1);
      expect(await server.it.services.keyFiles.retire(server.it.clock.now())).toContain(headerOf(token).kid);
      expect(await api(token)).toBe(401);
    });

    test('no private part is published', async () => {
      expect(JSON.stringify(await published())).not.toMatch(/"(?:d|p|q|dp|dq|qi|k)":/);
    });
  });

  describe('two nodes on one data folder', () => {
    test('what one rotates, the other signs by, publishes and takes from the next request on', async () => {
      const before = await newToken();
      expect(await node.api(before)).toBe(200);
      await node.services.keyFiles.rotate('ES256', server.it.clock.now());
      await node.services.keyFiles.rotate('ES256', server.it.clock.now());
      const after = await newToken();
      expect(headerOf(after)).toMatchObject({ alg: 'ES256' });
      expect(await node.api(after)).toBe(200);
      expect(await node.api(before)).toBe(200);
      expect(await node.keyIds()).toEqual((await published()).map(({ kid }) => kid));
    });

    test('while one rotates again and again, every token of the other is good everywhere', async () => {
      let done = false;
      const rotations = (async () => {
        for (let i = 0; i < 12; i++) await node.services.keyFiles.rotate('EdDSA', server.it.clock.now());
        done = true;
      })();
      const tokens: string[] = [];
      while (!done || tokens.length < 5) tokens.push(await newToken());
      await rotations;
      for (const token of tokens) expect([await api(token), await node.api(token)]).toEqual([200, 200]);
    });
  });
});
