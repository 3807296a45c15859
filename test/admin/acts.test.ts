/** What each act of the admin demands, asked of the server's own routes: who may, and whether the password is due again. */
import { beforeAll, describe, expect, test } from 'vitest';
import { switchClient } from '../../src/oauth/clients.ts';
import { type Act, DEMANDS } from '../../src/staff/rules/acts.ts';
import { SESSION_SECONDS } from '../../src/staff/rules/session.ts';
import { eachDatabase } from '../support/databases.ts';
import { type Answer, type HttpBrowser, hidden, loggedIn } from '../support/oauth-browser.ts';
import { ADMIN, CALLBACK, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { adminRoutesOf, type Route } from '../support/server-routes.ts';
import { staffTables } from '../support/staff.ts';

const SHOP_OWNER = 1; // 店舗オーナー in mtb_authority
const NEW = '/admin/api/oauth/new';
const ONLY_ADMIN = 'この操作はシステム管理者だけが行えます。';
const NOBODY = { loginId: null, clientIp: null, requestId: null };
const STALE = SESSION_SECONDS.confirmed;

/** Every route that changes something, by what it demands: a new one has to be put here by somebody who thought about it. */
const ROUTES: Readonly<Record<string, readonly Act[]>> = {
  'nobody is logged in yet': ['login', 'logout', 'login.secondStep', 'login.enrol', 'authorization.decide'],
  'a member': [
    'password.change',
    'session.end',
    'client.disable',
    'client.endSecret',
    'client.delete',
    'grant.end',
    'tokens.clear',
    'token.forget',
    'webhook.pause',
    'webhook.delete',
    'webhook.test',
    'webhook.resend',
    'feed.install',
    'feed.remove',
    'api.disable',
    'job.cancel',
    'key.retire',
  ],
  'a member, password': ['factor.enrol', 'factor.remove', 'factor.recoveryCodes', 'key.rotate'],
  'システム管理者, password': [
    'client.register',
    'client.change',
    'client.enable',
    'client.newSecret',
    'token.fetch',
    'webhook.register',
    'webhook.change',
    'webhook.takeOver',
    'job.upload',
    'webhook.resume',
    'takeover.apply',
    'takeover.undo',
    'takeover.finish',
    'api.enable',
    'key.retireNow',
  ],
};

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let posts: Route[] = [];
  let client: TestClient;
  beforeAll(async () => {
    posts = (await adminRoutesOf(server.it.services)).filter(({ method }) => method === 'POST');
    client = await server.it.client();
    await server.it.member('tencho', SHOP_OWNER);
    await staffTables(server.it.services.store).deleteFrom('dtb_authority_role').execute();
  });

  const token = async (tab: HttpBrowser) => hidden(await tab.get('/admin/store/plugin/disable'), '_token');
  const actsOf = (kind: string) => posts.filter(({ config }) => ROUTES[kind]?.includes(config?.act as Act));
  const pathOf = ({ url }: Route) =>
    url
      .replace(':client_id', client.clientId)
      .replace(':kid', server.it.services.keyFiles.keys()[0]?.kid ?? '')
      .replaceAll(/:\w+/g, '7');
  /** Rows that give somebody something. */
  const access = async () => {
    const { db: own } = server.it.services.store;
    const tables = ['tegata_client', 'tegata_client_secret', 'tegata_webhook', 'tegata_setting'] as const;
    return Promise.all(tables.map((table) => own.selectFrom(table).selectAll().execute()));
  };
  const clients = async () =>
    (await server.it.services.store.db.selectFrom('tegata_client').select('name').execute()).map(
      ({ name }) => name,
    );
  const stale = async (loginId?: string) => {
    const tab = await loggedIn(server.it, loginId);
    server.it.clock.advance(STALE);
    return tab;
  };
  const asks = ({ body }: Answer) => body.includes('name="password"') && body.includes('type="password"');

  test('every route that changes something names its act, and each act is thought about', () => {
    expect(posts.length).toBeGreaterThan(30);
    expect(posts.filter(({ config }) => config?.act === undefined).map(({ url }) => url)).toEqual([]);
    const used = new Set(posts.map(({ config }) => config?.act));
    const known = Object.keys(DEMANDS).filter((name) => name !== 'page.missing');
    expect([...used].sort()).toEqual(known.sort());
    expect(Object.values(ROUTES).flat().sort()).toEqual(known.sort());
  });

  test('a route without an act keeps the server from starting', async () => {
    const { default: Fastify } = await import('fastify');
    const { demandActs } = await import('../../src/admin/demands.ts');
    const app = Fastify();
    demandActs(app);
    expect(() => app.post('/x', async () => '')).toThrow('names no act');
    expect(() => app.get('/x', async () => '')).not.toThrow();
    await app.close();
  });

  test('whoever may not consent gives nobody access by another way, and is told why', async () => {
    const tab = await loggedIn(server.it, 'tencho');
    const before = await access();
    const giving = actsOf('システム管理者, password');
    expect(giving.length).toBeGreaterThan(10);
    for (const route of giving) {
      const fields = { _token: await token(tab), password: ADMIN.password };
      const answer = await tab.post(pathOf(route), fields);
      expect([answer.status, answer.body.includes(ONLY_ADMIN)], route.url).toEqual([403, true]);
      expect(answer.body).toContain(answer.headers.get('x-request-id'));
    }
    expect(await access()).toEqual(before);
    for (const path of [NEW, '/admin/api/webhook/new']) expect((await tab.get(path)).status).toBe(403);
  });

  test('a browser that was left open does nothing that asks for the password, and keeps what was typed', async () => {
    const tab = await stale();
    const before = await access();
    const guarded = [...actsOf('システム管理者, password'), ...actsOf('a member, password')];
    for (const route of guarded) {
      for (const password of ['', 'wrong']) {
        const fields = { _token: await token(tab), password, description: '入力<途中>', alg: 'ES256' };
        const answer = await tab.post(pathOf(route), fields);
        // A member who has no second step has no codes to renew: sent to where one begins.
        const renews = route.config?.act === 'factor.recoveryCodes';
        expect([answer.status, asks(answer)], `${route.url} ${answer.body.slice(0, 200)}`).toEqual(
          renews ? [303, false] : [200, true],
        );
        await server.it.services.store.db.deleteFrom('tegata_throttle').execute();
      }
    }
    expect(await access()).toEqual(before);
  });

  test('what takes access away asks for nothing', async () => {
    const tab = await stale('tencho');
    for (const route of actsOf('a member')) {
      if (route.url.endsWith('/change_password') || route.url.includes('/store/plugin')) continue;
      const answer = await tab.post(pathOf(route), { _token: await token(tab) });
      expect([200, 303, 404], `${route.url} ${answer.status}`).toContain(answer.status);
      expect(asks(answer), route.url).toBe(false);
      client = await server.it.client();
    }
  });

  describe('what was done before', () => {
    // The P-256 key of RFC 7517 A.1.
    const KEYS = `{"keys":[{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","kid":"mine"}]}`;
    const form = (extra: Record<string, string> = {}) => ({
      name: '新しい名前',
      redirect_uris: CALLBACK,
      scopes: 'read',
      grants: 'authorization_code',
      client_type: 'confidential',
      ...extra,
    });
    const keyForm = { token_profile: 'compat', auth_methods: 'private_key_jwt', jwks: KEYS };
    const stored = async (clientId: string) =>
      server.it.services.store.db
        .selectFrom('tegata_client')
        .select(['jwks', 'name'])
        .where('client_id', '=', clientId)
        .executeTakeFirstOrThrow();

    test('keys of one’s own by the edit form: only after the password, and then as they were typed', async () => {
      const mine = await server.it.client({ name: '以前の名前' });
      const tab = await stale();
      const path = `/admin/api/oauth/${mine.clientId}`;
      const fields = { ...form(), ...keyForm, _token: hidden(await tab.get(path), '_token') };
      const asked = await tab.post(path, fields);
      expect([asked.status, asks(asked)]).toEqual([200, true]);
      expect(await stored(mine.clientId)).toEqual({ jwks: null, name: '以前の名前' });
      const text = (html: string) => html.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
      const kept = [...asked.body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
        ([, name = '', value = '']): [string, string] => [name, text(value)],
      );
      const again = new URLSearchParams([...kept, ['password', ADMIN.password]]);
      const done = await tab.post(path, again.toString());
      expect(done.location).toBe(path);
      expect(await stored(mine.clientId)).toEqual({ jwks: KEYS, name: '新しい名前' });
    });

    test('a client that needs no consent, by a member who may not consent', async () => {
      const tab = await loggedIn(server.it, 'tencho');
      const fields = { ...form({ name: '全部', grants: 'client_credentials' }), _token: await token(tab) };
      expect((await tab.post(NEW, fields)).status).toBe(403);
      expect(await clients()).not.toContain('全部');
    });

    test('a client that was switched off is not switched on again by them', async () => {
      const mine = await server.it.client();
      await switchClient(server.it.services.clients, mine.clientId, false, NOBODY);
      const tab = await loggedIn(server.it, 'tencho');
      const answer = await tab.post(`/admin/api/oauth/${mine.clientId}/enable`, { _token: await token(tab) });
      expect(answer.status).toBe(403);
    });

    test('a forged form does not get as far as the password', async () => {
      const tab = await stale();
      const answer = await tab.post(NEW, { ...form(), password: ADMIN.password, _token: 'x' });
      expect(answer.status).toBe(403);
      const [event] = await server.it.services.store.db
        .selectFrom('tegata_event')
        .selectAll()
        .orderBy('event_id', 'desc')
        .limit(1)
        .execute();
      expect(event?.kind).not.toMatch(/^password_/);
    });
  });
});
