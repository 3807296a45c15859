/** Every mutation of the core says what it does and shows a document that works on the demo shop. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { coreMutations } from '../../src/graphql/core-mutations.ts';
import type { ShippingMails } from '../../src/graphql/mails/shipping-mails.ts';
import type { OrderMailDeps } from '../../src/graphql/mutations/orders/send-order-mail.ts';
import { eachDatabase } from '../support/databases.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

// Only their descriptions are read; nothing is sent.
const mutations = coreMutations({
  mails: {} as ShippingMails,
  orderMails: {} as OrderMailDeps['orderMails'],
  images: undefined,
  passwordCost: 4,
});

test('every mutation and every argument is described in both languages', () => {
  for (const { name, description, example, args, types } of mutations) {
    const described = [
      description,
      ...Object.values(args).map((argument) => argument.description),
      ...(types ?? []).flatMap((type) => [
        type.description,
        ...Object.entries(type.kind === 'enum' ? {} : type.fields)
          .filter(([field]) => !/^[A-Z]/.test(field)) // an entity speaks for itself
          .map(([, field]) => field.description),
      ]),
    ];
    for (const text of described) {
      expect(text?.ja, name).toMatch(/[ぁ-んァ-ヶ一-龠]/);
      expect(text?.en, name).toMatch(/^[A-Z]/);
    }
    expect(example, name).toContain(name);
    expect(Object.keys(args), name).toEqual(expect.arrayContaining(['clientMutationId', 'validateOnly']));
  }
});

eachDatabase((database) => {
  let shop: ShopApi;
  beforeAll(async () => {
    shop = await embeddedShopApi(await database.openShop());
  });
  afterAll(() => shop.close());

  test.each(mutations.map(({ name, example }) => [name, example ?? ''] as const))(
    'the example of %s works',
    async (name, example) => {
      const { data, errors } = await shop.ask(example);
      expect(errors).toBeUndefined();
      expect(data[name]).not.toBeNull();
      if (name === 'bulkUpdateProductStock') {
        expect(data[name].every(({ ok }: { ok: boolean }) => ok)).toBe(true);
      }
    },
  );

  test('the plugin’s two mutations keep their arguments; what is new comes behind', () => {
    const sdl = shop.api.sdl();
    const inner = (name: string) =>
      new RegExp(`${name}\\(([^)]*?(?:\\([^)]*\\)[^)]*?)*)\\): (\\w+)`).exec(
        sdl.replace(/"""[\s\S]*?"""\s*/g, ''),
      );
    const args = (name: string) =>
      inner(name)?.[1]
        ?.trim()
        .split(/\s*\n\s*/)
        .filter(Boolean);
    expect(args('updateProductStock')).toEqual([
      'code: String!',
      'stock: Int',
      'stock_unlimited: Boolean!',
      'ifUpdateDate: DateTime',
      'ifVersion: String',
      'clientMutationId: String',
      'validateOnly: Boolean = false',
    ]);
    expect(args('updateShipped')).toEqual([
      'id: ID!',
      'shipping_date: DateTime',
      'shipping_delivery_name: String',
      'tracking_number: String',
      'note: String',
      'is_send_mail: Boolean = false',
      'ifUpdateDate: DateTime',
      'ifVersion: String',
      'clientMutationId: String',
      'validateOnly: Boolean = false',
    ]);
    expect(inner('updateShipped')?.[2]).toBe('Shipping');
  });
});
