/** The typed client against a real server: operations, pages, errors, retries, tokens, images, jobs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import * as operations from '../../packages/client/src/generated/operations.ts';
import {
  jobResult,
  jobState,
  lineError,
  startExport,
  startJob,
  waitForJob,
} from '../../packages/client/src/jobs.ts';
import {
  type Client,
  type ClientOptions,
  createClient,
  PAGE_INFO,
  rows,
  TegataError,
  uploadImage,
} from '../../packages/client/src/main.ts';
import {
  beginAuthorization,
  clientCredentials,
  finishAuthorization,
  refreshedTokens,
  TegataOAuthError,
  type Tokens,
} from '../../packages/client/src/oauth.ts';
import { jobWorker } from '../../src/graphql/jobs/job-worker.ts';
import { onSqlite } from '../support/databases.ts';
import { answerOf, decide, loggedIn } from '../support/oauth-browser.ts';
import { CALLBACK, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { scratchFolder } from '../support/scratch.ts';

const { orders, product, productClasses, products, productSet, shop, tags, tagCreate, updateProduct } =
  operations;
const { updateProductClassStock } = operations;

async function collected<Row>(all: AsyncIterable<Row>): Promise<Row[]> {
  const found: Row[] = [];
  for await (const one of all) found.push(one);
  return found;
}

onSqlite((db) => {
  const server = useOAuthServer(db, { TEGATA_IMAGE_DIR: scratchFolder('tegata-client-images-') });
  let machine: TestClient;
  let client: Client;
  let worker: ReturnType<typeof jobWorker>;
  beforeAll(async () => {
    machine = await server.it.client({ grantTypes: ['client_credentials'], redirectUris: [] });
    client = clientWith({});
    worker = jobWorker(server.it.services.jobs);
  });
  const identity = ({ clientId, secret } = machine) => ({
    url: server.it.url,
    clientId,
    clientSecret: secret,
  });
  const clientWith = (options: Partial<ClientOptions>) =>
    createClient({ url: server.it.url, token: clientCredentials(identity()), maxWaitMs: 5_000, ...options });
  /** `fetch` whose first responses of `/api` are lost, or never come to be. */
  const losing = (count: number) => {
    const sent: string[] = [];
    const lossy: typeof fetch = async (url, init) => {
      const response = await fetch(url, init);
      if (!String(url).endsWith('/api')) return response;
      sent.push(String(init?.body));
      if (sent.length <= count) throw new TypeError('fetch failed');
      return response;
    };
    return { fetch: lossy, sent };
  };
  const failureOf = async (work: Promise<unknown>): Promise<TegataError> => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(TegataError);
    return error as TegataError;
  };

  test('an operation brings what was selected; several go into one request', async () => {
    const one = await client.run(product({ id: 2 }, { id: true, ProductClasses: { stock_unlimited: true } }));
    expect(one).toMatchObject({ id: '2' });
    expect(Object.keys(one?.ProductClasses?.[0] ?? {})).toEqual(['stock_unlimited']);
    const both = await client.runAll({
      base: shop({ shop_name: true }),
      first: product({ id: 1 }, { id: true }),
      second: product({ id: 2 }, { id: true }),
      all: tags({ name: true }),
    });
    expect(both).toMatchObject({ base: {}, first: { id: '1' }, second: { id: '2' }, all: expect.any(Array) });
  });

  test('a document of one’s own', async () => {
    expect(await client.request('query ($id: ID!) { product(id: $id) { id } }', { id: 2 })).toEqual({
      product: { id: '2' },
    });
  });

  test('all rows, page by page', async () => {
    const seen: string[] = [];
    const page = (after: string | undefined) =>
      orders({ first: 7, after }, { nodes: { id: true }, pageInfo: PAGE_INFO });
    for await (const { id } of rows(client, page)) seen.push(id);
    const all = await client.run(orders({ limit: 1 }, { totalCount: true }));
    expect(all?.totalCount).toBeGreaterThan(14);
    expect(new Set(seen).size).toBe(all?.totalCount);
    expect(seen.length).toBe(all?.totalCount);
  });

  test('a refusal has code, field and what the row holds now; it is not repeated', async () => {
    const onRetry = vi.fn();
    const careful = clientWith({ onRetry });
    const found = await careful.run(
      productClasses({ codes: ['TNG-01-AI'] }, { nodes: { id: true, stock: true } }),
    );
    const [row] = found.nodes;
    const stock = { product_class_id: row!.id, stock: 3, changeFromStock: 4_711 };
    const stale = await failureOf(careful.run(updateProductClassStock(stock, { stock: true })));
    expect(stale).toMatchObject({ code: 'STOCK_STALE', current: Number(row!.stock), saved: false });
    const changed = updateProduct({ id: 1, name: 'x', ifVersion: 'another' }, { id: true });
    const conflict = await failureOf(careful.run(changed));
    expect(conflict).toMatchObject({ code: 'CONFLICT', current: { version: expect.any(String) } });
    const wrong = productSet({ input: { name: '', product_status_id: 99 } }, { id: true });
    expect((await failureOf(careful.run(wrong))).faults.length).toBeGreaterThan(0);
    expect(onRetry).not.toHaveBeenCalled();
  });

  describe('a response that is lost', () => {
    test('a query is asked again', async () => {
      const { fetch, sent } = losing(1);
      await clientWith({ fetch }).run(shop({ shop_name: true }));
      expect(sent.length).toBe(2);
    });

    test('a mutation is sent again under the same name, and done once', async () => {
      const { fetch, sent } = losing(1);
      const made = await clientWith({ fetch }).run(tagCreate({ name: '一度だけ' }, { id: true }));
      expect(new Set(sent).size).toBe(1);
      expect(sent.length).toBe(2);
      const all = await client.run(tags({ id: true, name: true }));
      expect(all.filter(({ name }) => name === '一度だけ')).toEqual([{ id: made?.id, name: '一度だけ' }]);
    });

    test('a mutation without a name is not', async () => {
      const text = 'mutation ($name: String!) { tagCreate(name: $name) { id } }';
      for (const run of [
        (one: Client) => one.run(tagCreate({ name: '無名1' }, { id: true })),
        (one: Client) => one.request(text, { name: '無名2' }),
      ]) {
        const { fetch, sent } = losing(1);
        const error = await failureOf(run(clientWith({ fetch, autoMutationId: false })));
        expect(error).toMatchObject({ code: 'NETWORK', status: 0 });
        expect(sent.length).toBe(1);
      }
    });

    test('a document whose every mutation is named is; one that is half named is not', async () => {
      const named = 'a: tagCreate(name: "名1", clientMutationId: $a) { id }';
      const both = `mutation ($a: String, $b: String) { ${named} tagCreate(name: "名2", clientMutationId: $b) { id } }`;
      const first = losing(1);
      await clientWith({ fetch: first.fetch }).request(both, { a: 'name-1', b: 'name-2' });
      expect(first.sent.length).toBe(2);
      const half = losing(1);
      const text = `mutation ($a: String) { ${named} tagCreate(name: "名3") { id } }`;
      await failureOf(clientWith({ fetch: half.fetch }).request(text, { a: 'name-3' }));
      expect(half.sent.length).toBe(1);
    });
  });

  test.each([
    [429, { 'retry-after': '0' }, 'THROTTLED', true],
    [503, { 'retry-after': '0' }, 'BUSY', true],
    [503, { 'retry-after': '0' }, 'UNAVAILABLE', false],
    [429, { 'retry-after': '3600' }, 'THROTTLED', false],
    [400, {}, 'VALIDATION', false],
  ] as const)(
    'status %i %o %s: a mutation without a name is sent again: %s',
    async (status, headers, code, again) => {
      let sent = 0;
      const refusing: typeof fetch = async (url, init) => {
        if (!String(url).endsWith('/api')) return fetch(url, init);
        sent += 1;
        if (sent > 1) return fetch(url, init);
        return Response.json({ errors: [{ message: 'no', extensions: { code } }] }, { status, headers });
      };
      const mutation = tagCreate({ name: `${status} ${code}`, validateOnly: true }, { name: true });
      const text = `mutation { tagCreate(name: "${status} ${code}", validateOnly: true) { name } }`;
      const strict = clientWith({ fetch: refusing });
      const run = strict.request(text);
      if (again) expect(await run).toMatchObject({ tagCreate: {} });
      else expect(await failureOf(run)).toMatchObject({ code, status });
      expect(sent).toBe(again ? 2 : 1);
      expect(mutation.kind).toBe('mutation');
    },
  );

  test('what takes too long ends as NETWORK, and the caller’s own signal as its reason', async () => {
    const hanging: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.throwIfAborted();
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      });
    const slow = createClient({ url: server.it.url, token: 'T', fetch: hanging, timeoutMs: 20, retries: 0 });
    const late = await failureOf(slow.run(shop({ shop_name: true })));
    expect(late).toMatchObject({ code: 'NETWORK', cause: { name: 'TimeoutError' } });
    const stop = AbortSignal.abort(new Error('closed'));
    await expect(slow.run(shop({ shop_name: true }), { signal: stop })).rejects.toThrow('closed');
  });

  test('client credentials: one request for a token however many ask; a token that was taken back is renewed once', async () => {
    let asked = 0;
    const counting: typeof fetch = (url, init) => {
      if (String(url).endsWith('/token')) asked += 1;
      return fetch(url, init);
    };
    const many = createClient({
      url: server.it.url,
      token: clientCredentials({ ...identity(), fetch: counting }),
    });
    const ask = () => many.run(shop({ shop_name: true }));
    await Promise.all([ask(), ask(), ask(), ask()]);
    expect(asked).toBe(1);
    server.it.clock.advance(3_601);
    await Promise.all([ask(), ask(), ask()]);
    expect(asked).toBe(2);
    const wrong = clientCredentials({ ...identity(), clientSecret: 'wrong' });
    await expect(
      createClient({ url: server.it.url, token: wrong }).run(shop({ shop_name: true })),
    ).rejects.toThrow(TegataOAuthError);
    expect(
      await failureOf(createClient({ url: server.it.url, token: 'x' }).run(shop({ shop_name: true }))),
    ).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
  });

  test('a person approves; the tokens are refreshed once for all callers, and saved before they are used', async () => {
    const app = await server.it.client({ isPublic: true });
    // The issuer's name is of another origin than the test's port answers on.
    const atPort: typeof fetch = (url, init) =>
      fetch(String(url).replace(server.it.issuer, server.it.url), init);
    const own = { url: server.it.issuer, clientId: app.clientId, fetch: atPort };
    const wish = { redirectUri: CALLBACK, scope: 'read write' };
    // A server that passes another's name off as its own would be sent that one's codes.
    const posing = { ...own, url: server.it.url };
    await expect(beginAuthorization(posing, wish)).rejects.toMatchObject({ code: 'issuer_mismatch' });
    const { url, authorization } = await beginAuthorization(own, wish);
    const browser = await loggedIn(server.it);
    const { pathname, search } = new URL(url);
    const approved = await decide(browser, await browser.get(`${pathname}${search}`), 'approve');
    expect(answerOf(approved).get('code')).toBeTruthy();
    const other = { ...authorization, state: 'other' };
    await expect(finishAuthorization(own, approved.location, other)).rejects.toMatchObject({
      code: 'state_mismatch',
    });
    let kept: Tokens | undefined = await finishAuthorization(own, approved.location, authorization);
    const first = kept;
    const saved: string[] = [];
    const store = {
      load: async () => kept,
      save: async (tokens: Tokens) => {
        saved.push(tokens.accessToken);
        kept = tokens;
      },
    };
    const token = refreshedTokens({ ...own, store });
    const person = createClient({ url: server.it.url, token });
    expect(await token.token()).toBe(first.accessToken);
    server.it.clock.advance(3_601); // for the server it is over, by the tokens' own date it is not
    await Promise.all([1, 2, 3, 4].map((id) => person.run(product({ id }, { id: true }))));
    expect(saved.length).toBe(1);
    expect(kept).toMatchObject({
      refreshToken: expect.not.stringMatching(first.refreshToken!),
      scope: 'read write',
    });
    kept = { ...kept, expiresAt: Date.now() };
    await Promise.all([token.token(), token.token()]);
    expect(saved.length).toBe(2);
    kept = { ...kept, expiresAt: 0, refreshToken: 'never-issued' };
    await expect(token.token()).rejects.toMatchObject({ code: 'invalid_grant' });
    kept = undefined;
    await expect(token.token()).rejects.toMatchObject({ code: 'invalid_grant' });
  });

  test('an image goes in, and a product takes it', async () => {
    const png = await sharp({ create: { width: 2, height: 3, channels: 3, background: '#800' } })
      .png()
      .toBuffer();
    const image = await uploadImage(client, new Uint8Array(png));
    expect(image).toMatchObject({ type: 'image/png', width: 2, height: 3 });
    const input = {
      name: '絵のある手形',
      classes: [{ price02: '100', stock: 5 }],
      images: [image.file_name],
    };
    const made = await client.run(productSet({ input }, { ProductImage: { file_name: true } }));
    expect(made?.ProductImage).toEqual([{ file_name: image.file_name }]);
    expect(await failureOf(uploadImage(client, new Blob(['<svg/>'])))).toMatchObject({
      status: 415,
      code: 'INVALID',
    });
  });

  test('a job: lines of the mutation’s arguments, progress to its end, what became of each line', async () => {
    const lines = ['仕事1', '', '仕事3'].map((name) => ({ name }));
    const job = await startJob(client, tagCreate.document({ name: true }), lines);
    expect(job).toMatchObject({ status: 'queued', type: 'mutation' });
    const seen: number[] = [];
    const waited = waitForJob(client, job, { onProgress: ({ processed }) => seen.push(processed) });
    while (await worker.tick());
    expect(await waited).toMatchObject({ status: 'completed', succeeded: 2, failed: 1 });
    expect(seen.at(-1)).toBe(3);
    const results = await collected(jobResult(client, job));
    expect(results.map(({ data }) => data?.tagCreate?.name)).toEqual(['仕事1', undefined, '仕事3']);
    expect(lineError(results[1]!)).toMatchObject({ code: 'INVALID', field: 'name' });
    expect(lineError(results[0]!)).toBeUndefined();
    const missing = await failureOf(jobState(client, 'none'));
    expect(missing).toMatchObject({ code: 'NOT_FOUND', status: 404 });
  });

  test('an export: the rows as they were selected', async () => {
    const job = await startExport(client, products({ status: [] }, { nodes: { id: true } }));
    while (await worker.tick());
    const all = await client.run(products({ status: [], limit: 1 }, { totalCount: true }));
    const found = await collected(jobResult(client, await waitForJob(client, job)));
    expect(found.length).toBe(all?.totalCount);
    expect(found[0]).toEqual({ id: expect.any(String) });
  });

  test('every query and mutation of the schema has its function, and no other is exported', () => {
    const sdl = readFileSync(join(import.meta.dirname, '../../docs/schema.graphql'), 'utf8').replace(
      /"""[\s\S]*?"""/g,
      '',
    );
    const rootsOf = (type: string) =>
      [
        ...(new RegExp(`type ${type} \\{([\\s\\S]*?)\\n\\}`).exec(sdl)?.[1] ?? '').matchAll(/^ {2}(\w+)/gm),
      ].map(([, name]) => name);
    expect(Object.keys(operations).sort()).toEqual([...rootsOf('Query'), ...rootsOf('Mutation')].sort());
  });
});
