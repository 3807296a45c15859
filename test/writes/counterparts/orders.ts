/** The status buttons of the order list, and the status of the order's page. */
import { orderIdOf } from '../records.ts';
import { type CounterpartOf, idIn } from './counterpart.ts';

const SHIP = 'mutation($id: ID!, $mail: Boolean) { updateShipped(id: $id, is_send_mail: $mail) { id } }';
const CHANGE = 'mutation($id: ID!, $to: ID!) { updateOrderStatus(id: $id, order_status_id: $to) { id } }';

const DELIVERED = '5';
/** Cancelling a return moves the order, not a parcel: that has its date already. */
const OF_THE_ORDER = ['orderlist-status-cancel-return', 'orderlist-status-same'];

export const orderCounterpart: CounterpartOf = (record) => {
  const { path, fields, changed } = record;
  const to = String(fields.order_status ?? fields.OrderStatus ?? '');
  const isList = path.endsWith('/order_status');
  if (isList && to === DELIVERED && !OF_THE_ORDER.includes(record.record)) {
    return { document: SHIP, variables: { id: idIn(path), mail: fields.notificationMail === '1' } };
  }
  const isRefused = changed.length === 0 && record.record !== 'orderlist-status-same';
  return {
    document: CHANGE,
    variables: { id: String(orderIdOf(record)), to },
    ...(isRefused && { refused: 'BAD_TRANSITION' }),
  };
};
