/**
 * The main job as a person does it: register a client on the admin page, approve it in a fresh browser, exchange the
 * code, ask the API and refresh by the very commands that the page shows.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { curl } from '../support/curl.ts';
import { type Program, startProgram } from '../support/program.ts';
import {
  decideInBrowser,
  logIn,
  openOAuthList,
  type RegisteredClient,
  registerClient,
} from './admin-walk.ts';
import { type CallbackServer, startCallbackServer } from './callback-server.ts';
import { pasteAndRun } from './shell.ts';

let program: Program;
let callback: CallbackServer;

beforeAll(async () => {
  callback = await startCallbackServer();
  program = await startProgram();
});
afterAll(() => program?.stop());
afterAll(() => callback?.close());

const bearer = (token: unknown) => ['-H', `Authorization: Bearer ${token}`];
const graphql = (query: string, variables = {}) => [
  '-H',
  'Content-Type: application/json',
  '-d',
  JSON.stringify({ query, variables }),
];

/** Each test goes on where the one before it stopped. */
for (const javaScriptEnabled of [true, false]) {
  describeInBrowser(`the seed flow ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, (browser) => {
    let client: RegisteredClient;
    let tokens: Record<string, unknown>;

    test('設定 → API管理 → OAuth管理 → 新規登録 → 登録', async () => {
      const page = await browser.newPage({ javaScriptEnabled });
      await logIn(page, program);
      await openOAuthList(page);
      client = await registerClient(page, { name: '在庫アプリ', redirectUris: [callback.url] });
      expect(client.clientId).toMatch(/^[0-9a-f]{32}$/);
      // 256 bit in base64url
      expect(client.clientSecret).toMatch(/^[\w-]{43,}$/);
      await openOAuthList(page);
      const row = page.locator(`#client-${client.clientId}`);
      expect(await row.textContent()).toContain('在庫アプリ');
      expect(await page.content(), 'the secret is shown once').not.toContain(client.clientSecret);
      await page.context().close();
    });

    test('authorize in a fresh browser → ログイン → 許可する → code', async () => {
      const asked = new URL(client.authorizeUrl).searchParams;
      const answer = await decideInBrowser(browser, program, callback, client.authorizeUrl, {
        javaScriptEnabled,
      });
      expect(answer.get('state')).toBe(asked.get('state'));
      expect(answer.get('iss')).toBe(program.url);
      expect([...answer.keys()].sort()).toEqual(['code', 'iss', 'state']);
      tokens = await pasteAndRun(client.exchange, { CODE: answer.get('code')! });
      expect(tokens).toEqual({
        token_type: 'Bearer',
        expires_in: 3600,
        access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        refresh_token: expect.any(String),
        scope: 'read write',
      });
    });

    test('the API answers the command of the page, GET and POST', async () => {
      const posted = await pasteAndRun(client.call, { ACCESS_TOKEN: String(tokens.access_token) });
      expect(posted).toMatchObject({ data: { products: { nodes: expect.any(Array) } } });
      const query = new URLSearchParams({ query: '{ products(limit: 1) { nodes { id name } totalCount } }' });
      const got = await curl(...bearer(tokens.access_token), `${program.url}/api?${query}`);
      expect(got.status).toBe(200);
      expect(JSON.parse(got.body).data.products.nodes).toHaveLength(1);
    });

    test('a mutation writes the stock', async () => {
      const token = bearer(tokens.access_token);
      const read = '{ products(limit: 20) { nodes { ProductClasses { code stock stock_unlimited } } } }';
      const before = await curl(...token, ...graphql(read), `${program.url}/api`);
      const classes = JSON.parse(before.body).data.products.nodes.flatMap(
        (node: { ProductClasses: { code: string | null; stock: string; stock_unlimited: boolean }[] }) =>
          node.ProductClasses,
      );
      const { code, stock } = classes.find(
        (one: { code: string | null; stock_unlimited: boolean }) => one.code && !one.stock_unlimited,
      );
      const wanted = Number(stock) + 7;
      const write =
        'mutation ($code: String!, $stock: Int!) { updateProductStock(code: $code, stock: $stock, stock_unlimited: false) { code stock } }';
      const changed = await curl(...token, ...graphql(write, { code, stock: wanted }), `${program.url}/api`);
      expect(changed.body).toContain(`"code":"${code}"`);
      expect(Number(JSON.parse(changed.body).data.updateProductStock.stock)).toBe(wanted);
    });

    test('refresh by the command of the page', async () => {
      const fresh = await pasteAndRun(client.refresh, { REFRESH_TOKEN: String(tokens.refresh_token) });
      expect(fresh.access_token).not.toBe(tokens.access_token);
      expect(fresh.refresh_token).not.toBe(tokens.refresh_token);
      const answer = await curl(
        ...bearer(fresh.access_token),
        ...graphql('{ products(limit: 1) { totalCount } }'),
        `${program.url}/api`,
      );
      expect(answer.status).toBe(200);
    });
  });
}
