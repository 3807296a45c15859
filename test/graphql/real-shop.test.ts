/** Every field of the schema, asked of the dumps of a real shop on PostgreSQL and MariaDB: nothing is in the way of anything. */
import { buildSchema, type GraphQLObjectType, getNamedType, isObjectType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { describeUnless } from '../support/left-out.ts';
import { realShopLacking, realShopLoaders } from './support/real-shop.ts';
import { type ShopApi, startApi } from './support/shop-api.ts';

describeUnless(realShopLacking, 'a real shop', () => {
  eachDatabase((database) => {
    const load = realShopLoaders[database.name];
    if (!load) {
      test('has no dump for SQLite', () => expect(database.name).toBe('sqlite'));
      return;
    }
    let shop: ShopApi;
    beforeAll(async () => {
      await load(database);
      shop = await startApi(database.open());
    });
    afterAll(() => shop.close());

    test.each(['products', 'orders', 'customers'])(
      '%s: all fields of all rows, two relations deep',
      async (field) => {
        const schema = buildSchema(shop.api.sdl());
        const connection = getNamedType(schema.getQueryType()?.getFields()[field]?.type);
        const node = isObjectType(connection) ? getNamedType(connection.getFields().nodes?.type) : undefined;
        const fields = allFields(node as GraphQLObjectType, 2);
        const answer = await shop.ask(`{ ${field}(limit: 1000) { totalCount nodes { ${fields} } } }`);
        expect(answer.errors).toBeUndefined();
        expect(answer.data[field].nodes.length).toBe(answer.data[field].totalCount);
        expect(answer.data[field].totalCount).toBeGreaterThanOrEqual(20);
        expect(shop.log).toEqual([]);
      },
    );

    test('the taxes by rate of each order add up to its tax, and every look-up answers', async () => {
      const answer = await shop.ask(
        `{ orders(limit: 1000) { nodes { id tax TaxByRate { tax } } }
          shop { ${allFields(typeOf('BaseInfo'), 1)} } payments { id } deliveries { DeliveryFees { fee } }
          categories(tree: true) { id } tags { id } classNames { id } orderStatuses { id } taxRules { id } news { id } }`,
      );
      expect(answer.errors).toBeUndefined();
      const { orders, shop: own, deliveries } = answer.data;
      for (const { id, tax, TaxByRate } of orders.nodes) {
        const sum = TaxByRate.reduce((all: number, one: { tax: number }) => all + one.tax, 0);
        expect([id, sum]).toEqual([id, tax]);
      }
      expect(own.shop_name).toBe('EC-CUBE SHOP');
      expect(deliveries[0].DeliveryFees).toHaveLength(47);
    });

    const typeOf = (name: string) => buildSchema(shop.api.sdl()).getType(name) as GraphQLObjectType;
  });
});

function allFields(type: GraphQLObjectType, depth: number): string {
  return Object.values(type.getFields())
    .flatMap((field) => {
      const inner = getNamedType(field.type);
      if (!isObjectType(inner)) return [field.name];
      return depth === 0 ? [] : [`${field.name} { ${allFields(inner, depth - 1)} }`];
    })
    .join(' ');
}
