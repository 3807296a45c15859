/** While the database is away every door says so in its own form: 503 and when to come again; nobody reads why. */
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { LINES_WRITTEN } from '../../src/base/sparing-log.ts';
import { eachDatabase, type TestDatabase } from '../support/databases.ts';
import { type HttpBrowser, loggedIn, newBrowser } from '../support/oauth-browser.ts';
import { type OAuthServer, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { authorizePath, callApi, newTokens, type Tokens } from '../support/oauth-walks.ts';
import { useRelay } from '../support/relay.ts';

const INSIDE = /ECONN|connect|127\.0\.0\.1|SQLITE|readonly|max_page|tegata_|FST_|\.ts\b/i;

type Way = {
  readonly db: TestDatabase;
  /** Takes the database away, and gives it back. */
  away(server: OAuthServer): Promise<void>;
  back(server: OAuthServer): Promise<void>;
};

/** SQLite’s file is nobody else’s; another process may hold it for long. */
function wayOf(db: TestDatabase): Way {
  if (db.name !== 'sqlite') {
    const relay = useRelay(db);
    return { db: relay.db, away: relay.cut, back: relay.open };
  }
  let holder: DatabaseSync | undefined;
  return {
    db,
    away: async () => {
      holder = new DatabaseSync(db.url.replace('sqlite:', ''));
      holder.exec('begin immediate');
    },
    back: async () => holder?.close(),
  };
}

const WRITE = 'mutation { updateProductStock(code: "YNM-01", stock: 3, stock_unlimited: false) { id } }';

const pragma = ({ store }: OAuthServer['services'], text: string) =>
  sql.raw(`pragma ${text}`).execute(store.db);

async function saysSo(answer: Response, form: RegExp): Promise<string> {
  expect(answer.status).toBe(503);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(answer.headers.get('content-type')).toMatch(form);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const body = await answer.text();
  expect(body.replaceAll(/(?:href|src|action|content)="[^"]*"/g, '')).not.toMatch(INSIDE);
  return body;
}

eachDatabase((db) => {
  const way = wayOf(db);
  const server = useOAuthServer(way.db);
  let browser: HttpBrowser;
  let client: TestClient;
  let tokens: Tokens;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
    client = await server.it.client();
    tokens = await newTokens(server.it, browser, client);
  });

  async function whileAway(act: () => Promise<void>): Promise<void> {
    server.it.clock.advance(2); // what is remembered for a second or less is not
    await way.away(server.it);
    try {
      await act();
    } finally {
      await way.back(server.it);
    }
  }

  const form = (path: string, fields: Record<string, string>) =>
    fetch(`${server.it.url}${path}`, { method: 'POST', body: new URLSearchParams(fields) });
  const own = () => ({ client_id: client.clientId, client_secret: client.secret });
  const refreshing = () => ({ grant_type: 'refresh_token', refresh_token: tokens.refresh, ...own() });

  test('the endpoints of OAuth, and nobody’s failure is counted', async () => {
    await whileAway(async () => {
      for (const [path, fields] of [
        ['/token', refreshing()],
        ['/revoke', { token: tokens.refresh, ...own() }],
      ] as const) {
        const body = JSON.parse(await saysSo(await form(path, fields), /^application\/json/));
        expect(body, path).toMatchObject({
          error: 'temporarily_unavailable',
          request_id: expect.any(String),
        });
      }
    });
    const log = server.it
      .log()
      .split('\n')
      .filter((line) => line.includes('request put off'));
    expect(log.length).toBeGreaterThanOrEqual(2);
    expect((await form('/token', refreshing())).status).toBe(200);
  });

  test('of many requests the first ones are logged, and then their number', async () => {
    const lines = () => server.it.log().split('request put off').length - 1;
    const before = lines();
    // A minute may end in between, so twice as many may be written.
    const most = 2 * LINES_WRITTEN;
    await whileAway(async () => {
      const answers = await Promise.all(
        Array.from({ length: most + 10 }, () => form('/token', refreshing())),
      );
      for (const { status } of answers) expect(status).toBe(503);
    });
    expect(lines() - before).toBeGreaterThan(0);
    expect(lines() - before).toBeLessThanOrEqual(most);
  });

  test('/ready names the database', async () => {
    expect((await fetch(`${server.it.url}/ready`)).status).toBe(200);
    await whileAway(async () => {
      const answer = await fetch(`${server.it.url}/ready`);
      expect([answer.status, await answer.json()]).toEqual([
        503,
        { status: 'unavailable', failed: ['database'] },
      ]);
    });
    expect((await fetch(`${server.it.url}/ready`)).status).toBe(200);
  });

  if (db.name !== 'sqlite') {
    describe('where reading fails too', () => {
      test('/api and /api/changes in GraphQL’s form', async () => {
        await whileAway(async () => {
          const headers = { authorization: `Bearer ${tokens.access}` };
          for (const answer of [
            await callApi(server.it, tokens.access),
            await fetch(`${server.it.url}/api/changes`, { headers }),
          ]) {
            const { errors, data } = JSON.parse(await saysSo(answer, /^application\/json/));
            expect(errors).toMatchObject([{ extensions: { category: 'unavailable' } }]);
            expect(data).toBeUndefined();
          }
        });
        expect((await callApi(server.it, tokens.access)).status).toBe(200);
      });

      test('a question that was on its way', async () => {
        await callApi(server.it, tokens.access);
        await way.away(server.it);
        // The token was looked at just now and is believed for a moment; the products are not there.
        const answer = await callApi(server.it, tokens.access, '{ products { totalCount } }');
        await way.back(server.it);
        await saysSo(answer, /^application\/(graphql-response\+)?json/);
      });

      test('pages of the admin, with any cookie, known addresses or not', async () => {
        const stranger = newBrowser(server.it);
        stranger.setCookie('tegata_session', 'a'.repeat(43));
        await whileAway(async () => {
          for (const path of ['/admin', '/admin/login', '/admin/nothing', authorizePath(client.clientId)]) {
            for (const tab of [stranger, browser]) {
              const { status, headers, body } = await tab.get(path);
              const page = await saysSo(new Response(body, { status, headers }), /^text\/html/);
              expect(page, path).toContain('しばらくお待ちいただき');
              expect(page, path).toContain(headers.get('x-request-id'));
            }
          }
        });
        expect((await browser.get('/admin')).status).toBe(200);
      });
    });
  }

  test('a page that writes', async () => {
    await whileAway(async () => {
      const { status, headers, body } = await newBrowser(server.it).get(authorizePath(client.clientId));
      await saysSo(new Response(body, { status, headers }), /^text\/html/);
    });
  });

  if (db.name === 'sqlite')
    test('a disk that is full', async () => {
      const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(
        server.it.services.store.db,
      );
      await pragma(server.it.services, `max_page_count = ${rows[0]?.page_count}`);
      const pages = await Promise.all(
        Array.from({ length: 60 }, () => newBrowser(server.it).get(authorizePath(client.clientId))),
      );
      await pragma(server.it.services, 'max_page_count = 1000000000');
      expect(pages.some(({ status }) => status === 503)).toBe(true);
      expect(server.it.log().includes('the database is full')).toBe(true);
    });
});

const sessionsOfPostgres = (setting: 'on' | 'off'): string =>
  `do $$ begin execute format('alter database %I set default_transaction_read_only = ${setting}', current_database()); end $$`;

/** PostgreSQL's new sessions as well: one that has refused a write is given up for a new one after a second. */
const READ_ONLY = {
  sqlite: ['pragma query_only = 1'],
  postgres: [sessionsOfPostgres('on'), 'set session characteristics as transaction read only'],
  mysql: ['set session transaction read only'],
};

const WRITABLE = {
  sqlite: ['pragma query_only = 0'],
  postgres: ['set session characteristics as transaction read write', sessionsOfPostgres('off')],
  mysql: ['set session transaction read write'],
};

eachDatabase((db) => {
  const server = useOAuthServer(db, { TEGATA_DATABASE_POOL: '1' });

  /** SQLite refuses the end of the very statement, and has obeyed it. */
  async function told(statements: typeof READ_ONLY): Promise<void> {
    const { store } = server.it.services;
    for (const statement of statements[db.name])
      await sql
        .raw(statement)
        .execute(store.db)
        .catch(() => {});
  }

  test('/ready sees that nothing can be written, and leaves nothing in the database', async () => {
    const { store } = server.it.services;
    const settings = () => store.db.selectFrom('tegata_setting').selectAll().execute();
    const before = await settings();
    expect((await fetch(`${server.it.url}/ready`)).status).toBe(200);
    expect(await settings()).toEqual(before);
    await told(READ_ONLY);
    const answer = await fetch(`${server.it.url}/ready`);
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { status: 'unavailable', failed: ['database'] },
    ]);
  });

  test('who only reads goes on while nothing can be written', async () => {
    await told(WRITABLE);
    const tokens = await newTokens(server.it, await loggedIn(server.it), await server.it.client(), {
      scope: 'read write',
    });
    await told(READ_ONLY);
    const refused = await callApi(server.it, tokens.access, WRITE);
    expect(await refused.json()).toMatchObject({
      errors: [{ message: expect.stringContaining('This was not carried out') }],
    });
    server.it.clock.advance(120); // that the token was used is due to be noted again
    const answer = await callApi(server.it, tokens.access, '{ products { totalCount } }');
    expect([answer.status, await answer.json()]).toMatchObject([200, { data: { products: {} } }]);
  });
});
