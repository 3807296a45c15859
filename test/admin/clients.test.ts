/** Client pages by real HTTP: advanced settings, the password before a secret, two secrets at most, warnings, long lists. */
import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { findClient } from '../../src/oauth/store/clients.ts';
import { SESSION_SECONDS } from '../../src/staff/rules/session.ts';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, hidden, loggedIn } from '../support/oauth-browser.ts';
import { ADMIN, CALLBACK, useOAuthServer } from '../support/oauth-server.ts';

const NEW = '/admin/api/oauth/new';
const DAY = 86_400;
const ASKED = '安全のため、パスワードをもう一度入力してください。';
const publicKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
const JWKS = JSON.stringify({ keys: [publicKey] });

const BASIC: readonly (readonly [string, string])[] = [
  ['name', '在庫くん'],
  ['redirect_uris', CALLBACK],
  ['scopes', 'read'],
  ['grants', 'authorization_code'],
  ['grants', 'refresh_token'],
  ['client_type', 'confidential'],
];
const ADVANCED: readonly (readonly [string, string])[] = [
  ['access_seconds', '600'],
  ['refresh_idle_seconds', ''],
  ['refresh_absolute_seconds', ''],
  ['token_profile', 'rfc9068'],
  ['auth_methods', 'private_key_jwt'],
  ['jwks', JWKS],
  ['jwks_uri', ''],
  ['resource_server', '1'],
];

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
  });

  const send = async (path: string, fields: readonly (readonly [string, string])[], to = path) => {
    const page = await browser.get(path);
    return browser.post(
      to,
      new URLSearchParams([
        ...fields.map(([name, value]) => [name, value]),
        ['_token', hidden(page, '_token')],
      ] as string[][]).toString(),
    );
  };
  const idIn = (html: string): string => /id="client-id"[^>]*value="([0-9a-f]{32})"/.exec(html)?.[1] ?? '';
  const secretIn = (html: string): string => /id="client-secret"[^>]*value="([^"]+)"/.exec(html)?.[1] ?? '';
  const stored = (clientId: string) => findClient(server.it.services.store.db, clientId);
  /** Gives the password anew, so that the following acts ask for nothing. */
  const confirm = () => send('/admin/two_factor_auth/edit', [['password', ADMIN.password]]);

  describe('registration', () => {
    test('leaves it to the member what the app may do', async () => {
      expect((await browser.get(NEW)).body).not.toMatch(/name="scopes"[^>]*checked/);
    });

    test('a form sent twice, at once or later, makes one client with one secret; a changed one makes another', async () => {
      const page = await browser.get(NEW);
      const own: [string, string][] = ['_token', 'form_id'].map((name) => [name, hidden(page, name)]);
      const post = (name: string) => {
        const rest = BASIC.filter(([field]) => field !== 'name').map(([field, value]) => [field, value]);
        return browser.post(NEW, new URLSearchParams([...own, ...rest, ['name', name]]).toString());
      };
      const [first, second] = await Promise.all([post('一度だけ'), post('一度だけ')]);
      const again = await post('一度だけ');
      expect(secretIn(again.body)).toMatch(/^[\w-]{43}$/);
      for (const { body } of [first, second]) {
        expect([idIn(body), secretIn(body)]).toEqual([idIn(again.body), secretIn(again.body)]);
      }
      expect((await stored(idIn(again.body)))?.secrets).toHaveLength(1);
      expect(idIn((await post('別のもの')).body)).not.toBe(idIn(again.body));

      const path = `/admin/api/oauth/${idIn(again.body)}`;
      await send(path, [['keep_old_seconds', '0']], `${path}/secret`);
      expect(await post('一度だけ')).toMatchObject({ status: 303, location: path });
    });

    test('names the line of each refused URI, behind a comma too, and keeps what was typed', async () => {
      const typed = 'https://good.example/x\r\nhttp://shop.example/x, x\r\nftp://x';
      const fields = BASIC.map(([name, value]) => [name, name === 'redirect_uris' ? typed : value] as const);
      const { status, body } = await send(NEW, fields);
      expect(status).toBe(422);
      const lines = [...body.matchAll(/(\d+)行目 <code>([^<]*)<\/code>/g)].map(([, line, uri]) => [
        line,
        uri,
      ]);
      expect(lines).toEqual([
        ['2', 'http://shop.example/x'],
        ['2', 'x'],
        ['3', 'ftp://x'],
      ]);
      expect(body).toContain(typed);
    });
  });

  describe('advanced settings', () => {
    test('are kept, and a client that signs gets no secret', async () => {
      const answer = await send(NEW, [...BASIC, ...ADVANCED]);
      expect(secretIn(answer.body)).toBe('');
      expect(answer.body).toContain('private_key_jwtで認証するため');
      const client = await stored(idIn(answer.body));
      expect(client?.policies).toEqual({
        accessSeconds: 600,
        costPerMinute: null,
        refreshIdleSeconds: null,
        refreshAbsoluteSeconds: null,
        authMethods: ['private_key_jwt'],
        tokenProfile: 'rfc9068',
        jwks: JWKS,
        jwksUri: null,
        resourceServer: true,
      });
      expect(client?.secrets).toEqual([]);
    });

    test('that are wrong are told at their field, and nothing that was typed is lost', async () => {
      const wrong = ADVANCED.map(([name, value]) => [name, name === 'access_seconds' ? '5' : value] as const);
      const answer = await send(NEW, [...BASIC, ...wrong]);
      expect(answer.status).toBe(422);
      expect(answer.body).toContain('60〜86,400の整数（秒）で入力してください。');
      expect(answer.body).toContain('<details class="advanced" open>');
      expect(answer.body).toMatch(/name="access_seconds" value="5"/);
    });

    test('left out of a form stay as they are', async () => {
      const made = await send(NEW, [...BASIC, ...ADVANCED]);
      const id = idIn(made.body);
      const path = `/admin/api/oauth/${id}`;
      await send(
        path,
        BASIC.map(([name, value]) => [name, name === 'name' ? '別名' : value] as const),
      );
      const client = await stored(id);
      expect([client?.name, client?.policies.accessSeconds]).toEqual(['別名', 600]);
    });
  });

  describe('the password', () => {
    test('is asked for when it was given long ago; the form comes back as it was', async () => {
      server.it.clock.advance(SESSION_SECONDS.confirmed);
      expect((await browser.get(NEW)).body).toContain(ASKED);
      const asked = await send(NEW, BASIC);
      expect(asked.body).toContain(ASKED);
      expect(asked.body).toMatch(/name="name" value="在庫くん"/);
      expect(secretIn(asked.body)).toBe('');
      const wrong = await send(NEW, [...BASIC, ['password', 'x']]);
      expect(wrong.body).toContain('パスワードが違います。');
      const done = await send(NEW, [...BASIC, ['password', ADMIN.password]]);
      expect(secretIn(done.body)).not.toBe('');
      expect((await browser.get('/admin')).status).toBe(200);
    });

    test('ASVS-7.5.3: is asked for before a new secret', async () => {
      await confirm();
      const path = `/admin/api/oauth/${idIn((await send(NEW, BASIC)).body)}`;
      server.it.clock.advance(SESSION_SECONDS.confirmed);
      const asked = await send(path, [['keep_old_seconds', '0']], `${path}/secret`);
      expect(asked.body).toContain(ASKED);
      expect(secretIn(asked.body)).toBe('');
      const fields = [
        ['keep_old_seconds', '0'],
        ['password', ADMIN.password],
      ] as const;
      expect(secretIn((await send(path, fields, `${path}/secret`)).body)).not.toBe('');
    });
  });

  test('ASVS-13.3.4: there are never more than two live secrets, and the end of one is told', async () => {
    await confirm();
    const id = idIn((await send(NEW, BASIC)).body);
    const path = `/admin/api/oauth/${id}`;
    for (let turn = 0; turn < 3; turn += 1) {
      server.it.clock.advance(1);
      await send(path, [['keep_old_seconds', '604800']], `${path}/secret`);
    }
    const now = server.it.services.clock.now();
    const live = (await stored(id))?.secrets.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
    expect(live?.map(({ expiresAt }) => expiresAt)).toEqual([null, now + 7 * DAY]);
    expect((await browser.get(`${path}/secrets`)).body).toContain('シークレットの1つが');
    expect((await browser.get('/admin')).body).toContain('「在庫くん」のシークレットの1つが');
  });

  test('one of two secrets is ended at once, the last one never', async () => {
    await confirm();
    const id = idIn((await send(NEW, BASIC)).body);
    const path = `/admin/api/oauth/${id}`;
    const ends = async () =>
      (await browser.get(`${path}/secrets`)).body.match(/[^"]+\/secrets\/[^"]+\/end/g) ?? [];
    expect(await ends()).toEqual([]);
    server.it.clock.advance(1);
    await send(path, [['keep_old_seconds', '604800']], `${path}/secret`);
    const both = await ends();
    expect(both).toHaveLength(2);
    const answers = await Promise.all(both.map((end) => send(path, [], end)));
    expect(answers.map(({ location }) => location)).toEqual([`${path}/secrets`, `${path}/secrets`]);
    const left = (await stored(id))?.secrets ?? [];
    expect(left).toHaveLength(1);
    expect((await send(path, [], `${path}/secrets/${left[0]?.secretId}/end`)).location).toBe(
      `${path}/secrets`,
    );
    expect((await browser.get(path)).body).toContain('使える最後のシークレットです');
    expect((await stored(id))?.secrets).toEqual(left);
    const audit = (await browser.get(`/admin/api/audit/export?client=${id}`)).body;
    expect(audit.match(/secret_revoked/g)).toHaveLength(1);
  });

  test('B: a long list goes on from a place, each client once, and leads back to its beginning', async () => {
    const wanted = 'ながいリスト';
    for (let i = 0; i < 53; i += 1) await server.it.client({ name: `${wanted} ${i}`, isPublic: true });
    const namesOn = (html: string) => html.match(new RegExp(`${wanted} \\d+(?=</a>)`, 'g')) ?? [];
    const nextOn = (html: string) =>
      /href="([^"]*after=[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const first = await browser.get(`/admin/api/oauth?q=${encodeURIComponent(wanted)}`);
    expect(first.body).toContain('50+件');
    const second = await browser.get(nextOn(first.body));
    expect([namesOn(first.body).length, namesOn(second.body).length]).toEqual([50, 3]);
    expect(new Set([...namesOn(first.body), ...namesOn(second.body)]).size).toBe(53);
    expect(nextOn(second.body)).toBe('');
    expect(second.body).toContain('href="/admin/api/oauth?q=');
    for (const place of ['x', '1.', '-1.0', `${'9'.repeat(40)}.0`]) {
      expect((await browser.get(`/admin/api/oauth?after=${place}`)).status).toBe(200);
    }
  });
});
