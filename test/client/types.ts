/** What the typed client must not take: compiled by `npm run types`, never run. Each line below a remark has to be an error. */

import {
  bulkProductSet,
  orders,
  product,
  productDelete,
  productSet,
  products,
  shop,
  tags,
} from '../../packages/client/src/generated/operations.ts';
import type { Order } from '../../packages/client/src/generated/schema.ts';
import { jobResult, startExport, startJob } from '../../packages/client/src/jobs.ts';
import {
  createClient,
  PAGE_INFO,
  rows,
  type Selection,
  type TypedDocument,
} from '../../packages/client/src/main.ts';

/** Fails to compile unless both types are the same. */
const same = <Wanted>() => ({
  as: <Found>(..._: [Wanted, Found] extends [Found, Wanted] ? [] : ['another type', Found]): void => {},
});

const ORDER = {
  id: true,
  order_no: true,
  OrderItems: { quantity: true },
} as const satisfies Selection<Order>;

export async function compiled(): Promise<void> {
  const client = createClient({ url: 'https://api.shop.example', token: 'T' });

  const one = await client.run(
    product({ id: 1 }, { name: true, ProductClasses: { code: true, price02: true } }),
  );
  same<{
    name: string;
    ProductClasses: ({ code: string | null; price02: number } | null)[] | null;
  } | null>().as<typeof one>();
  // @ts-expect-error what was not selected is not there
  one?.note;
  // @ts-expect-error no such field
  product({ id: 1 }, { nom: true });
  // @ts-expect-error no such field, further in
  product({ id: 1 }, { ProductClasses: { stok: true } });
  // @ts-expect-error an object has fields to select
  product({ id: 1 }, { ProductClasses: true });
  // @ts-expect-error a value has none
  product({ id: 1 }, { name: { first: true } });
  // @ts-expect-error the id is required
  product({}, { id: true });
  // @ts-expect-error no such argument
  products({ limits: 1 }, { totalCount: true });
  // @ts-expect-error a number
  products({ limit: '1' }, { totalCount: true });
  // @ts-expect-error none of the enum's values
  bulkProductSet({ items: [], errorPolicy: 'SKIP' }, { ok: true });
  // @ts-expect-error no such field of the input
  productSet({ input: { nam: '手形' } }, { id: true });

  const deleted = await client.run(productDelete({ id: 1 }));
  same<string>().as<typeof deleted>();
  // @ts-expect-error an ID has no fields
  productDelete({ id: 1 }, { id: true });

  const both = await client.runAll({ base: shop({ shop_name: true }), all: tags({ id: true, name: true }) });
  same<{ base: { shop_name: string | null } | null; all: { id: string; name: string }[] }>().as<
    typeof both
  >();
  // @ts-expect-error not asked for
  both.other;

  for await (const order of rows(client, (after) =>
    orders({ after }, { nodes: ORDER, pageInfo: PAGE_INFO }),
  )) {
    same<string | null>().as<typeof order.order_no>();
  }
  // @ts-expect-error a page has to tell whether there is another
  rows(client, (after) => orders({ after }, { nodes: ORDER }));

  const generated = {} as TypedDocument<{ product: { id: string } }, { id: string }>;
  const requested = await client.request(generated, { id: '1' });
  same<{ product: { id: string } }>().as<typeof requested>();
  // @ts-expect-error the variables' types hold
  client.request(generated, { id: 1 });

  const job = await startJob(client, productSet.document({ id: true }), [{ input: { name: '手形' } }]);
  for await (const { data } of jobResult(client, job)) {
    same<string | undefined>().as<NonNullable<NonNullable<typeof data>['productSet']>['id'] | undefined>();
  }
  // @ts-expect-error a line holds the arguments of the mutation
  startJob(client, productSet.document({ id: true }), [{ input: { nam: '手形' } }]);
  const exported = await startExport(client, orders({}, { nodes: { order_no: true } }));
  for await (const row of jobResult(client, exported)) same<string | null>().as<typeof row.order_no>();
}
