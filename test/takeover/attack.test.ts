/** Whoever holds a string of the plugin, or knows its password, which is `<change.me>` in most shops, gets no more here than there. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { defuse } from '../../src/oauth/plugin/defuse.ts';
import { findClient } from '../../src/oauth/store/clients.ts';
import { applyTakeover } from '../../src/takeover/apply.ts';
import type { PluginKeys } from '../../src/takeover/deps.ts';
import { planTakeover } from '../../src/takeover/plan.ts';
import { revoke } from '../oauth/support/asking.ts';
import { secondNode } from '../oauth/support/second-node.ts';
import { eachDatabase, onSqlite } from '../support/databases.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { expectRefusal, isAlive, redeem, refresh, tokensOf } from '../support/oauth-walks.ts';
import {
  addPluginClient,
  installPlugin,
  PASSWORD,
  type PhpPlugin,
  phpPlugin,
  SECRET,
} from './support/plugin.ts';
import { ERP, KEYS, NOBODY, takeOverShop, URI, WISH } from './support/shop.ts';

const READER = { clientId: 'reader', secret: SECRET };
const LIMIT = { timeout: 60_000 };

const texts = defuse({ type: 'plain', text: PASSWORD });
const salt = randomBytes(32);
const sealed = (inside: object) => texts.encrypt(JSON.stringify(inside), salt, randomBytes(16));
const opened = async (text: string) =>
  JSON.parse((await texts.decrypt(text)) ?? '{}') as Record<string, unknown>;

eachDatabase((db) => {
  // Two connections of one process to one SQLite file would wait for each other in one thread.
  describe.skipIf(db.name === 'sqlite')('on two nodes at the same moment', () => {
    const server = useOAuthServer(db, {}, installPlugin);

    test('a code and a refresh token of the plugin are answered once', LIMIT, async () => {
      const { services, clock } = server.it;
      await addPluginClient(services.store, 'erp');
      await takeOverShop(services);
      const php = phpPlugin(services.store, () => clock.now());
      const other = await secondNode(server.it);
      try {
        const who = { client_id: ERP.clientId, client_secret: ERP.secret };
        const code = await php.code();
        const form = { ...who, ...URI, grant_type: 'authorization_code', code };
        const here = () => redeem(server.it, ERP, code, URI).then(({ status }) => status);
        const there = () => other.post('/token', form).then(({ statusCode }) => statusCode);
        const statuses = await Promise.all([here(), there(), here(), there()]);
        expect(statuses.sort()).toEqual([200, 400, 400, 400]);

        const live = await php.liveRefresh();
        const { refresh: token } = await php.issue();
        const again = { ...who, grant_type: 'refresh_token', refresh_token: token };
        const answers = await Promise.all([
          refresh(server.it, ERP, token).then(({ body }) => body.refresh_token),
          other.post('/token', again).then((answer) => answer.json().refresh_token as string),
          refresh(server.it, ERP, token).then(({ body }) => body.refresh_token),
          other.post('/token', again).then((answer) => answer.json().refresh_token as string),
        ]);
        // One successor, for whoever asks again within the grace: one live row, which the plugin would honour too.
        expect(new Set(answers).size).toBe(1);
        expect(await php.liveRefresh()).toBe(live + 1);
      } finally {
        await other.close();
      }
    });
  });
});

onSqlite((db) => {
  describe('what is forged', () => {
    const server = useOAuthServer(db, {}, installPlugin);
    let php: PhpPlugin;

    beforeAll(async () => {
      const { store } = server.it.services;
      php = phpPlugin(store, () => server.it.clock.now());
      await addPluginClient(store, 'erp');
      await addPluginClient(store, 'reader', { scopes: 'read' });
      await takeOverShop(server.it.services);
    });

    test(
      'a string of which any part was turned opens nothing, and costs its owner nothing',
      LIMIT,
      async () => {
        const { refresh: token } = await php.issue();
        const turned = (at: number) =>
          `${token.slice(0, at)}${token[at] === '0' ? '1' : '0'}${token.slice(at + 1)}`;
        // Header, salt, counter block, text, and both ends of the MAC.
        for (const at of [0, 7, 8, 71, 80, 120, token.length - 64, token.length - 1]) {
          expectRefusal(await refresh(server.it, ERP, turned(at)), 'invalid_grant');
        }
        for (const text of [`${token}00`, token.slice(0, -2), token.toUpperCase(), ` ${token}`]) {
          expectRefusal(await refresh(server.it, ERP, text), 'invalid_grant');
        }
        tokensOf(await refresh(server.it, ERP, token));
      },
    );

    test('who knows the password can make strings, but no rows', async () => {
      const { refresh: token } = await php.issue();
      const inside = await opened(token);
      const id = randomBytes(40).toString('hex');
      for (const other of [
        { ...inside, refresh_token_id: id },
        { ...inside, refresh_token_id: String(inside.access_token_id) },
        { ...inside, refresh_token_id: null },
        { ...inside, scopes: [['read']] },
        { ...inside, expire_time: '9999999999' },
        { ...inside, user_id: '' },
        [inside],
      ]) {
        expectRefusal(await refresh(server.it, ERP, await sealed(other)), 'invalid_grant');
      }
      tokensOf(await refresh(server.it, ERP, token));
    });

    test('a client gets no scope that it does not have, whatever it writes into its own token', async () => {
      const { refresh: token } = await php.issue({ client: 'reader', scopes: ['read'] });
      const wider = await sealed({ ...(await opened(token)), scopes: ['read', 'write'] });
      const { body } = await refresh(server.it, READER, wider);
      expect(`${body.scope ?? ''}`).not.toContain('write');
      const code = await php.code({ client: 'reader', scopes: ['read', 'write'] });
      const exchanged = await redeem(server.it, READER, code, URI);
      expect(`${exchanged.body.scope ?? ''}`).not.toContain('write');
    });

    test('another client’s token is neither honoured nor ended', async () => {
      const { refresh: token } = await php.issue();
      expectRefusal(await refresh(server.it, READER, token), 'invalid_grant');
      await revoke(server.it, { client_id: 'reader', client_secret: SECRET }, token);
      tokensOf(await refresh(server.it, ERP, token));
    });

    test('a code is no refresh token, and a refresh token no code', async () => {
      const [code, { refresh: token }] = [await php.code(), await php.issue()];
      expectRefusal(await refresh(server.it, ERP, code), 'invalid_grant');
      expectRefusal(await redeem(server.it, ERP, token, URI), 'invalid_grant');
      expect((await redeem(server.it, ERP, code, URI)).status).toBe(200);
      tokensOf(await refresh(server.it, ERP, token));
    });
  });
});

onSqlite((db) => {
  describe('taken over with', () => {
    const server = useOAuthServer(db, {}, installPlugin);
    let php: PhpPlugin;
    const apply = (keys: Partial<PluginKeys>) =>
      applyTakeover(server.it.services.takeover, { ...KEYS, ...keys }, WISH, NOBODY);

    beforeAll(async () => {
      php = phpPlugin(server.it.services.store, () => server.it.clock.now());
      await addPluginClient(server.it.services.store, 'erp');
    });

    test(
      'a wrong password and key: refused, until the right ones are given; nothing is lost',
      LIMIT,
      async () => {
        const { access, refresh: token } = await php.issue();
        const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
        const pem = other.export({ type: 'spki', format: 'pem' }).toString();
        await apply({
          password: { type: 'plain', text: 'not it' },
          signing: { ok: true, pem, bits: 2048, from: 'other.key' },
        });
        expectRefusal(await refresh(server.it, ERP, token), 'invalid_grant');
        expect(await isAlive(server.it, access)).toBe(false);
        expect(await apply({})).toMatchObject({ ok: true, isNew: false });
        expect(await isAlive(server.it, access)).toBe(true);
        tokensOf(await refresh(server.it, ERP, token));
      },
    );
  });
});

onSqlite((db) => {
  describe('clients as people have typed them', () => {
    const server = useOAuthServer(db, {}, installPlugin);
    const uris = 'https://a.example/cb?x=1&y=%E3%81%82 HTTPS://A.example/CB http://127.0.0.1:8080/cb';

    test('come as they are, letter by letter, or are named', async () => {
      const { store, takeover } = server.it.services;
      await addPluginClient(store, 'odd', { uris, scopes: ' read  write ' });
      await addPluginClient(store, 'every', { scopes: '' });
      await addPluginClient(store, 'nowhere', { uris: '' });
      await addPluginClient(store, 'fragment', { uris: 'https://a.example/cb#x' });
      const { clients, blockers } = await planTakeover(takeover, KEYS, WISH);
      expect(Object.fromEntries(clients.map((one) => [one.identifier, one.outcome]))).toEqual({
        odd: 'created',
        every: 'created',
        nowhere: 'refused',
        fragment: 'refused',
      });
      expect(blockers).toEqual(['refused_clients']);
      expect(await takeOverShop(server.it.services, { allowRefused: true })).toMatchObject({ ok: true });
      const odd = await findClient(store.db, 'odd');
      expect([odd?.redirectUris, odd?.scopes]).toEqual([uris.split(' '), ['read', 'write']]);
      expect((await findClient(store.db, 'every'))?.scopes).toEqual(['read', 'write']);
      expect(await findClient(store.db, 'nowhere')).toBeUndefined();
    });
  });
});
