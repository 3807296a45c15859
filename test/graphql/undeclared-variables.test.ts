/** Variables that no document declares ask for nothing, and are measured by nobody: no named mutation may look into them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { openStore, type Store } from '../../src/database/open.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

const MOST_CPU_MS = 3_000;

let store: Store;
let shop: ShopApi;
beforeAll(async () => {
  store = openStore('sqlite::memory:');
  await migrate(store);
  shop = await embeddedShopApi(store);
});
afterAll(async () => {
  await shop.close();
  await store.close();
});

const set = (name: string, stock = 5) =>
  `updateProductStock(code: "YNM-01", stock: ${stock}, stock_unlimited: false, clientMutationId: "${name}") { stock }`;

/** `junk` is JSON. */
async function ask(query: string, junk: string) {
  const response = await fetch(shop.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer read-write' },
    body: `{"query":${JSON.stringify(query)},"variables":{"junk":${junk}}}`,
  });
  const { extensions: _cost, ...answer } = (await response.json()) as Record<string, unknown>;
  return { status: response.status, answer };
}

test('A2: lists thousands deep do not lose the answer to a mutation that was done', async () => {
  for (const levels of [5_000, 200_000]) {
    const junk = '['.repeat(levels) + ']'.repeat(levels);
    const expected = { status: 200, answer: { data: { updateProductStock: { stock: 5 } } } };
    expect(await ask(`mutation { ${set(`deep ${levels}`)} }`, junk)).toEqual(expected);
    await ask(`mutation { ${set(`between ${levels}`, 7)} }`, '0');
    // The same question is answered as at first, whatever stands beside it.
    expect(await ask(`mutation { ${set(`deep ${levels}`)} }`, '1')).toEqual(expected);
  }
  expect(shop.log).toEqual([]);
});

test('A2: 200 named mutations beside 300,000 values cost no more than without', async () => {
  const mutations = Array.from({ length: 200 }, (_, place) => `a${place}: ${set(`wide ${place}`)}`);
  const before = process.cpuUsage();
  const { answer } = await ask(`mutation { ${mutations.join(' ')} }`, `[${'1,'.repeat(300_000)}1]`);
  const { user, system } = process.cpuUsage(before);
  expect(answer).toMatchObject({ data: { a0: { stock: 5 }, a199: { stock: 5 } } });
  expect((user + system) / 1000).toBeLessThan(MOST_CPU_MS);
});
