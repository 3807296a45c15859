/** Reads what the shipping mail says, and who sends it, from the shop's rows. */
import type { MailMessage } from '../../outbound/message.ts';
import {
  type Person,
  type ShippedItem,
  type ShippingMail,
  shippingHtml,
  shippingSubject,
  shippingText,
} from '../../outbound/shipping-mail.ts';
import { type FieldValue, type RowReading, readRows } from '../../shop/rows/write.ts';
import { shopTime } from '../../shop/shop-time.ts';

const SHIPPING_TEMPLATE = 8; // 出荷通知メール in dtb_mail_template
const PRODUCT_ITEM = 1; // 商品 in mtb_order_item_type

const PERSON_FIELDS = [
  'name01',
  'name02',
  'kana01',
  'kana02',
  'company_name',
  'postal_code',
  'addr01',
  'addr02',
  'phone_number',
  'Pref',
] as const;

type MailContext = RowReading & { readonly timeZone: string };

type PersonRow = Record<(typeof PERSON_FIELDS)[number], FieldValue>;

/** The mail about a shipping as it is now. Throws when the shop's rows are not enough for one. */
export async function shippingMessage(
  context: MailContext,
  orderId: number,
  shippingId: number,
): Promise<MailMessage> {
  const shop = await only(context, 'BaseInfo', ['shop_name', 'email01', 'email03', 'email04'], 1);
  const template = await only(context, 'MailTemplate', ['mail_subject'], SHIPPING_TEMPLATE);
  const mail = {
    shopName: text(shop.shop_name) ?? '',
    subject: text(template.mail_subject) ?? '',
    ...(await shippingData(context, orderId, shippingId)),
  };
  const [bcc, replyTo, returnPath] = [text(shop.email01), text(shop.email03), text(shop.email04)];
  return {
    from: { name: mail.shopName, address: text(shop.email01) ?? '' },
    to: mail.orderer.email,
    ...(bcc && { bcc }),
    ...(replyTo && { replyTo }),
    ...(returnPath && { returnPath }),
    subject: shippingSubject(mail),
    text: shippingText(mail),
    html: shippingHtml(mail),
  };
}

async function shippingData(
  context: MailContext,
  orderId: number,
  shippingId: number,
): Promise<Omit<ShippingMail, 'shopName' | 'subject'>> {
  const order = await only(context, 'Order', [...PERSON_FIELDS, 'email'], orderId);
  const fields = [
    ...PERSON_FIELDS,
    'tracking_number',
    'shipping_delivery_name',
    'shipping_delivery_date',
    'shipping_delivery_time',
    'Delivery',
  ] as const;
  const shipping = await only(context, 'Shipping', fields, shippingId);
  const delivery = await optional(context, 'Delivery', ['confirm_url'], shipping.Delivery);
  const date = text(shipping.shipping_delivery_date);
  return {
    orderer: { ...(await person(context, order)), email: text(order.email) ?? '' },
    recipient: await person(context, shipping),
    trackingNumber: text(shipping.tracking_number),
    confirmUrl: text(delivery?.confirm_url),
    deliveryName: text(shipping.shipping_delivery_name),
    deliveryDate: date && shopTime(context.timeZone).write(date).slice(0, 10).replaceAll('-', '/'),
    deliveryTime: text(shipping.shipping_delivery_time),
    items: await shippedItems(context, orderId, shippingId),
  };
}

async function shippedItems(
  context: MailContext,
  orderId: number,
  shippingId: number,
): Promise<ShippedItem[]> {
  const fields = [
    'product_code',
    'product_name',
    'class_category_name1',
    'class_category_name2',
    'quantity',
  ] as const;
  const rows = await readRows(context, 'OrderItem', fields, {
    Order: orderId,
    Shipping: shippingId,
    OrderItemType: PRODUCT_ITEM,
  });
  return rows.map((row) => ({
    code: text(row.product_code),
    name: text(row.product_name) ?? '',
    options: [row.class_category_name1, row.class_category_name2].flatMap((name) => text(name) ?? []),
    quantity: String(Number(row.quantity)),
  }));
}

async function person(context: MailContext, row: PersonRow): Promise<Person> {
  const prefecture = await optional(context, 'Pref', ['name'], row.Pref);
  return {
    name: [text(row.name01) ?? '', text(row.name02) ?? ''],
    kana: [text(row.kana01), text(row.kana02)],
    company: text(row.company_name),
    postalCode: text(row.postal_code),
    prefecture: text(prefecture?.name),
    addr01: text(row.addr01),
    addr02: text(row.addr02),
    phone: text(row.phone_number),
  };
}

async function only<F extends string>(
  context: MailContext,
  entity: string,
  fields: readonly F[],
  id: number,
): Promise<Record<F, FieldValue>> {
  const row = await optional(context, entity, fields, id);
  if (!row) throw new Error(`the shop has no ${entity} ${id}`);
  return row;
}

async function optional<F extends string>(
  context: MailContext,
  entity: string,
  fields: readonly F[],
  id: FieldValue,
): Promise<Record<F, FieldValue> | undefined> {
  return id === null ? undefined : (await readRows(context, entity, fields, { id }))[0];
}

const text = (value: FieldValue | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;
