/** Pages of few rows are read in fewer statements than those of many, where the database can: nothing else tells the two apart. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FEW_ROWS } from '../../src/shop/rows/nested-owners.ts';
import { eachDatabase } from '../support/databases.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

const ORDER = `id order_date Customer { id email birth create_date external_id } again: Customer { name01 } Country { id name }
  Pref { id name sort_no } Sex { name } Payment { id method charge } OrderStatus { id name } CustomerOrderStatus { id name }
  Shippings { id Delivery { id name } Pref { id } OrderItems { id OrderItemType { id name } } }
  OrderItems { id price Product { id name create_date } ProductClass { id price02 } TaxType { id __typename } }`;

eachDatabase((database) => {
  let shop: ShopApi;
  beforeAll(async () => {
    shop = await embeddedShopApi(await database.openShop());
  });
  afterAll(() => shop.close());

  async function page(field: string, limit: number, nodes: string) {
    shop.statements.length = 0;
    const answer = await fetch(shop.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer read' },
      body: JSON.stringify({ query: `{ it: ${field}(limit: ${limit}) { nodes { ${nodes} } } }` }),
    });
    const { data, errors, extensions } = await answer.json();
    expect(errors).toBeUndefined();
    return {
      nodes: data.it.nodes,
      cost: extensions.cost.actualQueryCost,
      statements: shop.statements.length,
    };
  }

  test.each([
    ['orders', ORDER],
    ['customers', 'id Pref { id name } Sex { id } Status { name } Orders { id Payment { method } }'],
    ['products', 'id Status { name } ProductClasses { id SaleType { id name } ClassCategory1 { id name } }'],
  ])('%s: few rows show what many show, at the same cost', async (field, nodes) => {
    const few = await page(field, FEW_ROWS, nodes);
    const many = await page(field, FEW_ROWS + 1, nodes);
    expect(few.nodes.length).toBeGreaterThan(3);
    expect(few.nodes).toEqual(many.nodes);
    expect(few.cost).toBe(many.cost);
    if (database.name === 'postgres') expect(few.statements).toBeLessThan(many.statements);
  });
});
