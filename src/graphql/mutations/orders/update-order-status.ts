/** Changes the status of an order along the shop's state machine, as EC-CUBE's order list does. */
import { ORDER_STATUS, transitionBetween } from '../../../shop/order-status.ts';
import { updateRows } from '../../../shop/rows/write.ts';
import type { Mutation } from '../../mutation.ts';
import { invalid, rowId } from '../arguments.ts';
import { judgeUnchanged, type Precondition, preconditions } from '../precondition.ts';
import { applyTransition, lockOrder } from './order-transition.ts';

export const updateOrderStatus: Mutation = {
  name: 'updateOrderStatus',
  scopes: ['read', 'write'],
  description: {
    ja: '受注の対応状況を変更します。EC-CUBE の管理画面と同じ遷移だけが許され、在庫・ポイント・入金日も同じように更新されます。発送済みにすると、未出荷の出荷情報に出荷日が入ります。すでに指定の状況にある受注は何も変わりません。',
    en: 'Changes the status of an order. Only the transitions of EC-CUBE’s admin are allowed, with the same effects on stock, points and the date of payment. 発送済み (5) also dates shippings that are not shipped yet. An order that already has the status stays as it is.',
  },
  example: `mutation {
  updateOrderStatus(id: 17, order_status_id: 6) {
    id
    payment_date
    OrderStatus {
      id
      name
    }
  }
}`,
  args: {
    id: { type: 'ID!', description: { ja: '受注ID', en: 'ID of the order' } },
    order_status_id: {
      type: 'ID!',
      description: {
        ja: '対応状況のID（3 注文取消し、4 対応中、5 発送済み、6 入金済み、9 返品）',
        en: 'ID of the status (3 cancelled, 4 in progress, 5 delivered, 6 paid, 9 returned)',
      },
    },
    ...preconditions('Order'),
  },
  type: 'Order',
  run: async (context, given) => {
    const args = given as Precondition & { id: string; order_status_id: string };
    const order = await lockOrder(context, rowId(args.id));
    if (!order) throw invalid('id', 'No Order found', 'NOT_FOUND');
    await judgeUnchanged(context, 'Order', order.id, args);
    const to = rowId(args.order_status_id);
    if (order.status === to) return order.id;
    const transition = transitionBetween(order.status, to);
    if (!transition)
      throw invalid(
        'order_status_id',
        `The order cannot change from ${order.status} to ${to}`,
        'BAD_TRANSITION',
      );
    if (to === ORDER_STATUS.delivered) {
      await updateRows(
        context,
        'Shipping',
        { Order: order.id, shipping_date: null },
        { shipping_date: context.now },
      );
    }
    await applyTransition(context, order, transition);
    return order.id;
  },
};
