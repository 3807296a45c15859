/** docs/graphql.md: every field has an example, and each one does on the demo shop what it shows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installFeed } from '../../src/feed/store/triggers.ts';
import { enqueueJob, insertJob } from '../../src/graphql/store/jobs.ts';
import { eachDatabase } from '../support/databases.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/graphql.md'), 'utf8');
const EXAMPLES = [...PAGE.matchAll(/^### (\w+)\n(?:(?!^### ).*\n)*?```graphql\n([\s\S]*?)```/gm)].map(
  ([, name = '', example = '']) => [name, example] as const,
);

const JOB = {
  job_id: '784db22de9e8bd2271a4cc658cb47a96',
  client_id: 'c',
  grant_id: 'g',
  member_id: null,
  scopes: 'read write',
  kind: 'mutation',
  operation: 'productSet',
  csv: null,
  is_dry: 0,
};

eachDatabase((database) => {
  let shop: ShopApi;
  beforeAll(async () => {
    const store = await database.openShop();
    shop = await embeddedShopApi(store);
    await installFeed(store);
    await insertJob(store.db, JOB, 1_790_000_000);
    await enqueueJob(store.db, JOB.job_id, { total: 1, input_parts: 1 });
    // The histories of stocks and points begin with the first change.
    await shop.ask(
      'mutation { updateProductStock(code: "TNG-01-AI", stock: 47, stock_unlimited: false) { id } }',
    );
    await shop.ask('mutation { customerPointChange(id: 2, delta: 5, reason: "お詫び") { id } }');
  });
  afterAll(() => shop.close());

  test('every query and mutation of the schema has one', () => {
    expect(EXAMPLES.map(([name]) => name)).toEqual(shop.api.fields().map(({ name }) => name));
  });

  test.each(EXAMPLES)('%s', async (name, example) => {
    const { data, errors } = await shop.ask(example);
    expect(errors).toBeUndefined();
    expect(data[name]).toBeTruthy();
    // A deletion gives back an ID.
    if (typeof data[name] !== 'object') return;
    if (name !== 'changes' && 'nodes' in data[name]) expect(data[name].nodes.length).toBeGreaterThan(0);
    if ('edges' in data[name]) expect(data[name].edges.length).toBeGreaterThan(0);
  });
});
