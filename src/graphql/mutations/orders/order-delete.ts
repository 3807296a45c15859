/** Deletes an order with everything that hangs on it, and gives back what it holds. */
import { ORDER_STATUS, pointChange, transitionBetween } from '../../../shop/order-status.ts';
import { deleteRows } from '../../../shop/rows/write.ts';
import type { Argument, Mutation, MutationContext } from '../../mutation.ts';
import { invalid, rowId } from '../arguments.ts';
import { DELETED_ID } from '../catalogue/deletion.ts';
import { judgeUnchanged, type Precondition, preconditions } from '../precondition.ts';
import { ORDER_ID } from './order-input.ts';
import { readPointSettings } from './order-points.ts';
import { difference, lockPieces, movePieces, type Pieces, piecesOf } from './order-stock.ts';
import { type LockedOrder, lockOrder } from './order-transition.ts';
import { readItems } from './stored-order.ts';
import { lockCustomer, settleCustomer } from './write-order.ts';

type Args = Precondition & {
  readonly id: string;
  readonly restoreStock: boolean;
  readonly restorePoints: boolean;
};

const choice = (ja: string, en: string): Argument => ({
  type: 'Boolean!',
  default: true,
  description: { ja, en },
  crosses: [],
});

export const orderDelete: Mutation = {
  name: 'orderDelete',
  scopes: ['read', 'write'],
  description: {
    ja: '受注を明細・出荷・メール履歴ごと削除します。既定では、取り消しまたは返品のときと同じだけ在庫とポイントを戻し、会員の購入履歴を計算し直します（EC-CUBE の一括削除は何も戻しません）。元に戻せません。',
    en: 'Deletes an order with its lines, shippings and mail history, for good. By default stock and points are given back as when it was cancelled or returned; the customer’s purchases are counted again. (EC-CUBE’s bulk delete gives nothing back.)',
  },
  example: `mutation {
  orderDelete(id: 15)
}`,
  args: {
    id: ORDER_ID,
    restoreStock: choice(
      '在庫を戻すか（発送前の受注だけが在庫を戻します）',
      'Whether stock is given back, which only an order that was not sent holds',
    ),
    restorePoints: choice(
      '利用ポイントを戻し、発送済みなら加算ポイントを取り消すか',
      'Whether used points are given back, and those that a sent order has given are taken',
    ),
    ...preconditions('Order'),
  },
  type: DELETED_ID,
  run: async (context, given) => {
    const args = given as Args;
    const order = await lockOrder(context, rowId(args.id));
    if (!order) throw invalid('id', 'No Order found', 'NOT_FOUND');
    await judgeUnchanged(context, 'Order', order.id, args);
    const customer = order.customerId === null ? undefined : await lockCustomer(context, order.customerId);
    const held = args.restoreStock ? await piecesHeld(context, order) : new Map<number, number>();
    const taken = difference(held, new Map());
    const stock = await lockPieces(context, taken, { lineOf: () => ({ place: 'id', name: '' }) });
    for (const entity of ['MailHistory', 'OrderItem', 'Shipping']) {
      await deleteRows(context, entity, { Order: order.id });
    }
    await deleteRows(context, 'Order', { id: order.id });
    await movePieces(context, stock, taken, { reason: 'order_delete', orderId: order.id });
    await settleCustomer(context, customer, args.restorePoints ? await pointsBack(context, order) : 0);
    return order.id;
  },
};

/** How a whole order ends from its status: cancelled, or returned when it was sent. A pending one holds the same as a new one. */
function ending({ status }: LockedOrder) {
  const from = status === ORDER_STATUS.pending ? ORDER_STATUS.new : status;
  return transitionBetween(from, ORDER_STATUS.cancelled) ?? transitionBetween(from, ORDER_STATUS.returned);
}

async function piecesHeld(context: MutationContext, order: LockedOrder): Promise<Pieces> {
  return ending(order)?.stock ? piecesOf(await readItems(context, order.id)) : new Map();
}

async function pointsBack(context: MutationContext, order: LockedOrder): Promise<number> {
  const end = ending(order);
  if (!end) return 0;
  const { isOn } = await readPointSettings(context);
  return pointChange(end, order, isOn);
}
