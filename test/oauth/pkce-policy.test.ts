/** PKCE as a client's setting: not asked for until its app has used it, and demanded from then on. */
import { beforeAll, describe, expect, test } from 'vitest';
import { listEvents } from '../../src/audit/events.ts';
import { carryOut } from '../../src/database/hot/deed.ts';
import { changeClient } from '../../src/oauth/clients.ts';
import { type PkceChoice, TRIED_OUT_SECONDS } from '../../src/oauth/rules/pkce.ts';
import { learnPkce } from '../../src/oauth/store/client-pkce.ts';
import { findClient } from '../../src/oauth/store/clients.ts';
import { eachDatabase } from '../support/databases.ts';
import { answerOf, type HttpBrowser, hidden, loggedIn } from '../support/oauth-browser.ts';
import { CALLBACK, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { authorizePath, makePkce, newCode, redeem, tokensOf } from '../support/oauth-walks.ts';

const NOBODY = { loginId: null, clientIp: null, requestId: null };

eachDatabase((database) => {
  const server = useOAuthServer(database);
  let browser: HttpBrowser;

  beforeAll(async () => {
    browser = await loggedIn(server.it);
  });

  /** One whose first week is over. */
  async function grown(): Promise<TestClient> {
    const client = await server.it.client({ pkce: 'auto' });
    const { store, clock } = server.it.services;
    await store.db
      .updateTable('tegata_client')
      .set({ created_at: clock.now() - TRIED_OUT_SECONDS })
      .where('client_id', '=', client.clientId)
      .execute();
    return client;
  }

  const policyOf = async ({ clientId }: TestClient) =>
    (await findClient(server.it.services.store.db, clientId))?.pkce;

  const events = async ({ clientId }: TestClient) =>
    (await listEvents(server.it.services.store.db, { limit: 100, clientId }))
      .map(({ kind }) => kind)
      .filter((kind) => kind === 'pkce_learned');

  async function withPkce(client: TestClient): Promise<void> {
    const { verifier, challenge } = makePkce();
    const code = await newCode(browser, client, challenge);
    tokensOf(await redeem(server.it, client, code, { code_verifier: verifier }));
  }

  /** The error that the app gets for a request without PKCE; null = the consent page. */
  async function refusedWithout({ clientId }: TestClient): Promise<string | null> {
    const answer = await browser.get(authorizePath(clientId));
    return answer.status === 200 ? null : answerOf(answer).get('error');
  }

  async function choose({ clientId }: TestClient, pkce: PkceChoice): Promise<void> {
    const { clients, store } = server.it.services;
    const client = await findClient(store.db, clientId);
    if (!client) throw new Error('the client is gone');
    await changeClient(clients, clientId, { ...client, pkce }, NOBODY);
  }

  describe('BCP-15, ASVS-10.4.6: on auto', () => {
    test('an app may go without PKCE for as long as it never used it', async () => {
      const client = await server.it.client({ pkce: 'auto' });
      for (let i = 0; i < 2; i++) tokensOf(await redeem(server.it, client, await newCode(browser, client)));
      expect([await refusedWithout(client), await policyOf(client)]).toEqual([null, 'auto']);
    });

    test('a code from before PKCE was demanded is no way around it', async () => {
      const client = await server.it.client({ pkce: 'auto' });
      const code = await newCode(browser, client);
      await choose(client, 'required');
      const { status, body } = await redeem(server.it, client, code);
      expect([status, body]).toMatchObject([400, { error: 'invalid_grant' }]);
      await choose(client, 'optional');
      expect((await redeem(server.it, client, code)).status).toBe(400);
    });

    test('in its first week an app may be tried with PKCE and without', async () => {
      const client = await server.it.client({ pkce: 'auto' });
      await withPkce(client);
      expect([await refusedWithout(client), await policyOf(client), await events(client)]).toEqual([
        null,
        'auto',
        [],
      ]);
    });

    test('the first authorization with PKCE demands it from then on, and says so once', async () => {
      const client = await grown();
      await withPkce(client);
      expect([await refusedWithout(client), await policyOf(client)]).toEqual(['invalid_request', 'learned']);
      await withPkce(client);
      expect(await events(client)).toEqual(['pkce_learned']);
    });

    test('a code that is not redeemed, or with a wrong verifier, teaches nothing', async () => {
      const client = await grown();
      const code = await newCode(browser, client, makePkce().challenge);
      const { status } = await redeem(server.it, client, code, { code_verifier: makePkce().verifier });
      expect([status, await policyOf(client), await events(client)]).toEqual([400, 'auto', []]);
    });

    test('of many codes at once, one finds it out', async () => {
      const client = await grown();
      const codes: { code: string; verifier: string }[] = [];
      for (let i = 0; i < 4; i++) {
        const { verifier, challenge } = makePkce();
        codes.push({ verifier, code: await newCode(browser, client, challenge) });
      }
      const answers = await Promise.all(
        codes.map(({ code, verifier }) => redeem(server.it, client, code, { code_verifier: verifier })),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      expect(await events(client)).toEqual(['pkce_learned']);
    });

    test('what is saved meanwhile keeps what was learned; only beginning anew forgets it', async () => {
      const client = await grown();
      await withPkce(client);
      await choose(client, 'auto');
      expect(await policyOf(client)).toBe('learned');
      await choose(client, 'again');
      expect([await refusedWithout(client), await policyOf(client)]).toEqual([null, 'auto']);
      await withPkce(client);
      expect(await policyOf(client)).toBe('learned');
    });
  });

  test('the page says why it is required, and can set it back', async () => {
    const client = await grown();
    const path = `/admin/api/oauth/${client.clientId}`;
    expect((await browser.get(path)).body).not.toContain('value="again"');
    await withPkce(client);
    const page = await browser.get(path);
    expect(page.body).toContain('アプリがPKCEを使っているため、いまは必須です。');
    const saved = await browser.post(path, {
      _token: hidden(page, '_token'),
      name: '在庫くん',
      redirect_uris: CALLBACK,
      scopes: 'read',
      grants: 'authorization_code',
      pkce: 'again',
    });
    expect([saved.status, await policyOf(client)]).toEqual([303, 'auto']);
    expect((await browser.get(`/admin/api/audit?q=${client.clientId}`)).body).toContain(
      'アプリがPKCEを使ったため、このクライアントではPKCEが必須になりました',
    );
  });

  test.each<[PkceChoice, string | null]>([
    ['optional', null],
    ['required', 'invalid_request'],
  ])('%s stays what it is, whatever the app does', async (pkce, error) => {
    const client = await server.it.client({ pkce });
    await withPkce(client);
    const { store, clock } = server.it.services;
    const learn = () => learnPkce(store.db, client.clientId, clock.now());
    expect([await carryOut(store.db, learn), await policyOf(client)]).toEqual([false, pkce]);
    expect(await refusedWithout(client)).toBe(error);
  });
});
