/** The whole demo shop 手形商店 as rows: believable, invented, the same on every first start but for its dates. */
import { sha256Hex } from '../../base/bytes.ts';
import { ORDER_STATUS } from '../order-status.ts';
import type { ShopRow, ShopRows } from '../row.ts';
import { catalogueRows } from './catalogue-rows.ts';
import { type CustomerSpec, customers } from './customers.ts';
import { addressColumns, birthAt, type DemoOrder, demoOrders, orderRows } from './order-rows.ts';
import { totalsOf } from './order-totals.ts';
import { settingRows } from './settings.ts';

const DAY = 86_400; // seconds
const OPEN_FOR = 180 * DAY;

/** No hash has this form, so no one can log in with it. */
const NO_PASSWORD = '*';

/** Orders that EC-CUBE counts in a customer's `buy_times`. */
const BOUGHT: ReadonlySet<number> = new Set([
  ORDER_STATUS.new,
  ORDER_STATUS.inProgress,
  ORDER_STATUS.delivered,
  ORDER_STATUS.paid,
]);

/** `now`: epoch seconds of the first start; `currency`: `ECCUBE_CURRENCY`. */
export function demoRows({ now, currency }: { now: number; currency: string }): ShopRows {
  const openedAt = now - OPEN_FOR;
  const orders = demoOrders(now);
  return {
    ...settingRows(openedAt),
    ...catalogueRows(openedAt, currency),
    ...customerRows(openedAt, orders),
    ...orderRows(orders, currency),
  };
}

function customerRows(openedAt: number, orders: readonly DemoOrder[]): ShopRows {
  const since = (place: number): ShopRow => {
    const at = openedAt + (place + 1) * 5 * DAY;
    return { create_date: at, update_date: at };
  };
  const numbered = (rows: ShopRow[]): ShopRow[] => rows.map((row, place) => ({ id: place + 1, ...row }));
  return {
    Customer: customers.map((customer, place) => ({
      id: place + 1,
      ...customerColumns(customer),
      ...bought(
        customer,
        orders.filter(({ spec }) => spec.customer === place + 1),
      ),
      secret_key: sha256Hex(`demo customer ${place + 1}`).slice(0, 32),
      ...since(place),
    })),
    CustomerAddress: numbered(
      customers.flatMap(({ addresses = [] }, place) =>
        addresses.map((address) => ({ customer_id: place + 1, ...addressColumns(address), ...since(place) })),
      ),
    ),
    CustomerFavoriteProduct: numbered(
      customers.flatMap(({ favourites = [] }, place) =>
        favourites.map((productId) => ({ customer_id: place + 1, product_id: productId, ...since(place) })),
      ),
    ),
  };
}

const customerColumns = (customer: CustomerSpec): ShopRow => ({
  customer_status_id: customer.status,
  sex_id: customer.sexId,
  job_id: customer.jobId,
  ...addressColumns(customer),
  email: customer.email,
  birth: birthAt(customer.birth),
  password: NO_PASSWORD,
  note: customer.note ?? null,
});

/** What the customer's orders make of times, sums and points, as EC-CUBE would have kept them. */
function bought({ startPoint }: CustomerSpec, orders: readonly DemoOrder[]): ShopRow {
  const counted = orders.filter(({ spec }) => BOUGHT.has(spec.status));
  const totals = (order: DemoOrder) => totalsOf(order.items, order.spec.usePoint ?? 0);
  const given = orders
    .filter(({ spec }) => spec.status === ORDER_STATUS.delivered)
    .reduce((sum, order) => sum + totals(order).addPoint, 0);
  const used = counted.reduce((sum, { spec }) => sum + (spec.usePoint ?? 0), 0);
  return {
    first_buy_date: counted[0]?.at ?? null,
    last_buy_date: counted.at(-1)?.at ?? null,
    buy_times: counted.length,
    buy_total: counted.reduce((sum, order) => sum + totals(order).total, 0),
    point: startPoint + given - used,
  };
}
