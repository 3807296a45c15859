/** The fate of each thing that EC-CUBE's plugin issued, once the shop was taken over. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { endGrantsOfClient } from '../../src/oauth/clients.ts';
import { revokeGrantsOfMember } from '../../src/staff/store/members.ts';
import { planTakeover } from '../../src/takeover/plan.ts';
import { revoke } from '../oauth/support/asking.ts';
import { eachDatabase } from '../support/databases.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { atOnce, expectRefusal, isAlive, redeem, refresh, tokensOf } from '../support/oauth-walks.ts';
import {
  addPluginClient,
  installPlugin,
  type PhpPlugin,
  type PluginTokens,
  phpPlugin,
  REDIRECT,
  SECRET,
} from './support/plugin.ts';
import { ERP, KEYS, NOBODY, takeOverShop, URI, WISH } from './support/shop.ts';

eachDatabase((db) => {
  describe('what the plugin issued', () => {
    const server = useOAuthServer(db, {}, installPlugin);
    let php: PhpPlugin;

    beforeAll(async () => {
      const { store } = server.it.services;
      php = phpPlugin(store, () => server.it.clock.now());
      await addPluginClient(store, 'erp');
      await addPluginClient(store, 'short', { secret: 'abc', scopes: 'read' });
    });

    test('before it nothing of the plugin counts', async () => {
      const { access, refresh: token } = await php.issue();
      expect(await isAlive(server.it, access)).toBe(false);
      await server.it.services.store.db.deleteFrom('tegata_client').execute();
      expect((await refresh(server.it, ERP, token)).status).toBe(401);
      expect((await planTakeover(server.it.services.takeover, KEYS, WISH)).tokens).toEqual({
        access: 1,
        refresh: 1,
        codes: 0,
      });
    });

    describe('taken over', () => {
      let given: PluginTokens;
      beforeAll(async () => {
        given = await php.issue();
        const result = await takeOverShop(server.it.services);
        expect(result).toMatchObject({ ok: true, isNew: true });
      });

      test('a live access token goes on, whatever its kid, until the plugin’s row or its time ends', async () => {
        const named = await php.issue({ kid: 'anything' });
        expect(await isAlive(server.it, given.access)).toBe(true);
        expect(await isAlive(server.it, named.access)).toBe(true);
        expect(await isAlive(server.it, (await php.issue({ accessLife: -1 })).access)).toBe(false);
        await php.refresh(named.refresh);
        server.it.clock.advance(1);
        expect(await isAlive(server.it, named.access)).toBe(false);
        const forged = `${given.access.slice(0, -8)}AAAAAAAA`;
        expect(await isAlive(server.it, forged)).toBe(false);
      });

      test('a refresh token is honoured once, here or there, and its reuse ends the family', async () => {
        const first = await php.issue();
        const second = tokensOf(await refresh(server.it, ERP, first.refresh));
        expect(await isAlive(server.it, second.access)).toBe(true);
        expect(await php.refresh(first.refresh)).toBe('Token has been revoked');
        // A lost answer is given again.
        expect(tokensOf(await refresh(server.it, ERP, first.refresh)).refresh).toBe(second.refresh);
        const third = tokensOf(await refresh(server.it, ERP, second.refresh));
        expectRefusal(await refresh(server.it, ERP, first.refresh), 'invalid_grant');
        expectRefusal(await refresh(server.it, ERP, third.refresh), 'invalid_grant');
        expect(await isAlive(server.it, third.access)).toBe(false);
      });

      test('what the plugin has spent, revoked, or given to another client is refused', async () => {
        const spent = await php.issue();
        await php.refresh(spent.refresh);
        expectRefusal(await refresh(server.it, ERP, spent.refresh), 'invalid_grant');
        const revoked = await php.issue();
        await php.revokeRefresh(revoked.refresh);
        expectRefusal(await refresh(server.it, ERP, revoked.refresh), 'invalid_grant');
        const expired = await php.issue({ refreshLife: -1 });
        expectRefusal(await refresh(server.it, ERP, expired.refresh), 'invalid_grant');
        const others = await php.issue({ client: 'short', scopes: ['read'] });
        expectRefusal(await refresh(server.it, ERP, others.refresh), 'invalid_grant');
        expectRefusal(await refresh(server.it, ERP, `${others.refresh.slice(0, -2)}00`), 'invalid_grant');
        const stranger = await php.issue({ login: 'nobody-of-this-name' });
        expectRefusal(await refresh(server.it, ERP, stranger.refresh), 'invalid_grant');
      });

      test('a code is honoured once with its redirect URI and challenge, and its replay ends what came of it', async () => {
        const verifier = 'v'.repeat(50);
        const challenge = createHash('sha256').update(verifier).digest('base64url');
        const code = await php.code({ challenge, method: 'S256' });
        const tokens = tokensOf(await redeem(server.it, ERP, code, { ...URI, code_verifier: verifier }));
        expect(await isAlive(server.it, tokens.access)).toBe(true);
        expectRefusal(
          await redeem(server.it, ERP, code, { ...URI, code_verifier: verifier }),
          'invalid_grant',
        );
        expect(await isAlive(server.it, tokens.access)).toBe(false);
        const plain = await php.code({ challenge: verifier, method: 'plain' });
        expectRefusal(
          await redeem(server.it, ERP, plain, { ...URI, code_verifier: 'w'.repeat(50) }),
          'invalid_grant',
        );
        const open = await php.code();
        expectRefusal(
          await redeem(server.it, ERP, open, { redirect_uri: `${REDIRECT}/other` }),
          'invalid_grant',
        );
        expectRefusal(await redeem(server.it, ERP, await php.code({ life: -1 }), URI), 'invalid_grant');
        expect((await redeem(server.it, ERP, await php.code(), URI)).status).toBe(200);
      });

      test('of ten redemptions and ten refreshes at once each has one winner', async () => {
        const code = await php.code();
        const redeemed = await atOnce(server.it, 10, () => redeem(server.it, ERP, code, URI));
        expect(redeemed.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(400)]);
        const { refresh: token } = await php.issue();
        const answers = await atOnce(server.it, 10, () => refresh(server.it, ERP, token));
        const successors = new Set(answers.map(({ body }) => body.refresh_token));
        expect([successors.size, answers.map(({ status }) => status)]).toEqual([1, Array(10).fill(200)]);
      });

      test('ending is not slept through: by the client, by staff, by a new password of the approver', async () => {
        const one = await php.issue();
        expect(await isAlive(server.it, one.access)).toBe(true);
        await revoke(server.it, { client_id: 'erp', client_secret: SECRET }, one.refresh);
        expect(await isAlive(server.it, one.access)).toBe(false);
        expectRefusal(await refresh(server.it, ERP, one.refresh), 'invalid_grant');
        const unseen = await php.issue();
        // In the very second in which they are ended, and a fraction of it before.
        const sameSecond = await phpPlugin(server.it.services.store, () => server.it.clock.now() + 1).issue();
        await endGrantsOfClient(server.it.services.clients, 'erp', NOBODY);
        expectRefusal(await refresh(server.it, ERP, unseen.refresh), 'invalid_grant');
        expect(await isAlive(server.it, unseen.access)).toBe(false);
        expect(await isAlive(server.it, sameSecond.access)).toBe(false);
        server.it.clock.advance(1);
        const memberId = await server.it.member('approver', 0);
        const theirs = await php.issue({ login: 'approver' });
        expect(await isAlive(server.it, theirs.access)).toBe(true);
        const { store } = server.it.services;
        const unseenToo = await php.issue({ login: 'approver' });
        await revokeGrantsOfMember(store.db, memberId, 'password_changed', server.it.clock.now());
        expectRefusal(await refresh(server.it, ERP, unseenToo.refresh), 'invalid_grant');
        server.it.clock.advance(1);
        expect(await isAlive(server.it, theirs.access)).toBe(false);
      });
    });
  });
});
