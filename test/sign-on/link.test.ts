/** The login by EC-CUBE's admin over real HTTP: the ticket is made by the plugin's own PHP, two servers share one database. */
import { beforeAll, describe, expect, test } from 'vitest';
import { LINK_CLOCK_SECONDS, LINK_TICKET_SECONDS } from '../../src/staff/rules/link-ticket.ts';
import { appCode } from '../support/authenticator.ts';
import { eachDatabase, onSqlite } from '../support/databases.ts';
import { describeUnless } from '../support/left-out.ts';
import { type HttpBrowser, hidden, newBrowser } from '../support/oauth-browser.ts';
import { type OAuthServer, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { authorizePath } from '../support/oauth-walks.ts';
import { staffTables } from '../support/staff.ts';
import { LACKING_PHP, php } from './php.ts';

const SECRET = 'a-secret-that-both-sides-know-0123456789';
const ISSUER = 'http://localhost:3999';
const AUDIENCE = `${ISSUER}/admin/login/link`;
const TICKETS = 'https://shop.example/admin/tegata_link/ticket';
const ENV = {
  PUBLIC_URL: ISSUER,
  TEGATA_PATH: '/admin',
  TEGATA_SHOP_URL: 'https://shop.example',
  TEGATA_LINK_SECRET: SECRET,
};
const LINK = '/admin/login/link';
const ADMIN_ID = 1;

type Wish = { audience?: string; id?: number; loginId?: string; at?: number; secret?: string };

const MAKE = `require 'Ticket.php'; list(, $aud, $id, $lid, $cha, $at, $key) = $argv;
  echo Plugin\\TegataLink\\Ticket::make($aud, $id, $lid, $cha, $at, $key);`;

function ticketFor(server: OAuthServer, challenge: string, wish: Wish = {}): string {
  const { audience = AUDIENCE, id = ADMIN_ID, loginId = 'admin', secret = SECRET } = wish;
  const at = wish.at ?? server.clock.now();
  return php(MAKE, audience, String(id), loginId, challenge, String(at), secret);
}

/** As far as EC-CUBE; what it is asked with. */
async function begin(browser: HttpBrowser, from = LINK): Promise<string> {
  const answer = await browser.get(from);
  const [address, query] = answer.location.split('?');
  expect([answer.status, address]).toEqual([303, TICKETS]);
  return new URLSearchParams(query).get('challenge') ?? '';
}

const bring = (browser: HttpBrowser, ticket: string) =>
  browser.get(`${LINK}?${new URLSearchParams({ ticket })}`);

const isIn = async (browser: HttpBrowser) => (await browser.get('/admin')).status === 200;

/** Two servers of one process cannot wait for each other's SQLite file: the one that waits stops both. */
async function inTurn<T>(deeds: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  for (const deed of deeds) results.push(await deed());
  return results;
}

describeUnless(LACKING_PHP, 'the login by EC-CUBE’s admin', () => {
  eachDatabase((db) => {
    const one = useOAuthServer(db, ENV);
    const other = useOAuthServer(db, ENV);

    test('a ticket logs in once, on whichever of two servers it arrives first', async () => {
      const browser = newBrowser(one.it);
      const ticket = ticketFor(one.it, await begin(browser));
      const elsewhere = browser.copy();
      const there = newBrowser(other.it);
      there.setCookie('tegata_link', browser.cookie('tegata_link') ?? '');
      const visits = [
        () => bring(browser, ticket),
        () => bring(there, ticket),
        () => bring(elsewhere, ticket),
      ];
      const answers =
        db.name === 'sqlite' ? await inTurn(visits) : await Promise.all(visits.map((go) => go()));
      expect(answers.map(({ status }) => status).sort()).toEqual([303, 403, 403]);
      const refused = answers.find(({ status }) => status === 403);
      expect(refused?.body).toContain('このチケットは使用済みです。');
    });
  });

  onSqlite((db) => {
    const server = useOAuthServer(db, ENV);
    let client: TestClient;
    beforeAll(async () => {
      client = await server.it.client();
      await server.it.member('gone', 1);
      await server.it.member('guarded', 0);
    });

    const loggedIn = async (wish: Wish = {}) => {
      const browser = newBrowser(server.it);
      return { browser, answer: await bring(browser, ticketFor(server.it, await begin(browser), wish)) };
    };
    const idOf = async (loginId: string) =>
      (
        await staffTables(server.it.services.store)
          .selectFrom('dtb_member')
          .select('id')
          .where('login_id', '=', loginId)
          .executeTakeFirstOrThrow()
      ).id;
    const lastEvent = async () =>
      server.it.services.store.db
        .selectFrom('tegata_event')
        .selectAll()
        .orderBy('event_id', 'desc')
        .executeTakeFirstOrThrow();

    test('the login page offers it; it leads in, and leaves behind what every login does', async () => {
      expect((await newBrowser(server.it).get('/admin/login')).body).toContain(
        'EC-CUBEの管理画面のログインで続ける',
      );
      const { browser, answer } = await loggedIn();
      expect([answer.status, answer.location]).toEqual([303, '/admin']);
      expect(await isIn(browser)).toBe(true);
      expect(browser.cookie('tegata_link')).toBe(undefined);
      const event = await lastEvent();
      expect([event.kind, event.login_id, JSON.parse(event.detail ?? '{}')]).toEqual([
        'login_ok',
        'admin',
        { secondStep: 'none', by: 'link' },
      ]);
      const history = await staffTables(server.it.services.store)
        .selectFrom('dtb_login_history')
        .selectAll()
        .orderBy('id', 'desc')
        .executeTakeFirstOrThrow();
      expect([history.user_name, history.login_history_status_id]).toEqual(['admin', 1]);
    });

    test('an act that wants the password anew asks for it: the ticket was none', async () => {
      const { browser } = await loggedIn();
      const form = await browser.get('/admin/two_factor_auth/edit');
      const answer = await browser.post('/admin/two_factor_auth/edit', {
        code: '000000',
        _token: hidden(form, '_token'),
      });
      expect(answer.body).toContain('name="password"');
    });

    test('Tegata’s second step is asked all the same', async () => {
      const key = 'JBSWY3DPEHPK3PXP';
      await staffTables(server.it.services.store)
        .updateTable('dtb_member')
        .set({ two_factor_auth_key: key, two_factor_auth_enabled: true })
        .where('login_id', '=', 'guarded')
        .execute();
      const { browser, answer } = await loggedIn({ id: await idOf('guarded'), loginId: 'guarded' });
      expect(answer.location).toBe('/admin/two_factor_auth/auth');
      expect(await isIn(browser)).toBe(false);
      const page = await browser.get(answer.location);
      const code = appCode(key, server.it.clock.now());
      expect((await browser.post(answer.location, { code, _token: hidden(page, '_token') })).location).toBe(
        '/admin',
      );
      expect(JSON.parse((await lastEvent()).detail ?? '{}')).toEqual({ secondStep: 'code', by: 'link' });
    });

    test('an authorization goes there without a click, once, and comes back to its own request', async () => {
      const browser = newBrowser(server.it);
      const path = authorizePath(client.clientId);
      const first = await browser.get(path);
      expect(first.location.startsWith(`${LINK}?request=`)).toBe(true);
      const challenge = await begin(browser, first.location);
      expect((await browser.get(path)).location.startsWith('/admin/login?request=')).toBe(true);
      const answer = await bring(browser, ticketFor(server.it, challenge));
      expect(answer.location.startsWith('/admin/authorize?')).toBe(true);
      expect((await browser.get(answer.location)).body).toContain('許可する');
    });

    test('the entries of EC-CUBE’s menu lead to their pages; another word, or an address, leads nowhere else', async () => {
      for (const [word, place] of [
        ['oauth', '/admin/api/oauth'],
        ['webhook', '/admin/api/webhook'],
        ['https://evil.example', '/admin'],
        ['//evil.example', '/admin'],
      ]) {
        const browser = newBrowser(server.it);
        const to = new URLSearchParams({ to: word ?? '' });
        const answer = await bring(browser, ticketFor(server.it, await begin(browser, `${LINK}?${to}`)));
        expect(answer.location).toBe(place);
        expect((await browser.get(`${LINK}?${to}`)).location).toBe(place);
      }
    });

    test('what the authority is denied stays denied', async () => {
      const { store, clock } = server.it.services;
      const now = store.kit.dateText(clock.now());
      const role = {
        authority_id: 1,
        deny_url: '/api',
        create_date: now,
        update_date: now,
        discriminator_type: 'authorityrole',
      };
      await staffTables(store)
        .insertInto('dtb_authority_role')
        .values({ id: 99, ...role })
        .execute();
      await server.it.member('owner', 1);
      const { browser } = await loggedIn({ id: await idOf('owner'), loginId: 'owner' });
      expect((await browser.get('/admin/api/oauth')).status).toBe(403);
      expect(await isIn(browser)).toBe(true);
    });

    describe('it is refused, with a page that says why', () => {
      const refused = async (wish: Wish) => {
        const { browser, answer } = await loggedIn(wish);
        expect(await isIn(browser)).toBe(false);
        return [answer.status, answer.body] as const;
      };

      test('after 30 seconds, and from a clock that is ahead', async () => {
        const now = server.it.clock.now();
        expect((await loggedIn({ at: now - LINK_TICKET_SECONDS })).answer.status).toBe(303);
        const [status, body] = await refused({ at: now - LINK_TICKET_SECONDS - 1 });
        expect([status, body.includes('有効時間（30秒）が過ぎました')]).toEqual([403, true]);
        const [, ahead] = await refused({ at: now + LINK_CLOCK_SECONDS + 1 });
        expect(ahead).toContain('時計が合っていません');
      });

      test('with another secret, or for another Tegata', async () => {
        expect((await refused({ secret: 'x'.repeat(40) }))[1]).toContain('設定が合っていません');
        expect((await refused({ audience: 'https://other.example/admin/login/link' }))[1]).toContain(
          '設定が合っていません',
        );
      });

      test('in another browser, and without one that has asked', async () => {
        const ticket = ticketFor(server.it, await begin(newBrowser(server.it)));
        const other = newBrowser(server.it);
        await begin(other);
        const answer = await bring(other, ticket);
        expect([answer.status, answer.body.includes('このブラウザで始めたログインではない')]).toEqual([
          403,
          true,
        ]);
        expect((await bring(newBrowser(server.it), ticket)).status).toBe(403);
        expect(await isIn(other)).toBe(false);
      });

      test('when a letter of it was changed, and when it is none', async () => {
        const browser = newBrowser(server.it);
        const [version, payload = '', signature = ''] = ticketFor(server.it, await begin(browser)).split('.');
        const forged = Buffer.from(payload, 'base64url').toString().replace('"mid":1', '"mid":2');
        const tickets = [
          [version, Buffer.from(forged).toString('base64url'), signature].join('.'),
          [version, payload, `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`].join('.'),
        ];
        for (const ticket of tickets)
          expect((await bring(browser, ticket)).body).toContain('設定が合っていません');
        for (const ticket of ['', 'v1', 'v2.a.b', `v1.${payload}`, `v1.${'a'.repeat(4000)}.${signature}`]) {
          const answer = await bring(browser, ticket);
          expect([ticket.slice(0, 9), answer.status]).toEqual([ticket.slice(0, 9), 400]);
          expect(answer.body).toContain('もう一度試す');
        }
        expect(await isIn(browser)).toBe(false);
      });

      test('for who is 非稼働, unknown, or of another login ID', async () => {
        const id = await idOf('gone');
        await server.it.setWorking('gone', false);
        expect((await refused({ id, loginId: 'gone' }))[1]).toContain('非稼働');
        const { kind, login_id, detail } = await lastEvent();
        expect([kind, login_id, JSON.parse(detail ?? '{}')]).toEqual([
          'login_failed',
          'gone',
          { reason: 'inactive', by: 'link' },
        ]);
        expect((await refused({ id: 9999, loginId: 'nobody' }))[0]).toBe(403);
        expect((await refused({ loginId: 'somebody' }))[0]).toBe(403);
      });
    });
  });

  onSqlite((db) => {
    const server = useOAuthServer(db);
    test('without the secret nothing of it is there', async () => {
      const browser = newBrowser(server.it);
      expect((await browser.get(`${LINK}?ticket=v1.a.b`)).status).toBe(404);
      expect((await browser.get('/admin/login')).body).not.toContain('/login/link');
      const client = await server.it.client();
      expect((await browser.get(authorizePath(client.clientId))).location).toContain('/admin/login?request=');
    });
  });
});
