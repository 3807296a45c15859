/** What clients' own pages do around an authorization, in a real Chromium: callbacks that lead on, and pop-ups. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInBrowser, screenshots } from '../support/browser.ts';
import { onSqlite } from '../support/databases.ts';
import { ADMIN, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { authorizePath, makePkce } from '../support/oauth-walks.ts';
import { expectAccessible } from '../support/pages.ts';

type App = { readonly origin: string; close(): void };

const html = (response: ServerResponse, body: string) =>
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html>${body}`);

/** An app of its own origin. `/cb` is its callback; `answer` says what stands there. */
async function startApp(
  host: string,
  answer: (path: string, response: ServerResponse) => void,
): Promise<App> {
  const server: Server = createServer((request, response) => answer(request.url ?? '/', response));
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://${host}:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const SPEAKS_TO_OPENER = `<title>callback</title><script>
  if (window.opener) { window.opener.postMessage(location.search, '*'); document.title = 'told'; }
  else document.title = 'nobody opened me';
</script>`;

onSqlite((db) => {
  const server = useOAuthServer(db);
  let second: App;
  let first: App;
  let client: TestClient;
  beforeAll(async () => {
    second = await startApp('localhost', (_path, response) => html(response, '<h1>着きました</h1>'));
    first = await startApp('127.0.0.1', (path, response) => {
      if (path.startsWith('/cb-on')) response.writeHead(302, { location: `${second.origin}/done` }).end();
      else if (path.startsWith('/cb')) html(response, SPEAKS_TO_OPENER);
      else html(response, '<title>app</title><h1>アプリ</h1>');
    });
    const redirectUris = [`${first.origin}/cb-on`, `${first.origin}/cb`];
    client = await server.it.client({ redirectUris, isPublic: true });
  });
  afterAll(() => {
    first?.close();
    second?.close();
  });

  const urlOf = (path: string, extra: Record<string, string> = {}) => {
    const query = { redirect_uri: `${first.origin}${path}`, ...makePkce().challenge, ...extra };
    return `${server.it.url}${authorizePath(client.clientId, query)}`;
  };
  const logIn = async (page: Page, password: string = ADMIN.password) => {
    await page.getByLabel('ログインID').fill(ADMIN.loginId);
    await page.getByLabel('パスワード', { exact: true }).first().fill(password);
    await page.getByRole('button', { name: 'ログイン' }).click();
  };

  describeInBrowser('a client whose callback leads on to another origin', (browser) => {
    const arrives = (page: Page) => page.getByText('着きました').waitFor();

    test.each(['許可する', '許可しない'])('%s: the browser arrives there', async (button) => {
      const page = await browser.newPage();
      await page.goto(urlOf('/cb-on'));
      await logIn(page);
      await page.getByRole('button', { name: button }).click();
      await arrives(page);
      await page.context().close();
    });

    test('a login that is followed by a refusal at once: the browser arrives there', async () => {
      const page = await browser.newPage();
      await page.goto(urlOf('/cb-on', { scope: 'openid' }));
      await logIn(page);
      await arrives(page);
      await page.context().close();
    });

    test('the same where the browser does not move by itself: by the button', async () => {
      const page = await browser.newPage();
      await page.route('**/admin/login', async (route) => {
        if (route.request().method() !== 'POST') return route.continue();
        const response = await route.fetch({ maxRedirects: 0 });
        const { refresh: _, ...headers } = response.headers();
        return route.fulfill({ response, headers });
      });
      await page.goto(urlOf('/cb-on', { scope: 'openid' }));
      await logIn(page);
      await page.getByText('アプリに戻ります').waitFor();
      await expectAccessible(page);
      await screenshots(page, 'going-on');
      await page.getByRole('link', { name: 'アプリに戻る' }).click();
      await arrives(page);
      await page.context().close();
    });
  });

  describeInBrowser('an app that opens the authorization in a pop-up', (browser) => {
    /** The pop-up that the app opened, and what the callback told the app. */
    const openPopUp = async (url: string) => {
      const app = await browser.newPage();
      await app.goto(`${first.origin}/app`);
      await app.evaluate(
        'void (window.told = new Promise((resolve) => addEventListener("message", ({ data }) => resolve(data))))',
      );
      const told = () => app.evaluate<string>('window.told');
      const opened = app.waitForEvent('popup');
      await app.evaluate(`void window.open(${JSON.stringify(url)}, 'sign-in', 'width=480,height=640')`);
      return { app, popUp: await opened, told };
    };

    test('its callback can speak to it, after a wrong password, the login and the consent', async () => {
      const { app, popUp, told } = await openPopUp(urlOf('/cb'));
      await logIn(popUp, 'wrong');
      await popUp.getByRole('alert').first().waitFor();
      expect(await popUp.evaluate('window.opener !== null')).toBe(true);
      await logIn(popUp);
      await popUp.getByRole('button', { name: '許可する' }).click();
      expect(new URLSearchParams(await told()).get('code')).not.toBeNull();
      await app.context().close();
    });

    test('a refusal after the login reaches it, too', async () => {
      const { app, popUp, told } = await openPopUp(urlOf('/cb', { scope: 'openid' }));
      await logIn(popUp);
      expect(new URLSearchParams(await told()).get('error')).toBe('invalid_scope');
      await app.context().close();
    });

    test('“not you?” and another login in between, too', async () => {
      const { app, popUp, told } = await openPopUp(urlOf('/cb'));
      await logIn(popUp);
      await popUp.locator('form[action="/admin/logout"] button').first().click();
      await logIn(popUp);
      await popUp.getByRole('button', { name: '許可しない' }).click();
      expect(new URLSearchParams(await told()).get('error')).toBe('access_denied');
      await app.context().close();
    });

    test('any other page of the admin knows nothing of who opened it', async () => {
      const { app, popUp } = await openPopUp(`${server.it.url}/admin/login`);
      await logIn(popUp);
      await popUp.waitForURL('**/admin');
      expect(await popUp.evaluate('window.opener')).toBeNull();
      await app.context().close();
    });
  });
});
