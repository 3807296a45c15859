/** Writers of the same things at once, and what a narrow writer may not learn by trying. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sha256Hex } from '../../src/base/bytes.ts';
import type { Db, Store } from '../../src/database/open.ts';
import { coreEntities } from '../../src/shop/registry.ts';
import { VERSION_FIELD } from '../../src/shop/rows/version.ts';
import { isNamed } from '../../src/shop/store/unnamed-images.ts';
import { embeddedShopApi, type Result, type ShopApi, startApi } from '../graphql/support/shop-api.ts';
import { eachDatabase } from '../support/databases.ts';

const CUSTOMER = 1; // has orders

eachDatabase((database) => {
  let store: Store;
  let shop: ShopApi;
  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store);
  });
  afterAll(() => shop.close());

  const rows = async (text: string) =>
    (await sql<Record<string, unknown>>`${sql.raw(text)}`.execute(store.db)).rows;
  const ask = async (field: string) => {
    const { data, errors } = await shop.ask(`mutation { it: ${field} }`);
    expect(errors).toBeUndefined();
    return data.it;
  };
  const as = async (scopes: string, query: string): Promise<Result> => {
    const response = await fetch(shop.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${scopes}` },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as Result;
  };
  const several = <T>(count: number, one: (n: number) => Promise<T>) =>
    Promise.all(Array.from({ length: count }, (_, n) => one(n)));

  test('of callers that name the same new code at once one makes the product, the others change it', async () => {
    const ids = await several(8, async (n) => {
      const input = `code: "ONCE-1", name: "${n}", classes: [{ price02: "10", stock: ${n} }]`;
      const list = `items: [{ code: "ONCE-0", name: "${n}", classes: [{ price02: "1", stock: 1 }] } { ${input} }]`;
      return n % 2 === 0
        ? (await ask(`productSet(input: { ${input} }) { id }`)).id
        : (await ask(`bulkProductSet(${list}) { Product { id } }`))[1].Product.id;
    });
    expect(new Set(ids)).toHaveLength(1);
    expect(
      await rows(`select id from dtb_product_class where product_code in ('ONCE-0', 'ONCE-1')`),
    ).toHaveLength(2);
  });

  test('a code is found again as it is stored, and one that no class would have is refused', async () => {
    const set = (code: string, own = '') =>
      shop.ask(
        `mutation { productSet(input: { code: "${code}", name: "n", classes: [{ ${own} price02: "1", stock: 1 }] }) { id } }`,
      );
    const first = await set(' SPACED ');
    expect(first.errors).toBeUndefined();
    expect(await set(' SPACED ')).toEqual(first);
    const { errors } = await set('OTHER', 'code: "ANOTHER",');
    expect(errors?.[0].extensions).toMatchObject({ code: 'INVALID', field: 'input.code' });
  });

  test('a list of products has a bounded number of classes', async () => {
    const classes = `[${Array.from({ length: 501 }, () => '{ price02: "1", stock: 1 }').join()}]`;
    const { errors } = await shop.ask(
      `mutation { bulkProductSet(items: [{ name: "a", classes: ${classes} } { name: "b", classes: ${classes} }]) { ok } }`,
    );
    expect(errors?.[0].extensions).toMatchObject({ code: 'LIMIT', field: 'items' });
  });

  test('a category that is made while the one above it moves gets the level that it has there', async () => {
    await several(4, async (n) => {
      const { id: above } = await ask(`categoryCreate(name: "above ${n}") { id }`);
      const { id: moved } = await ask(`categoryCreate(name: "moved ${n}") { id }`);
      await Promise.all([
        ask(`categoryCreate(name: "below ${n}", parent_id: ${moved}) { id }`),
        ask(`categoryUpdate(id: ${moved}, parent_id: ${above}) { id }`),
      ]);
    });
    const below = await rows(`select hierarchy from dtb_category where category_name like 'below %'`);
    expect(below.map(({ hierarchy }) => Number(hierarchy))).toEqual([3, 3, 3, 3]);
  });

  test('products that let go of one file at once all do', async () => {
    const copies = await several(6, async () => (await ask('productDuplicate(id: 1) { id }')).id);
    await Promise.all(copies.map((id) => ask(`productSet(input: { id: ${id}, images: [] }) { id }`)));
    expect(shop.log).toEqual([]);
  });

  test('images of ways to pay, and the one that is shown for none, are named by the shop', async () => {
    await rows(`update dtb_payment set payment_image = 'pay.png' where id = 1`);
    expect(await isNamed(store.db, 'pay.png')).toBe(true);
    expect(await isNamed(store.db, 'no_image_product.png')).toBe(true);
    expect(await isNamed(store.db, 'stranger.png')).toBe(false);
  });

  test('a refused deletion tells the name of a customer only to a token that may read it', async () => {
    const [row] = await rows(`select name01 from dtb_customer where id = ${CUSTOMER}`);
    const query = `mutation { customerDelete(id: ${CUSTOMER}, validateOnly: true) }`;
    const narrow = await as('write:customers', query);
    expect(narrow.errors?.[0].extensions.code).toBe('IN_USE');
    expect(JSON.stringify(narrow)).not.toContain(row?.name01);
    expect(JSON.stringify(await as('read-write', query))).toContain(row?.name01);
  });

  test('a dry run tells a token that may not read a customer or an order nothing of a guess', async () => {
    const [row] = await rows(`select name01, update_date from dtb_customer where id = ${CUSTOMER}`);
    const guess = (token: string, name: unknown) =>
      as(
        token,
        `mutation { customerUpdate(id: ${CUSTOMER}, input: { name01: "${String(name)}" }, validateOnly: true) { update_date } }`,
      );
    const right = await guess('write:customers', row?.name01);
    expect(right.data.customerUpdate.update_date).toBeTruthy();
    expect(right.data).toEqual((await guess('write:customers', '当てずっぽう')).data);
    const known = await guess('write:customers-read:customers', row?.name01);
    expect(known.data).not.toEqual((await guess('write:customers-read:customers', '当てずっぽう')).data);

    const [order] = await rows('select name01 from dtb_order where id = 1');
    const ofOrder = (name: unknown) =>
      as(
        'write:orders',
        `mutation { orderUpdate(id: 1, input: { name01: "${String(name)}" }, validateOnly: true) { update_date } }`,
      );
    expect((await ofOrder(order?.name01)).data.orderUpdate.update_date).toBeTruthy();
    expect((await ofOrder(order?.name01)).data).toEqual((await ofOrder('当てずっぽう')).data);
  });

  test('a version cannot be recomputed from what the row holds', async () => {
    const read = async (key: number) => {
      const other = await startApi(store, { resultKey: new Uint8Array(32).fill(key) });
      const { data } = await other.ask(`{ customer(id: ${CUSTOMER}) { ${VERSION_FIELD} } }`);
      await other.close();
      return data.customer.version;
    };
    expect(coreEntities.find(({ name }) => name === 'Customer')?.versioned).toBe(true);
    expect(await read(1)).toBe(await read(1));
    expect(await read(2)).not.toBe(await read(1));
  });

  test('a password among the arguments of a named mutation is not kept as a quick hash', async () => {
    const password = 'abcdefgh12345';
    await ask(
      `customerUpdate(id: ${CUSTOMER}, clientMutationId: "p", input: { password: "${password}" }) { id }`,
    );
    const [kept] = await rows(
      `select args_hash from tegata_client_mutation where mutation = 'customerUpdate'`,
    );
    expect(kept?.args_hash).toBeTruthy();
    expect(kept?.args_hash).not.toBe(
      sha256Hex(JSON.stringify({ id: String(CUSTOMER), input: { password } })),
    );
  });

  test('a dry run that ends after its request was given up leaves no transaction open', async () => {
    const hasty = await startApi(store, {
      limits: { seconds: 0.2, graceSeconds: 0, mutationGraceSeconds: 0 },
    });
    const held = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const holder = store.db.transaction().execute(async (trx: Db) => {
      await sql`update dtb_order set note = 'held' where id = 17`.execute(trx);
      begun.resolve();
      await held.promise;
    });
    await begun.promise;
    const late = await hasty.ask('mutation { updateOrder(id: 17, note: "dry", validateOnly: true) { id } }');
    expect(late.errors?.map(({ extensions }) => extensions.code)).toContain('TIMEOUT');
    held.resolve();
    await holder;
    await ask('updateOrder(id: 17, note: "after") { id }');
    await hasty.close();
  });
});
