/** Given back to the plugin: what the integrations hold goes on there, and what changed here meanwhile is known there. */
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  endGrantsOfClient,
  registerClient,
  removeClient,
  renewSecret,
  switchClient,
} from '../../src/oauth/clients.ts';
import { judgeClientForm } from '../../src/oauth/rules/client-form.ts';
import { pluginClients } from '../../src/oauth/store/plugin-clients.ts';
import { finishTakeover, forgetOldKeys } from '../../src/takeover/finish.ts';
import { takeoverStatus } from '../../src/takeover/status.ts';
import { planUndo } from '../../src/takeover/undo.ts';
import { revoke } from '../oauth/support/asking.ts';
import { eachDatabase, onSqlite, type TestDatabase } from '../support/databases.ts';
import { type OAuthServer, useOAuthServer } from '../support/oauth-server.ts';
import { expectRefusal, isAlive, redeem, refresh, tokensOf } from '../support/oauth-walks.ts';
import {
  addPluginClient,
  installPlugin,
  type PhpPlugin,
  type PluginTokens,
  type PluginVersion,
  phpPlugin,
} from './support/plugin.ts';
import { ERP, giveShopBack, NOBODY, takeOverShop, URI } from './support/shop.ts';

const isPair = (answer: PluginTokens | string): answer is PluginTokens => typeof answer !== 'string';

async function newClient({ services }: OAuthServer, scopes: string[]) {
  const form = {
    name: '新しい連携',
    redirectUris: 'https://new.example/cb',
    scopes,
    grantTypes: ['authorization_code', 'refresh_token'],
    type: 'confidential',
    pkceRequired: false,
    pkce: 'auto',
  };
  const verdict = judgeClientForm(form);
  if (!verdict.ok) throw new Error(JSON.stringify(verdict.errors));
  const { client, secret } = await registerClient(services.clients, verdict.settings, NOBODY);
  return { clientId: client.clientId, secret: secret ?? '' };
}

function tellsOf(db: TestDatabase, version: PluginVersion) {
  describe(`given back to ${version}`, () => {
    const server = useOAuthServer(db, {}, (store) => installPlugin(store, version));
    let php: PhpPlugin;
    const held: { fromRefresh: string; fromCode: string; ofEnded: string; kept: string; untouched: string } =
      {
        fromRefresh: '',
        fromCode: '',
        ofEnded: '',
        kept: '',
        untouched: '',
      };
    let made: { clientId: string; secret: string };
    let newErpSecret: string;
    const rowsOf = async () =>
      Object.fromEntries(
        (await pluginClients(server.it.services.store.db)).map((row) => [row.identifier, row]),
      );

    beforeAll(async () => {
      const { store, clients } = server.it.services;
      php = phpPlugin(store, () => server.it.clock.now());
      for (const id of ['erp', 'ended', 'gone', 'off', 'same']) await addPluginClient(store, id);
      await addPluginClient(store, 'plainhttp', { uris: 'http://erp.example/cb' });
      held.untouched = (await php.issue()).refresh;
      const issued = await php.issue();
      expect(await takeOverShop(server.it.services)).toMatchObject({ blockers: ['refused_clients'] });
      expect(await takeOverShop(server.it.services, { allowRefused: true })).toMatchObject({ ok: true });
      await addPluginClient(store, 'since');
      const second = tokensOf(await refresh(server.it, ERP, issued.refresh));
      held.fromRefresh = tokensOf(await refresh(server.it, ERP, second.refresh)).refresh;
      held.fromCode = tokensOf(await redeem(server.it, ERP, await php.code(), URI)).refresh;
      const ended = { ...ERP, clientId: 'ended' };
      held.ofEnded = tokensOf(
        await refresh(server.it, ended, (await php.issue({ client: 'ended' })).refresh),
      ).refresh;
      held.kept = (await php.issue({ client: 'ended' })).refresh;
      await endGrantsOfClient(clients, 'ended', NOBODY);
      made = await newClient(server.it, ['read']);
      await newClient(server.it, ['read:products']);
      newErpSecret = (await renewSecret(clients, 'erp', 0, NOBODY)) ?? '';
      await removeClient(clients, 'gone', NOBODY);
      await switchClient(clients, 'off', false, NOBODY);
    });

    test('the plan of it writes nothing and says the same as the deed', async () => {
      const before = await rowsOf();
      const planned = await planUndo(server.it.services.takeover);
      expect(await rowsOf()).toEqual(before);
      const done = await giveShopBack(server.it.services);
      expect(done).toEqual({ ...planned, isNew: true });
      expect(
        done.ok && Object.fromEntries(done.clients.map((one) => [one.clientId, one.outcome])),
      ).toMatchObject({
        erp: 'changed',
        ended: 'same',
        gone: 'switched_off',
        off: 'changed',
        same: 'same',
        [made.clientId]: 'created',
      });
      expect(
        done.ok && done.clients.filter(({ outcome }) => outcome === 'stays').map(({ why }) => why),
      ).toEqual(['scopes']);
      expect(done.ok && done.ownRefreshTokens).toBe(0);
    });

    test('a second time changes nothing', async () => {
      const before = await rowsOf();
      expect(await giveShopBack(server.it.services)).toMatchObject({ ok: true, isNew: false });
      expect(await rowsOf()).toEqual(before);
    });

    test('the plugin knows the clients as they are now', async () => {
      const rows = await rowsOf();
      expect(rows[made.clientId]).toMatchObject({
        secret: made.secret,
        redirectUris: ['https://new.example/cb'],
        scopes: ['read'],
        grantTypes: ['authorization_code', 'refresh_token'],
        active: true,
      });
      expect([rows.erp?.secret, rows.gone?.active, rows.off?.active, rows.same?.active]).toEqual([
        newErpSecret,
        false,
        false,
        true,
      ]);
      // What did not come over is the plugin's as it was, and so is what it has made since.
      expect([rows.plainhttp?.active, rows.since?.active]).toEqual([true, true]);
    });

    test('each refresh token that Tegata issued is one of the plugin, once; what was ended here is ended there', async () => {
      for (const token of [held.fromRefresh, held.fromCode, held.untouched]) {
        const answer = await php.refresh(token);
        expect(isPair(answer)).toBe(true);
        expect(await php.refresh(token)).toBe('Token has been revoked');
      }
      expect(await php.refresh(held.ofEnded, 'ended')).toBe('Token has been revoked');
      expect(await php.refresh(held.kept, 'ended')).toBe('Token has been revoked');
    });

    test('what still comes in here is answered from the same rows', async () => {
      const late = await php.issue();
      const erp = { clientId: 'erp', secret: newErpSecret };
      const answered = tokensOf(await refresh(server.it, erp, late.refresh));
      expect(isPair(await php.refresh(answered.refresh))).toBe(true);
      expectRefusal(await refresh(server.it, erp, answered.refresh), 'invalid_grant');
    });

    test('taken over again, then finished: tokens are Tegata’s own, the plugin’s are honoured until they end', async () => {
      expect(await takeOverShop(server.it.services, { allowRefused: true })).toMatchObject({
        ok: true,
        isNew: true,
      });
      expect(await takeOverShop(server.it.services, { allowRefused: true })).toMatchObject({
        ok: true,
        isNew: false,
      });
      const waiting = await php.issue({ refreshLife: 31 * 86_400 });
      const { takeover, store } = server.it.services;
      const until = server.it.clock.now() + 32 * 86_400;
      const finished = { ok: true, isNew: true, state: 'finished', honouredUntil: until };
      expect(await finishTakeover(takeover, NOBODY)).toEqual(finished);
      expect(await finishTakeover(takeover, NOBODY)).toEqual({ ...finished, isNew: false });
      expect(await giveShopBack(server.it.services)).toEqual({ ok: false, reason: 'finished' });
      expect(await takeOverShop(server.it.services)).toEqual({ ok: false, blockers: ['finished'] });
      const erp = { clientId: 'erp', secret: newErpSecret };
      const own = tokensOf(await refresh(server.it, erp, waiting.refresh)).refresh;
      expect(own.startsWith('def50200')).toBe(false);
      expect(await store.db.selectFrom('tegata_takeover_secret').selectAll().execute()).toEqual([]);
      expect(await takeoverStatus(takeover)).toMatchObject({ state: 'finished', honouredUntil: until });
      const late = await php.issue();
      server.it.clock.advance(32 * 86_400);
      expectRefusal(await refresh(server.it, erp, late.refresh), 'invalid_grant');
      await forgetOldKeys(takeover);
      const { rows } = await sql<{ n: number }>`
        select password_sealed as n, public_key from tegata_takeover`.execute(store.db);
      expect(rows).toEqual([{ n: null, public_key: null }]);
    });
  });
}

eachDatabase((db) => tellsOf(db, 'Api42'));
onSqlite((db) => tellsOf(db, 'Api'));
onSqlite((db) => {
  describe('given back for good', () => {
    const server = useOAuthServer(db, {}, installPlugin);
    test('nothing of the plugin counts here any more', async () => {
      const { services, clock } = server.it;
      const php = phpPlugin(services.store, () => clock.now());
      await addPluginClient(services.store, 'erp');
      expect(await giveShopBack(services)).toEqual({ ok: false, reason: 'not_taken_over' });
      expect(await finishTakeover(services.takeover, NOBODY)).toEqual({
        ok: false,
        reason: 'not_taken_over',
      });
      await takeOverShop(services);
      const { access, refresh: token } = await php.issue();
      expect(await isAlive(server.it, access)).toBe(true);
      const ended = tokensOf(await refresh(server.it, ERP, (await php.issue()).refresh)).refresh;
      const later = tokensOf(await refresh(server.it, ERP, (await php.issue()).refresh)).refresh;
      await giveShopBack(services);
      // While addresses still lead here, an end here is one there, by the next undo or finish at the latest.
      await revoke(server.it, { client_id: 'erp', client_secret: ERP.secret }, ended);
      await giveShopBack(services);
      expect(await php.refresh(ended)).toBe('Token has been revoked');
      await revoke(server.it, { client_id: 'erp', client_secret: ERP.secret }, later);
      expect(await finishTakeover(services.takeover, NOBODY)).toMatchObject({ ok: true, state: 'ended' });
      expect(await php.refresh(later)).toBe('Token has been revoked');
      expect(await isAlive(server.it, access)).toBe(false);
      expectRefusal(await refresh(server.it, ERP, token), 'invalid_grant');
      expect(isPair(await php.refresh(token))).toBe(true);
      // And once more from the start.
      const again = await php.issue();
      expect(await takeOverShop(services)).toMatchObject({ ok: true, isNew: true });
      expect((await refresh(server.it, ERP, again.refresh)).status).toBe(200);
    });
  });
});

eachDatabase((db) => {
  describe('after a return', () => {
    const server = useOAuthServer(db, {}, installPlugin);
    test('what the plugin issues is its own, whatever was ended here before', async () => {
      const { services, clock } = server.it;
      const php = phpPlugin(services.store, () => clock.now());
      await addPluginClient(services.store, 'erp');
      await takeOverShop(services);
      const first = (await php.issue()).refresh;
      await endGrantsOfClient(services.clients, 'erp', NOBODY);
      await giveShopBack(services);
      expect(await php.refresh(first)).toBe('Token has been revoked');
      clock.advance(60);
      const approvedAnew = (await php.issue()).refresh;
      await giveShopBack(services);
      expect(isPair(await php.refresh(approvedAnew))).toBe(true);
      const [older, code] = [(await php.issue()).refresh, await php.code()];
      // Addresses may still lead here: what was issued until now is ended, what comes behind it is not.
      await endGrantsOfClient(services.clients, 'erp', NOBODY);
      clock.advance(60);
      const newer = (await php.issue()).refresh;
      expect(await finishTakeover(services.takeover, NOBODY)).toMatchObject({ ok: true, state: 'ended' });
      expect(await php.refresh(older)).toBe('Token has been revoked');
      expect(isPair(await php.refresh(newer))).toBe(true);
      expect(code).not.toBe('');
      const { rows } =
        await sql`select identifier from oauth2_authorization_code where revoked = false`.execute(
          services.store.db,
        );
      expect(rows).toEqual([]);
    });
  });
});
