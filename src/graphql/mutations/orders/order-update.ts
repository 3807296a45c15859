/** Corrects an order, as EC-CUBE's order page and its shipping page do. */
import type { FieldValues } from '../../../shop/rows/write.ts';
import type { Mutation, MutationContext } from '../../mutation.ts';
import { rowId } from '../arguments.ts';
import type { Given } from '../customers/person-form.ts';
import { type Precondition, preconditions } from '../precondition.ts';
import { changeOrder, type Wanted } from './change-order.ts';
import { keptItems, readItemValues } from './item-values.ts';
import { GIVEN_ORDER, givenItems, givenShippings, ORDER_ID, ORDER_TYPES, USE_POINT } from './order-input.ts';
import { ordererOf, readOrder } from './order-values.ts';
import { type PlannedShipping, readShippings } from './shipping-values.ts';
import { lockStoredOrder, type StoredOrder } from './stored-order.ts';

type Args = Precondition & {
  readonly id: string;
  readonly input?: Given | null;
  readonly items?: readonly Given[] | null;
  readonly shippings?: readonly Given[] | null;
  readonly use_point?: number | null;
};

export const orderUpdate: Mutation = {
  name: 'orderUpdate',
  scopes: ['read', 'write'],
  description: {
    ja: '受注を更新します。指定した項目だけが変わります。明細や利用ポイントを変えると、税・合計・加算ポイントが計算し直され、在庫・会員のポイント・購入履歴も差分だけ変わります。対応状況は updateOrderStatus で変更します。',
    en: 'Changes an order; only what is given changes. With lines or used points the taxes, totals and earned points are computed again, and stock, the customer’s points and purchases follow by the difference. The status is changed by updateOrderStatus.',
  },
  example: `mutation {
  orderUpdate(
    id: 17
    input: { note: "のし希望" }
    shippings: [{ id: 18, note: "不在時は宅配ボックス" }]
  ) {
    note
    update_date
    version
  }
}`,
  types: ORDER_TYPES,
  args: {
    id: ORDER_ID,
    input: GIVEN_ORDER,
    shippings: givenShippings(''),
    items: givenItems(''),
    use_point: USE_POINT,
    ...preconditions('Order'),
  },
  type: 'Order',
  run: async (context, given) => {
    const args = given as Args;
    const order = await lockStoredOrder(context, rowId(args.id), args);
    await changeOrder(context, order, await readWanted(context, order, args));
    return order.id;
  },
};

async function readWanted(context: MutationContext, order: StoredOrder, args: Args): Promise<Wanted> {
  const read = await readOrder(context, args.input ?? {}, false);
  const shippings = await plannedShippings(context, order, args, { ...order.fields, ...read.values });
  const placeOf = new Map(
    shippings.planned.flatMap(({ id }, place) => (id === undefined ? [] : [[id, place] as const])),
  );
  const stored = { items: order.items, placeOf, shippings: shippings.planned.length };
  const items = args.items
    ? await readItemValues(context, args.items, stored)
    : { planned: keptItems(order.items, stored), faults: [] };
  return {
    values: read.values,
    shippings: shippings.planned,
    items: items.planned,
    usePoint: args.use_point ?? order.usePoint,
    isPriced: args.items != null || placeOf.size < order.shippings.length,
    faults: [...read.faults, ...shippings.faults, ...items.faults],
    reason: 'order_update',
  };
}

async function plannedShippings(
  context: MutationContext,
  order: StoredOrder,
  { shippings }: Args,
  orderer: FieldValues,
): ReturnType<typeof readShippings> {
  if (shippings) return readShippings(context, shippings, order.shippings, ordererOf(orderer));
  const planned: PlannedShipping[] = order.shippings.map(({ id }) => ({ id, values: {} }));
  return { planned, faults: [] };
}
