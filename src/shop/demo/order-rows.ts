/** Makes rows of the orders: order, shippings, items, mails. */
import { sha256Hex } from '../../base/bytes.ts';
import { ORDER_STATUS } from '../order-status.ts';
import type { ShopRow, ShopRows } from '../row.ts';
import { type SoldClass, soldClass } from './catalogue-rows.ts';
import { type Address, customers, guest } from './customers.ts';
import { ITEM, type Priced, taxInGross, taxOnNet, totalsOf } from './order-totals.ts';
import { type Line, type OrderSpec, orders } from './orders.ts';
import { deliveries, demoDeliveryFee, POINT_RATE, SALE_TYPE, SHOP_NAME, TAX_RATE } from './settings.ts';

const DAY = 86_400; // seconds
const HOUR = 3_600;
const PC = 10; // mtb_device_type
const MOBILE = 2;
const PROCESSOR = 'Eccube\\Service\\PurchaseFlow\\Processor\\';

type Parcel = { shippingId: number; to: Address; deliveryId: number; lines: readonly Line[] };

type Item = Priced & { shippingId: number | null; sold?: SoldClass; name: string; processor?: string };

export type DemoOrder = {
  id: number;
  spec: OrderSpec;
  at: number;
  paidAt: number | null;
  shippedAt: number | null;
  parcels: readonly Parcel[];
  items: readonly Item[];
};

/** `now`: epoch seconds from which the orders' ages are counted back. */
export function demoOrders(now: number): DemoOrder[] {
  let shippings = 0;
  return orders.map((spec, place) => {
    const at = now - spec.ago[0] * DAY - spec.ago[1] * HOUR;
    const parcels = parcelsOf(spec, shippings);
    shippings += parcels.length;
    const shipped = spec.status === ORDER_STATUS.delivered || spec.status === ORDER_STATUS.returned;
    const paid = shipped || spec.status === ORDER_STATUS.paid;
    return {
      id: place + 1,
      spec,
      at,
      paidAt: paid ? at + DAY : null,
      shippedAt: shipped ? at + 2 * DAY : null,
      parcels,
      items: itemsOf(spec, parcels),
    };
  });
}

export function orderRows(demo: readonly DemoOrder[], currency: string): ShopRows {
  const numbered = (rows: ShopRow[]): ShopRow[] => rows.map((row, place) => ({ id: place + 1, ...row }));
  return {
    Order: demo.map((order) => orderRow(order, currency)),
    Shipping: demo.flatMap((order) => order.parcels.map((parcel) => shippingRow(order, parcel))),
    OrderItem: numbered(demo.flatMap(({ id, items }) => items.map((item) => itemRow(id, item, currency)))),
    MailHistory: numbered(demo.flatMap(mailRows)),
  };
}

const ordererOf = ({ customer }: OrderSpec): Address & { email: string } =>
  (customer === null ? undefined : customers[customer - 1]) ?? guest;

function parcelsOf(spec: OrderSpec, shippingsBefore: number): Parcel[] {
  const parcels = [{ to: ordererOf(spec), lines: spec.lines }, ...(spec.second ? [spec.second] : [])];
  return parcels.map(({ to, lines }, place) => ({
    shippingId: shippingsBefore + place + 1,
    to,
    lines,
    deliveryId: lines.every(([code]) => soldClass(code).saleTypeId === SALE_TYPE.download)
      ? deliveries.download.id
      : deliveries.parcel.id,
  }));
}

/** Products and 送料 belong to a parcel, the rest to the order. */
function itemsOf(spec: OrderSpec, parcels: readonly Parcel[]): Item[] {
  const ofParcels = parcels.flatMap((parcel) => [
    ...parcel.lines.map((line) => productItem(line, parcel.shippingId)),
    feeItem(parcel),
  ]);
  const { charge } = spec.payment;
  const free = { quantity: 1, tax: 0, shippingId: null };
  return [
    ...ofParcels,
    ...(charge > 0
      ? [
          {
            ...free,
            type: ITEM.charge,
            name: '手数料',
            price: charge,
            tax: taxInGross(charge),
            processor: 'PaymentChargePreprocessor',
          },
        ]
      : []),
    ...(spec.discount ? [{ ...free, type: ITEM.discount, name: '値引き', price: -spec.discount }] : []),
    ...(spec.usePoint
      ? [{ ...free, type: ITEM.point, name: 'ポイント', price: -spec.usePoint, processor: 'PointProcessor' }]
      : []),
  ];
}

function productItem([code, quantity]: Line, shippingId: number): Item {
  const sold = soldClass(code);
  const { price } = sold.variant;
  return {
    type: ITEM.product,
    name: sold.productName,
    price,
    quantity,
    tax: taxOnNet(price),
    shippingId,
    sold,
  };
}

function feeItem({ shippingId, deliveryId, to }: Parcel): Item {
  const price = demoDeliveryFee(deliveryId, to.prefId);
  const tax = taxInGross(price);
  return {
    type: ITEM.deliveryFee,
    name: '送料',
    price,
    quantity: 1,
    tax,
    shippingId,
    processor: 'DeliveryFeePreprocessor',
  };
}

/** 4.x fills `order_date` when the order is placed: 決済処理中 and 購入処理中 have none yet. */
const isPlaced = ({ status }: OrderSpec): boolean =>
  status !== ORDER_STATUS.pending && status !== ORDER_STATUS.processing;

function orderRow({ id, spec, at, paidAt, shippedAt, items }: DemoOrder, currency: string): ShopRow {
  const orderer = ordererOf(spec);
  const customer = spec.customer === null ? undefined : customers[spec.customer - 1];
  const totals = totalsOf(items, spec.usePoint ?? 0);
  return {
    id,
    customer_id: spec.customer,
    sex_id: customer?.sexId ?? null,
    job_id: customer?.jobId ?? null,
    birth: customer ? birthAt(customer.birth) : null,
    payment_id: spec.payment.id,
    payment_method: spec.payment.name,
    device_type_id: spec.mobile ? MOBILE : PC,
    pre_order_id: sha256Hex(`demo order ${id}`).slice(0, 40),
    order_no: String(id),
    message: spec.message ?? null,
    note: spec.note ?? null,
    ...addressColumns(orderer),
    email: orderer.email,
    subtotal: totals.subtotal,
    discount: totals.discount,
    delivery_fee_total: totals.deliveryFee,
    charge: totals.charge,
    tax: totals.tax,
    total: totals.total,
    payment_total: totals.total,
    create_date: at,
    update_date: shippedAt ?? paidAt ?? at,
    order_date: isPlaced(spec) ? at : null,
    payment_date: paidAt,
    currency_code: currency,
    add_point: spec.customer === null ? 0 : totals.addPoint,
    use_point: spec.usePoint ?? 0,
    order_status_id: spec.status,
  };
}

/** Local midnight in Japan, as EC-CUBE stores dates without a time (docs/eccube/database.md, Conventions). */
export const birthAt = ([year, month, day]: readonly [number, number, number]): number =>
  Date.UTC(year, month - 1, day) / 1000 - 9 * HOUR;

export const addressColumns = ({
  name,
  kana,
  company,
  phone,
  postalCode,
  prefId,
  city,
  street,
}: Address): ShopRow => ({
  name01: name[0],
  name02: name[1],
  kana01: kana[0],
  kana02: kana[1],
  company_name: company ?? null,
  phone_number: phone,
  postal_code: postalCode,
  pref_id: prefId,
  addr01: city,
  addr02: street,
});

function shippingRow({ id, at, shippedAt }: DemoOrder, { shippingId, to, deliveryId }: Parcel): ShopRow {
  const delivery = deliveryId === deliveries.parcel.id ? deliveries.parcel : deliveries.download;
  const time = delivery.times[shippingId % 3]; // every third parcel has no wish
  return {
    id: shippingId,
    order_id: id,
    delivery_id: deliveryId,
    ...addressColumns(to),
    delivery_name: delivery.name,
    time_id: time?.id ?? null,
    delivery_time: time?.name ?? null,
    shipping_date: shippedAt,
    tracking_number: shippedAt === null ? null : `0000-${String(shippingId).padStart(4, '0')}-0000`,
    create_date: at,
    update_date: shippedAt ?? at,
    mail_send_date: shippedAt,
  };
}

function itemRow(orderId: number, item: Item, currency: string): ShopRow {
  const { sold } = item;
  const taxed = item.type !== ITEM.discount && item.type !== ITEM.point;
  return {
    order_id: orderId,
    product_id: sold?.productId ?? null,
    product_class_id: sold?.id ?? null,
    shipping_id: item.shippingId,
    rounding_type_id: taxed ? 1 : null,
    tax_type_id: taxed ? 1 : 2,
    tax_display_type_id: sold ? 1 : 2,
    order_item_type_id: item.type,
    product_name: item.name,
    product_code: sold?.variant.code ?? null,
    class_name1: sold?.axes[0] ?? null,
    class_name2: sold?.axes[1] ?? null,
    class_category_name1: sold?.variant.options?.[0] ?? null,
    class_category_name2: sold?.variant.options?.[1] ?? null,
    price: item.price,
    quantity: item.quantity,
    tax: item.tax,
    tax_rate: taxed ? TAX_RATE : 0,
    currency_code: currency,
    processor_name: item.processor ? PROCESSOR + item.processor : null,
    point_rate: sold ? POINT_RATE : null,
  };
}

function mailRows({ id, spec, at, shippedAt, items }: DemoOrder): ShopRow[] {
  if (!isPlaced(spec)) return [];
  const [family, given] = ordererOf(spec).name;
  const greeting = `${family} ${given} 様\n\n`;
  const total = totalsOf(items, spec.usePoint ?? 0).total.toLocaleString('ja-JP');
  const mail = (sentAt: number, subject: string, body: string): ShopRow => ({
    order_id: id,
    send_date: sentAt,
    mail_subject: `[${SHOP_NAME}] ${subject}`,
    mail_body: `${greeting}${body}\n\n${SHOP_NAME}\n`,
  });
  const received = mail(
    at,
    'ご注文ありがとうございます',
    `この度はご注文いただき誠にありがとうございます。\n\nご注文番号：${id}\nお支払い合計：￥${total}`,
  );
  if (shippedAt === null) return [received];
  return [
    received,
    mail(
      shippedAt,
      '商品出荷のお知らせ',
      `お買い上げいただいた商品を発送いたしました。\n\nご注文番号：${id}`,
    ),
  ];
}
