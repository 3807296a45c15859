/** Answers whose reader has left while they were made: what they hold is given back, too, and for good. */

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store } from '../../src/database/open.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

const ANSWER_BYTES = 262_144;
const QUESTION = '{ products(limit: 1000) { nodes { name description_detail } } }';
const principal = {
  clientId: 'c',
  grantId: 'g',
  jti: 'j',
  memberId: 1,
  subject: 'admin',
  scopes: new Set(['read']),
};

let store: Store;
let shop: ShopApi;
beforeAll(async () => {
  store = openStore('sqlite::memory:');
  shop = await embeddedShopApi(store, { limits: { resultBytes: ANSWER_BYTES } });
  await sql`update dtb_product set description_detail = ${'x'.repeat(10_000)}`.execute(store.db);
});
afterAll(async () => {
  await shop.close();
  await store.close();
});

test('A2: fifty that were left leave room for the next one', async () => {
  for (let i = 0; i < 50; i += 1) {
    const prepared = shop.api.prepare({ query: QUESTION }, { principal, requestId: 'r' });
    if (prepared.kind !== 'ready') throw new Error(prepared.kind);
    const running = shop.api.run(prepared.args);
    shop.api.release(prepared.args);
    await running;
  }
  const { data, errors } = await shop.ask(QUESTION);
  expect(errors).toBeUndefined();
  expect(data.products.nodes.length).toBeGreaterThan(10);
});
