/** The walks that do not end in a token: refusals, and codes that are late, foreign or used. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { curl } from '../support/curl.ts';
import { expectAccessible } from '../support/pages.ts';
import { type Program, startProgram } from '../support/program.ts';
import { decideInBrowser, type RegisteredClient, registerInBrowser, submitLogin } from './admin-walk.ts';
import { type CallbackServer, startCallbackServer } from './callback-server.ts';
import { pasteAndRun } from './shell.ts';

const CODE_TTL_SECONDS = 2;

let program: Program;
let callback: CallbackServer;

beforeAll(async () => {
  callback = await startCallbackServer();
  program = await startProgram({ env: { TEGATA_CODE_TTL: String(CODE_TTL_SECONDS) } });
});
afterAll(() => program?.stop());
afterAll(() => callback?.close());

const withParameter = (url: string, name: string, value: string): string => {
  const changed = new URL(url);
  changed.searchParams.set(name, value);
  return changed.href;
};

/** A code of the client, by hand at the token endpoint: only what a test leaves out or changes differs. */
const redeem = (client: RegisteredClient, code: string, fields: Record<string, string> = {}) => {
  const form = {
    grant_type: 'authorization_code',
    client_id: client.clientId,
    client_secret: client.clientSecret,
    redirect_uri: callback.url,
    code,
    ...fields,
  };
  const data = Object.entries(form).flatMap(([name, value]) => ['--data-urlencode', `${name}=${value}`]);
  return curl(...data, `${program.url}/token`);
};

describeInBrowser('authorization without a token at its end', (browser) => {
  let client: RegisteredClient;

  beforeAll(async () => {
    client = await registerInBrowser(browser, program, { name: '受注アプリ', redirectUris: [callback.url] });
  });

  const approve = async () =>
    (await decideInBrowser(browser, program, callback, client.authorizeUrl)).get('code') ?? '';

  test('許可しない: access_denied, state and iss, no code', async () => {
    const answer = await decideInBrowser(browser, program, callback, client.authorizeUrl, {
      decision: '許可しない',
    });
    expect(answer.get('error')).toBe('access_denied');
    expect(answer.get('state')).toBe(new URL(client.authorizeUrl).searchParams.get('state'));
    expect(answer.get('iss')).toBe(program.url);
    expect(answer.has('code')).toBe(false);
  });

  test.each([
    ['another path', () => `${callback.url}/more`],
    ['another host', () => callback.url.replace('127.0.0.1', 'localhost')],
    ['an unregistered https address', () => 'https://evil.example/callback'],
  ])('a redirect URI with %s: a page that says so, status 400, no redirect', async (_what, redirectUri) => {
    const page = await browser.newPage();
    const before = callback.received.length;
    const url = withParameter(client.authorizeUrl, 'redirect_uri', redirectUri());
    const response = await page.goto(url);
    expect(response?.status()).toBe(400);
    expect(new URL(page.url()).pathname).toBe('/admin/authorize');
    await page.getByText('リダイレクトURIが、登録されているものと一致しません。').waitFor();
    await expectAccessible(page);
    expect(callback.received).toHaveLength(before);
    await page.context().close();
  });

  test('an unknown client: a page, status 400', async () => {
    const url = withParameter(client.authorizeUrl, 'client_id', 'f'.repeat(32));
    const answer = await curl(url);
    expect(answer.status).toBe(400);
    expect(answer.headers.has('location')).toBe(false);
    expect(answer.body).toContain('このクライアントIDは登録されていません。');
  });

  test('a scope beyond the client: invalid_scope goes back, after the login', async () => {
    const page = await browser.newPage();
    const before = callback.received.length;
    await page.goto(withParameter(client.authorizeUrl, 'scope', 'read admin'));
    expect(callback.received, 'nobody is sent on before a login').toHaveLength(before);
    await submitLogin(page, program.adminPassword);
    await page.getByText('アプリに戻りました').waitFor();
    const answer = callback.received.at(-1)?.searchParams;
    expect(answer?.get('error')).toBe('invalid_scope');
    expect(answer?.get('iss')).toBe(program.url);
    await page.context().close();
  });

  test('a code past its time is refused', async () => {
    const code = await approve();
    const issuedAt = Date.now();
    await expect
      .poll(() => Date.now() - issuedAt, { timeout: 10_000 })
      .toBeGreaterThan((CODE_TTL_SECONDS + 1) * 1000);
    const answer = await redeem(client, code);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ error: 'invalid_grant' });
  });

  test("another client's code is refused, and its owner can still use it", async () => {
    const foreign = await registerInBrowser(browser, program, { name: 'よそ', redirectUris: [callback.url] });
    const code = await approve();
    const answer = await redeem(foreign, code);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).error).toBe('invalid_grant');
    expect((await redeem(client, code)).status).toBe(200);
  });

  test('a wrong secret: 401 with a challenge', async () => {
    const answer = await redeem(client, 'any', { client_secret: 'wrong' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /);
    expect(JSON.parse(answer.body).error).toBe('invalid_client');
  });

  test('a replayed code is refused and ends the tokens that came from it', async () => {
    const code = await approve();
    const tokens = JSON.parse((await redeem(client, code)).body);
    const ask = () => pasteAndRun(client.call, { ACCESS_TOKEN: tokens.access_token });
    expect(await ask()).toHaveProperty('data');
    const again = await redeem(client, code);
    expect(again.status).toBe(400);
    expect(JSON.parse(again.body).error).toBe('invalid_grant');
    expect(await ask()).toHaveProperty('errors');
    await expect(pasteAndRun(client.refresh, { REFRESH_TOKEN: tokens.refresh_token })).resolves.toMatchObject(
      {
        error: 'invalid_grant',
      },
    );
  });

  test('two tabs, one consent each: the second tab does not lose its request', async () => {
    const page = await browser.newPage();
    await page.goto(client.authorizeUrl);
    await submitLogin(page, program.adminPassword);
    await page.getByRole('button', { name: '許可する' }).waitFor();
    const other = await page.context().newPage();
    await other.goto(withParameter(client.authorizeUrl, 'state', 'second-tab'));
    await page.getByRole('button', { name: '許可する' }).click();
    await page.getByText('アプリに戻りました').waitFor();
    await other.getByRole('button', { name: '許可する' }).click();
    await other.getByText('アプリに戻りました').waitFor();
    const [first, second] = callback.received.slice(-2).map((url) => url.searchParams);
    expect(second?.get('state')).toBe('second-tab');
    expect(second?.get('code')).not.toBe(first?.get('code'));
    await page.context().close();
  });

  test('after the code is used, the back button leads to a page that says so', async () => {
    const page = await browser.newPage();
    await page.goto(client.authorizeUrl);
    await submitLogin(page, program.adminPassword);
    await page.getByRole('button', { name: '許可する' }).click();
    await page.getByText('アプリに戻りました').waitFor();
    const code = callback.received.at(-1)?.searchParams.get('code') ?? '';
    expect((await redeem(client, code)).status).toBe(200);
    const before = callback.received.length;
    // The form of the same request once more, as a page from the browser's memory would send it.
    await page.goBack();
    await page.getByRole('button', { name: '許可する' }).click();
    await expect
      .poll(async () => (await page.content()).includes('回答済み') || callback.received.length > before)
      .toBe(true);
    const repeated = callback.received.at(-1)?.searchParams.get('code');
    if (callback.received.length > before) expect(repeated, 'a new consent, a new code').not.toBe(code);
    await page.context().close();
  });
});
