/** One target has one reader, the router: every admin route in every form of its target, letter by letter over a socket. */
import { beforeAll, describe, expect, test } from 'vitest';
import { onSqlite } from '../support/databases.ts';
import { type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { askRaw, type RawAnswer, targetForms } from '../support/raw-target.ts';
import { routesOf } from '../support/server-routes.ts';
import { staffTables } from '../support/staff.ts';

const OURS = '["127.0.0.0/8"]';
const SHOP_OWNER = 1; // 店舗オーナー in mtb_authority
/** Answers of a door that is shut: refused as a target, refused by the gate, or no address of anything. */
const SHUT = [400, 403, 404];

onSqlite((db) => {
  type Server = ReturnType<typeof useOAuthServer>;

  type Asked = { method: string; path: string };

  /** The routes that `mine` picks, as requests; `HEAD` goes with `GET`. */
  const routesAt = async (server: Server, mine: (url: string) => boolean): Promise<Asked[]> =>
    (await routesOf(server.it.services))
      .filter(({ method, url }) => method !== 'HEAD' && mine(url))
      .map(({ method, url }) => ({ method, path: url.replaceAll(/:\w+/g, '7').replace('*', 'nothing') }));

  /** What came through: the targets and their answers, for the message of a failure. */
  const through = async (
    server: Server,
    routes: readonly Asked[],
    headers: readonly string[],
    isThrough: (answer: RawAnswer) => boolean,
  ) => {
    const host = new URL(server.it.url).host;
    const found: string[] = [];
    for (const { method, path } of routes) {
      const asked = targetForms(path, host).map(async (target) => {
        const answer = await askRaw(server.it.url, { method, target, headers });
        if (isThrough(answer)) found.push(`${method} ${target} → ${answer.status}`);
      });
      await Promise.all(asked);
    }
    return found;
  };
  /** `/` leads to the admin and goes with it. Style sheets are many and one and the same kind. */
  const isAdmin = (url: string) => url === '/' || /^\/admin(\/|$)/.test(url);
  const isPage = (url: string) => isAdmin(url) && !url.startsWith('/admin/assets/') && !url.endsWith('*');

  describe('the gate of the admin', () => {
    const server = useOAuthServer(db, { ECCUBE_ADMIN_DENY_HOSTS: OURS });

    test('lets nobody in whose address is denied, however the target is written', async () => {
      const routes = await routesAt(server, isPage);
      expect(routes.length).toBeGreaterThan(60);
      const isThrough = ({ status, body }: RawAnswer) =>
        !(SHUT.includes(status) || body.includes('"status":"ok"')) || body.includes('name="_token"');
      expect(await through(server, routes, [], isThrough)).toEqual([]);
    });
  });

  describe('the gate of the rest', () => {
    const server = useOAuthServer(db, { ECCUBE_FRONT_DENY_HOSTS: OURS });

    test('lets nobody in whose address is denied, however the target is written', async () => {
      const routes = await routesAt(server, (url) => !isAdmin(url));
      expect(routes).toContainEqual({ method: 'POST', path: '/token' });
      const isThrough = ({ status, head }: RawAnswer) =>
        // The admin's own answers are behind the other gate.
        !SHUT.includes(status) && !/content-security-policy/i.test(head);
      expect(await through(server, routes, [], isThrough)).toEqual([]);
    });
  });

  describe('a member’s deny_url', () => {
    const server = useOAuthServer(db);
    let tab: HttpBrowser;
    beforeAll(async () => {
      const { store, clock } = server.it.services;
      await server.it.member('tencho', SHOP_OWNER);
      tab = await loggedIn(server.it, 'tencho');
      const at = store.kit.dateText(clock.now());
      const row = { create_date: at, update_date: at, discriminator_type: 'authorityrole' };
      const denied = ['/api', '/authorize', '/store'].map((deny_url) => ({
        authority_id: SHOP_OWNER,
        deny_url,
        ...row,
      }));
      await staffTables(store).deleteFrom('dtb_authority_role').execute();
      await staffTables(store)
        .insertInto('dtb_authority_role')
        .values(denied as never)
        .execute();
    });

    test('is refused, however the target is written', async () => {
      const routes = await routesAt(server, (url) => /^\/admin\/(api|authorize|store)/.test(url));
      expect(routes.length).toBeGreaterThan(30);
      const cookie = `cookie: tegata_session=${tab.cookie('tegata_session')}; tegata_browser=${tab.cookie('tegata_browser')}`;
      const isThrough = ({ status, body }: RawAnswer) =>
        !([...SHUT, 405].includes(status) || body.includes('"status":"ok"')) || /name="scopes"/.test(body);
      const came = await through(server, routes, [cookie], isThrough);
      // A POST without a form is none of these pages; `/admin` itself is allowed.
      expect(came.filter((one) => !one.startsWith('POST ') || !one.endsWith('415'))).toEqual([]);
    });
  });

  describe('a target in another form than origin form', () => {
    const server = useOAuthServer(db);

    test.each(['http://x/admin/login', '/admin/login#x', '/admin?#x', '*', 'http://x/health', '/health#'])(
      '%s is answered by 400, with the id of the request',
      async (target) => {
        const answer = await askRaw(server.it.url, { method: 'GET', target });
        expect(answer.status).toBe(400);
        expect(
          JSON.parse(answer.body.slice(answer.body.indexOf('{'), answer.body.lastIndexOf('}') + 1)),
        ).toEqual({
          error: 'invalid_request',
          request_id: expect.stringMatching(/^\w{16}$/),
        });
      },
    );
  });
});
