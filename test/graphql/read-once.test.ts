/** What a document says without variables is read once; what it leaves open is read each time that it is sent. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onSqlite } from '../support/databases.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

onSqlite((database) => {
  let shop: ShopApi;
  beforeAll(async () => {
    shop = await embeddedShopApi(await database.openShop());
  });
  afterAll(() => shop.close());

  const count = async (query: string, variables = {}): Promise<Record<string, number>> => {
    const { data, errors } = await shop.ask(query, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return Object.fromEntries(
      Object.entries<{ nodes: unknown[] }>(data).map(([name, { nodes }]) => [name, nodes.length]),
    );
  };

  test('variables, wherever they stand among the arguments', async () => {
    const page = 'query ($n: Int) { products(limit: $n) { nodes { id } } }';
    expect(await count(page, { n: 1 })).toEqual({ products: 1 });
    expect(await count(page, { n: 3 })).toEqual({ products: 3 });
    const status = 'query ($s: String) { products(status: [$s], limit: 100) { nodes { id } } }';
    const shown = await count(status, { s: '1' });
    expect(await count(status, { s: '2' })).not.toEqual(shown);
    expect(await count(status, { s: '1' })).toEqual(shown);
  });

  test('two fields of one document, and the same one sent again', async () => {
    const query = '{ one: products(limit: 1) { nodes { id } } two: products(limit: 2) { nodes { id } } }';
    for (let time = 0; time < 3; time += 1) expect(await count(query)).toEqual({ one: 1, two: 2 });
  });

  test('a field of a fragment, of which more is asked in one place than in another', async () => {
    const node = 'nodes { id code stock }';
    const whole = await shop.ask(`{ a: productClasses(ids: ["4"]) { ${node} } }`);
    const [{ id, code, stock }] = whole.data.a.nodes;
    expect([typeof code, typeof stock]).toEqual(['string', 'number']);
    const query = `{
      a: productClasses(ids: ["4"]) { ...F }
      b: productClasses(ids: ["4"]) { ...F nodes { code } }
      c: productClasses(ids: ["4"]) { ...F nodes { stock } }
    } fragment F on ProductClassLookup { nodes { id } }`;
    for (let time = 0; time < 2; time += 1) {
      expect(await shop.ask(query)).toMatchObject({
        data: { a: { nodes: [{ id }] }, b: { nodes: [{ id, code }] }, c: { nodes: [{ id, stock }] } },
      });
    }
  });

  test('a fault is told each time', async () => {
    for (let time = 0; time < 2; time += 1) {
      const { errors } = await shop.ask('{ products(limit: 0) { nodes { id } } }');
      expect(errors?.[0].extensions).toMatchObject({ code: 'INVALID' });
    }
  });

  test('rows that are named are looked up each time', async () => {
    const query = '{ products(external_ids: ["once"]) { nodes { id } } }';
    expect(await count(query)).toEqual({ products: 0 });
    const set = 'mutation { setExternalIds(items: [{ entity: Product, id: 1, external_id: "once" }]) }';
    const { errors } = await shop.ask(set);
    expect(errors).toBeUndefined();
    expect(await count(query)).toEqual({ products: 1 });
  });
});
