/** News, time slots, and what customers may choose; the rows that EC-CUBE's pages write are compared in test/writes. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import { eachDatabase } from '../support/databases.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

eachDatabase((database) => {
  let store: Store;
  let shop: ShopApi;
  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store);
  });
  afterAll(() => shop.close());

  const run = async (field: string) => (await shop.ask(`mutation { it: ${field} }`)) as never as Answer;
  type Answer = { data?: { it: never }; errors?: { extensions: object }[] };
  const done = async (field: string): Promise<unknown> => {
    const { data, errors } = await run(field);
    expect(errors).toBeUndefined();
    return data?.it;
  };
  const refused = async (field: string, code: string, at: string) =>
    expect((await run(field)).errors?.[0]?.extensions).toMatchObject({ code, field: at });
  const times = async () => {
    const { data } = await shop.ask('{ deliveries { DeliveryTimes { id delivery_time } } }');
    return data.deliveries.flatMap((one: { DeliveryTimes: object[] }) => one.DeliveryTimes);
  };

  test('time slots are added last, put in order, hidden, and taken away', async () => {
    const before = await times();
    const made = (await done(
      'deliveryTimeCreate(delivery_id: 1, delivery_time: " 深夜 ") { id delivery_time visible }',
    )) as {
      id: string;
    };
    expect(made).toMatchObject({ delivery_time: '深夜', visible: true });
    expect((await times()).map(({ id }: { id: string }) => id)).toEqual([
      ...before.map(({ id }: { id: string }) => id),
      made.id,
    ]);
    const reversed = [made.id, ...before.map(({ id }: { id: string }) => id).toReversed()];
    await done(`deliveryTimeReorder(delivery_id: 1, ids: ${JSON.stringify(reversed)}) { id }`);
    expect((await times()).map(({ id }: { id: string }) => id)).toEqual(reversed);
    await done(`deliveryTimeUpdate(id: ${made.id}, visible: false) { visible }`);
    expect(await done(`deliveryTimeDelete(id: ${made.id})`)).toBe(made.id);
    expect(await times()).toHaveLength(before.length);
    await refused(
      'deliveryTimeCreate(delivery_id: 99, delivery_time: "x") { id }',
      'NOT_FOUND',
      'delivery_id',
    );
    await refused(
      'deliveryTimeCreate(delivery_id: 1, delivery_time: "　") { id }',
      'INVALID',
      'delivery_time',
    );
    await refused('deliveryTimeReorder(delivery_id: 2, ids: [1]) { id }', 'NOT_FOUND', 'ids');
    await refused(`deliveryTimeDelete(id: ${made.id})`, 'NOT_FOUND', 'id');
  });

  test('ways to pay and to deliver are hidden and shown, by those who have read their state', async () => {
    for (const kind of ['payment', 'delivery']) {
      expect(await done(`${kind}Visibility(id: 1, visible: false) { visible }`)).toEqual({ visible: false });
      await refused(
        `${kind}Visibility(id: 1, visible: true, ifVersion: "old") { id }`,
        'CONFLICT',
        'ifVersion',
      );
      expect(await done(`${kind}Visibility(id: 1, visible: true) { visible }`)).toEqual({ visible: true });
      await refused(`${kind}Visibility(id: 99, visible: true) { id }`, 'NOT_FOUND', 'id');
    }
  });

  test('news are purified, changed in part, and judged', async () => {
    const made = (await done(
      'newsCreate(title: "<b>題</b>", publish_date: "2026-12-01T09:30:00+09:00", description: "<p onclick=\\"x()\\">本文</p><script>1</script>") { id title description visible link_method }',
    )) as { id: string };
    expect(made).toMatchObject({
      title: '<b>題</b>',
      description: '<p>本文</p>',
      visible: true,
      link_method: false,
    });
    expect(await done(`newsUpdate(id: ${made.id}, url: "https://example.com/") { title url }`)).toEqual({
      title: '<b>題</b>',
      url: 'https://example.com/',
    });
    await refused(`newsUpdate(id: ${made.id}, title: null) { id }`, 'INVALID', 'title');
    await refused(`newsUpdate(id: ${made.id}, publish_date: null) { id }`, 'INVALID', 'publish_date');
    await refused(`newsUpdate(id: ${made.id}, url: "javascript:alert(1)") { id }`, 'INVALID', 'url');
    expect(await done(`newsDelete(id: ${made.id})`)).toBe(made.id);
    await refused(`newsUpdate(id: ${made.id}, title: "x") { id }`, 'NOT_FOUND', 'id');
  });
});
