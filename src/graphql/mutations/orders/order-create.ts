/** Takes in an order by hand: by telephone, at the counter, from another shop. */
import { randomHex } from '../../../base/bytes.ts';
import { ORDER_STATUS } from '../../../shop/order-status.ts';
import { addRow, type FieldValues, updateRows } from '../../../shop/rows/write.ts';
import type { Mutation, MutationContext } from '../../mutation.ts';
import { invalid, rowId } from '../arguments.ts';
import type { Given } from '../customers/person-form.ts';
import { throwFaults } from '../form-faults.ts';
import { noProduct } from './change-order.ts';
import { readItemValues } from './item-values.ts';
import { GIVEN_ORDER, givenItems, givenShippings, ORDER_TYPES, USE_POINT } from './order-input.ts';
import { pointFaults, pointLine, priceFaults, priceOf, readPointSettings } from './order-points.ts';
import { difference, lockPieces, movePieces, piecesOf } from './order-stock.ts';
import { ordererOf, PERSON_OF_CUSTOMER, readOrder } from './order-values.ts';
import { lineNames } from './planned-lines.ts';
import { readShippings } from './shipping-values.ts';
import {
  type LockedCustomer,
  lockCustomer,
  NOTHING,
  type Planned,
  settleCustomer,
  writeParts,
} from './write-order.ts';

type Args = {
  readonly customer_id?: string | null;
  readonly input?: Given | null;
  readonly items: readonly Given[];
  readonly shippings: readonly Given[];
  readonly use_point?: number | null;
};

/** Copied when the order is made, and never again. */
const COPIED = ['Sex', 'Job', 'birth'] as const;
const PRE_ORDER_ID_BYTES = 20; // 40 characters

export const orderCreate: Mutation = {
  name: 'orderCreate',
  scopes: ['read', 'write'],
  description: {
    ja: '受注を登録します（会員またはゲスト）。税・合計・加算ポイントは明細から計算され、在庫と利用ポイントが減ります。送料・手数料は明細の行で指定します。メールは送信されません。',
    en: 'Adds an order of a customer or a guest. Taxes, totals and points are computed from the lines; stock and used points are taken. Fees are lines of their own. No mail goes out.',
  },
  example: `mutation {
  orderCreate(
    customer_id: 1
    input: { payment_id: 3, note: "電話注文" }
    shippings: [{ delivery_id: 1 }]
    items: [
      { product_code: "HSH-01", quantity: 2 }
      { order_item_type_id: 2, price: "500" }
    ]
    use_point: 10
  ) {
    id
    order_no
    total
    add_point
    OrderItems {
      product_name
      price
      tax
      quantity
    }
  }
}`,
  types: ORDER_TYPES,
  args: {
    customer_id: {
      type: 'ID',
      description: { ja: '会員ID（ゲストの受注では省略）', en: 'ID of the customer; none for a guest' },
      crosses: ['Customer'],
    },
    input: GIVEN_ORDER,
    shippings: givenShippings('!'),
    items: givenItems('!'),
    use_point: USE_POINT,
  },
  type: 'Order',
  run: async (context, given) => {
    const args = given as Args;
    const customer = await customerOf(context, args.customer_id);
    const { values, planned, usePoint } = await readNew(context, args, customer);
    const lines = [...planned.items.map(({ fields }) => fields)];
    const taken = difference(new Map(), piecesOf(lines));
    const stock = await lockPieces(context, taken, { lineOf: lineNames(planned.items) });
    const id = await addRow(context, 'Order', values);
    await updateRows(context, 'Order', { id }, { order_no: String(id) });
    await writeParts(context, id, NOTHING, planned);
    await movePieces(context, stock, taken, { reason: 'order_create', orderId: id });
    await settleCustomer(context, customer, planned.pointLine ? -usePoint : 0);
    return id;
  },
};

async function customerOf(
  context: MutationContext,
  id: string | null | undefined,
): Promise<LockedCustomer | undefined> {
  if (typeof id !== 'string') return undefined;
  const customer = await lockCustomer(context, rowId(id), [...PERSON_OF_CUSTOMER, ...COPIED]);
  if (!customer) throw invalid('customer_id', 'No Customer found', 'NOT_FOUND');
  return customer;
}

type NewOrder = { readonly values: FieldValues; readonly planned: Planned; readonly usePoint: number };

/** Throws of everything that is wrong. */
async function readNew(
  context: MutationContext,
  args: Args,
  customer: LockedCustomer | undefined,
): Promise<NewOrder> {
  const person: FieldValues = customer
    ? Object.fromEntries(PERSON_OF_CUSTOMER.map((name) => [name, customer.fields[name] ?? null]))
    : {};
  const order = await readOrder(context, args.input ?? {}, true, person);
  const shippings = await readShippings(context, args.shippings, [], ordererOf(order.values));
  const items = await readItemValues(context, args.items, {
    items: [],
    placeOf: new Map(),
    shippings: args.shippings.length,
  });
  const [usePoint, settings] = [args.use_point ?? 0, await readPointSettings(context)];
  const held = settings.isOn ? customer?.point : undefined;
  throwFaults([
    ...order.faults,
    ...shippings.faults,
    ...items.faults,
    ...noProduct(context, items.planned),
    ...pointFaults(context, usePoint, usePoint, held),
  ]);
  const points = pointLine(usePoint, settings, customer !== undefined);
  const lines = [...items.planned.map(({ fields }) => fields), ...(points ? [points] : [])];
  const price = priceOf(lines, settings, customer !== undefined);
  throwFaults(priceFaults(context, price, usePoint));
  const copied = customer ? COPIED.map((name) => [name, customer.fields[name] ?? null] as const) : [];
  return {
    values: {
      ...headOf(context, customer),
      ...order.values,
      ...Object.fromEntries(copied),
      ...price,
      use_point: usePoint,
    },
    planned: { shippings: shippings.planned, items: items.planned, pointLine: points ?? null },
    usePoint,
  };
}

const headOf = ({ now }: MutationContext, customer: LockedCustomer | undefined): FieldValues => ({
  OrderStatus: ORDER_STATUS.new,
  Customer: customer?.id ?? null,
  pre_order_id: randomHex(PRE_ORDER_ID_BYTES),
  order_date: now,
});
