/** Writes the shop's memo of an order (SHOP用メモ欄), which customers do not see. */
import { ORDER_STATUS } from '../../../shop/order-status.ts';
import { readRows, updateRows } from '../../../shop/rows/write.ts';
import type { Mutation } from '../../mutation.ts';
import { invalid, rowId, tooLong, withoutNul } from '../arguments.ts';
import { judgeUnchanged, type Precondition, preconditions } from '../precondition.ts';
import { lockOrder } from './order-transition.ts';

const MOST_NOTE = 3000;

export const updateOrder: Mutation = {
  name: 'updateOrder',
  scopes: ['read', 'write'],
  description: {
    ja: '受注の SHOP用メモ欄を更新します。金額・在庫・ポイントは変わりません。',
    en: 'Writes the shop’s memo of an order. Amounts, stock and points stay as they are.',
  },
  example: `mutation {
  updateOrder(id: 17, note: "ギフト包装") {
    id
    note
    update_date
  }
}`,
  args: {
    id: { type: 'ID!', description: { ja: '受注ID', en: 'ID of the order' } },
    note: {
      type: 'String',
      description: {
        ja: `SHOP用メモ欄（${MOST_NOTE}文字まで。null は空にします）`,
        en: `The memo (at most ${MOST_NOTE} characters; null empties it)`,
      },
    },
    ...preconditions('Order'),
  },
  type: 'Order',
  run: async (context, given) => {
    const { id, note, ...expected } = given as Precondition & { id: string; note?: string | null };
    const text = tooLong(note, MOST_NOTE);
    if (text) throw invalid('note', text);
    const order = await lockOrder(context, rowId(id));
    if (!order) throw invalid('id', 'No Order found', 'NOT_FOUND');
    if (order.status === ORDER_STATUS.pending || order.status === ORDER_STATUS.processing) {
      throw invalid('id', 'The order is not placed yet', 'BAD_TRANSITION');
    }
    await judgeUnchanged(context, 'Order', order.id, expected);
    if (note === undefined) return order.id;
    // An emptied form field is NULL in EC-CUBE.
    const wanted = note ? withoutNul(note) : null;
    const [row] = await readRows(context, 'Order', ['note'], { id: order.id });
    if (row?.note !== wanted) await updateRows(context, 'Order', { id: order.id }, { note: wanted });
    return order.id;
  },
};
