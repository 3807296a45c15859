/** Cancels a part of an order: pieces of its lines. EC-CUBE's staff correct the quantities on the order's page for that. */
import { formMessages } from '../../../shop/forms/messages.ts';
import { ORDER_STATUS } from '../../../shop/order-status.ts';
import { type Fault, InvalidArgument } from '../../errors.ts';
import type { Mutation, MutationContext, OwnType } from '../../mutation.ts';
import { invalid, rowId } from '../arguments.ts';
import { faultAt, throwFaults } from '../form-faults.ts';
import { type Precondition, preconditions } from '../precondition.ts';
import { changeOrder } from './change-order.ts';
import { keptItems } from './item-values.ts';
import type { PlannedItem } from './line-reader.ts';
import { MOST_ITEMS, ORDER_ID, USE_POINT } from './order-input.ts';
import { isProductLine, lockStoredOrder, type StoredOrder } from './stored-order.ts';

type Cancelled = { readonly id: string; readonly quantity: number };

type Args = Precondition & {
  readonly id: string;
  readonly items: readonly Cancelled[];
  readonly use_point?: number | null;
};

/** What is not sent yet and not cancelled as a whole. */
const OPEN: readonly number[] = [ORDER_STATUS.new, ORDER_STATUS.paid, ORDER_STATUS.inProgress];

const CANCELLED_ITEM: OwnType = {
  kind: 'input',
  name: 'CancelledItemInput',
  description: { ja: '取り消す商品の行と数量', en: 'A line of a product, and how many pieces are cancelled' },
  fields: {
    id: { type: 'ID!', description: { ja: '受注明細ID', en: 'ID of the line' } },
    quantity: { type: 'Int!', description: { ja: '取り消す数量', en: 'Pieces to cancel' } },
  },
};

export const orderCancelItems: Mutation = {
  name: 'orderCancelItems',
  scopes: ['read', 'write'],
  description: {
    ja: '発送前の受注の一部の商品を数量で取り消します。在庫が戻り、税・合計・加算ポイント・購入履歴が計算し直されます。数量が 0 になった行は削除されます。すべてを取り消すには updateOrderStatus で注文取消しにします。',
    en: 'Cancels pieces of an order that is not sent yet. Their stock is given back; taxes, totals, earned points and the customer’s purchases are computed again. A line without pieces goes. To cancel all, set the status to cancelled (updateOrderStatus).',
  },
  example: `mutation {
  orderCancelItems(id: 13, items: [{ id: 36, quantity: 1 }]) {
    total
    OrderItems {
      product_name
      quantity
    }
  }
}`,
  types: [CANCELLED_ITEM],
  args: {
    id: ORDER_ID,
    items: {
      type: '[CancelledItemInput!]!',
      description: {
        ja: `取り消す商品（${MOST_ITEMS}行まで）`,
        en: `What is cancelled (at most ${MOST_ITEMS} lines)`,
      },
      crosses: ['OrderItem'],
    },
    use_point: USE_POINT,
    ...preconditions('Order'),
  },
  type: 'Order',
  run: async (context, given) => {
    const args = given as Args;
    if (args.items.length > MOST_ITEMS)
      throw invalid('items', `At most ${MOST_ITEMS} rows are allowed`, 'LIMIT');
    const order = await lockStoredOrder(context, rowId(args.id), args);
    if (!OPEN.includes(order.status)) {
      throw invalid('id', 'Only an order that is not sent yet can be cancelled in part', 'BAD_TRANSITION');
    }
    await changeOrder(context, order, {
      values: {},
      shippings: order.shippings.map(({ id }) => ({ id, values: {} })),
      items: remaining(context, order, args.items),
      usePoint: args.use_point ?? order.usePoint,
      isPriced: true,
      faults: [],
      reason: 'order_cancel_items',
    });
    return order.id;
  },
};

function remaining(
  context: MutationContext,
  order: StoredOrder,
  cancelled: readonly Cancelled[],
): PlannedItem[] {
  const kept = keptItems(order.items, {
    placeOf: new Map(order.shippings.map(({ id }, place) => [id, place])),
  });
  const left = new Map(
    kept.filter(({ fields }) => isProductLine(fields)).map(({ id, fields }) => [id, Number(fields.quantity)]),
  );
  const faults: Fault[] = [];
  for (const [index, { id, quantity }] of cancelled.entries()) {
    const present = left.get(rowId(id));
    const place = `items[${index}]`;
    if (present === undefined) {
      throw new InvalidArgument([faultAt(`${place}.id`, 'No OrderItem of a product found', 'NOT_FOUND')]);
    }
    if (quantity < 1 || quantity > present) {
      faults.push(faultAt(`${place}.quantity`, formMessages.between(1, present)[context.locale]));
    }
    left.set(rowId(id), present - quantity);
  }
  throwFaults(faults);
  const touched = new Set(cancelled.map(({ id }) => rowId(id)));
  return kept.flatMap((item) => {
    if (item.id === undefined || !touched.has(item.id)) return [item];
    const quantity = left.get(item.id) ?? 0;
    return quantity === 0 ? [] : [{ ...item, fields: { ...item.fields, quantity } }];
  });
}
