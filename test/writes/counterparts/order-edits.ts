/** The order page (new, edit), the shipping page, the mail page and the bulk deletion. */
import type { EccubeRecord, RecordRow, Value } from '../records.ts';
import { type CounterpartOf, idIn } from './counterpart.ts';

const CREATE = `mutation($customer: ID, $input: OrderInput, $shippings: [OrderShippingInput!]!, $items: [OrderItemInput!]!, $points: Int) {
  orderCreate(customer_id: $customer, input: $input, shippings: $shippings, items: $items, use_point: $points) { id } }`;
const update = (
  more: string,
  then = '',
) => `mutation($id: ID!, $input: OrderInput, $shippings: [OrderShippingInput!], $items: [OrderItemInput!], $points: Int) {
  orderUpdate(id: $id, input: $input, shippings: $shippings, items: $items, use_point: $points${more}) { id } ${then} }`;
const MAIL =
  'mutation($id: ID!, $subject: String, $body: String!) { sendOrderMail(id: $id, subject: $subject, body: $body) { id } }';

const TYPE = 'a value that the type of the argument refuses before the mutation';
const WITHOUT: Readonly<Record<string, string>> = {
  'order-edit-customer-removed': 'an order stays with its customer: removing loses points and purchases',
  'order-mail-steps/confirm': 'a mail is sent in one step',
  'order-checks/qtyalpha': TYPE,
  'order-checks/qtydec': TYPE,
  'order-checks/qty10digits': TYPE,
  'order-checks/taxdec': TYPE,
  'order-checks/shipdatebad': TYPE,
};

const REFUSED: Readonly<Record<string, string>> = {
  'order-bulk-delete-again': 'NOT_FOUND',
  'order-checks/overstock': 'STOCK_NEGATIVE',
  'shipping-edit-checks/overstock': 'STOCK_NEGATIVE',
  'order-checks/payment99': 'NOT_FOUND',
  'order-checks/delivery99': 'NOT_FOUND',
  'order-checks/customer99': 'NOT_FOUND',
  'order-checks/productclass99': 'NOT_FOUND',
  'order-checks/track': 'BAD_TRACKING_NUMBER',
  'order-checks/track256': 'BAD_TRACKING_NUMBER',
};

export const orderEditCounterpart: CounterpartOf = (record) => {
  const { record: name, path, fields, changed } = record;
  const why = WITHOUT[name];
  if (why !== undefined) return why;
  const isRefused = changed.length === 0 && name !== 'order-calc-only';
  const refused = isRefused && { refused: REFUSED[name] ?? 'INVALID' };
  if (path.endsWith('/bulk_delete')) return { document: deletion(record), variables: {}, ...refused };
  if (path.endsWith('/mail')) {
    const [subject, body] = [fields['admin_order_mail[mail_subject]'], fields['admin_order_mail[tpl_data]']];
    return { document: MAIL, variables: { id: idIn(path), subject, body }, ...refused };
  }
  if (path.endsWith('/new')) return { document: CREATE, variables: newOrder(fields), ...refused };
  const change = path.includes('/shipping/') ? shippingPage(record) : orderPage(record);
  return { ...change, variables: { id: idIn(path), ...change.variables }, ...refused };
};

/** As EC-CUBE: nothing is given back. */
const deletion = ({ fields }: EccubeRecord): string => {
  const deletions = String(fields.ids)
    .split(',')
    .map((id) => `d${id}: orderDelete(id: ${id}, restoreStock: false, restorePoints: false)`);
  return `mutation { ${deletions.join(' ')} }`;
};

type Fields = EccubeRecord['fields'];

const text = (value: Value | undefined): string | null =>
  value === undefined || value === '' ? null : String(value);

const newOrder = (fields: Fields) => ({
  customer: text(fields['order[Customer]']),
  input: ordererIn(fields),
  shippings: [shippingIn(fields, 'order[Shipping]')],
  items: linesIn(fields, 'order').map(({ values, productClass }) => ({
    ...values,
    ...(productClass !== null && { product_class_id: productClass }),
  })),
  points: Number(fields['order[use_point]'] ?? 0),
});

function orderPage(record: EccubeRecord) {
  const { fields, record: name } = record;
  const id = shippingsOf(record)[0]?.id;
  const to = record.changed.find(
    ({ table, after }) => table === 'dtb_order' && after?.order_status_id,
  )?.after;
  const then = to ? `updateOrderStatus(id: $id, order_status_id: ${to.order_status_id}) { id }` : '';
  return {
    document: update(name === 'order-calc-only' ? ', validateOnly: true' : '', then),
    variables: {
      input: ordererIn(fields),
      // With several shippings the page has none of them.
      ...(fields['order[Shipping][Delivery]'] !== undefined && {
        shippings: [{ id, ...shippingIn(fields, 'order[Shipping]') }],
      }),
      items: storedLines(record, linesIn(fields, 'order')),
      points: Number(fields['order[use_point]'] ?? 0),
    },
  };
}

function shippingPage(record: EccubeRecord) {
  const { fields } = record;
  const prefixes = [0, 1].map((place) => `form[shippings][${place}]`);
  const given = prefixes.filter((prefix) => fields[`${prefix}[name][name01]`] !== undefined);
  const kept = shippingsOf(record).filter(({ row }) => row !== null);
  return {
    document: update(''),
    variables: {
      shippings: given.map((prefix, place) => ({
        ...(kept[place] && { id: kept[place].id }),
        ...shippingIn(fields, prefix),
      })),
      items: storedLines(
        record,
        given.flatMap((prefix, shipping) => linesIn(fields, prefix).map((line) => ({ ...line, shipping }))),
      ),
    },
  };
}

/** Those that stay first: a shipping that goes has null for its row. */
const shippingsOf = ({ changed, around }: EccubeRecord) => [
  ...around.flatMap(({ table, row }) =>
    table === 'dtb_shipping' ? [{ id: row.id, row: row as RecordRow | null }] : [],
  ),
  ...changed.flatMap(({ table, before, after }) =>
    table === 'dtb_shipping' && before ? [{ id: before.id, row: after && before }] : [],
  ),
];

function personIn(fields: Fields, prefix: string) {
  const at = (name: string) => text(fields[`${prefix}${name}`]);
  return {
    name01: at('[name][name01]'),
    name02: at('[name][name02]'),
    kana01: at('[kana][kana01]'),
    kana02: at('[kana][kana02]'),
    company_name: at('[company_name]'),
    postal_code: at('[postal_code]'),
    pref_id: at('[address][pref]'),
    addr01: at('[address][addr01]'),
    addr02: at('[address][addr02]'),
    phone_number: at('[phone_number]'),
  };
}

const ordererIn = (fields: Fields) => ({
  ...personIn(fields, 'order'),
  email: text(fields['order[email]']),
  message: text(fields['order[message]']),
  note: text(fields['order[note]']),
  payment_id: text(fields['order[Payment]']),
});

function shippingIn(fields: Fields, prefix: string) {
  const at = (name: string) => text(fields[`${prefix}${name}`]);
  const day = at('[shipping_delivery_date]');
  return {
    ...personIn(fields, prefix),
    delivery_id: at('[Delivery]'),
    time_id: at('[DeliveryTime]'),
    shipping_delivery_date: day && `${day}T00:00:00+09:00`,
    tracking_number: at('[tracking_number]'),
    note: at('[note]'),
  };
}

const POINTS = '6';

type Line = {
  readonly type: string;
  readonly productClass: string | null;
  readonly values: Record<string, unknown>;
};

function linesIn(fields: Fields, prefix: string): Line[] {
  const places = new Set(
    Object.keys(fields).flatMap((key) => {
      const [, place] = key.startsWith(prefix) ? (/\[OrderItems\]\[(\d+)\]/.exec(key) ?? []) : [];
      return place === undefined ? [] : [place];
    }),
  );
  return [...places].flatMap((place) => {
    const at = (name: string) => text(fields[`${prefix}[OrderItems][${place}][${name}]`]);
    const [type, productClass, rate] = [at('order_item_type') ?? '1', at('ProductClass'), at('tax_rate')];
    if (type === POINTS) return [];
    const values = {
      order_item_type_id: type,
      product_name: at('product_name'),
      price: at('price'),
      quantity: Number(at('quantity')),
      ...(type === '4' && { tax_type_id: at('tax_type') }),
      ...(rate !== null && at('tax_type') === '1' && { tax_rate: Number(rate) }),
    };
    return [{ type, productClass, values }];
  });
}

/** Lines that are there already are named by their ids: the same class and type, the same price before others. */
function storedLines({ changed, around }: EccubeRecord, lines: readonly (Line & { shipping?: number })[]) {
  const stored = [
    ...around.flatMap(({ table, row }) => (table === 'dtb_order_item' ? [{ ...row, kept: row }] : [])),
    ...changed.flatMap(({ table, before, after }) =>
      table === 'dtb_order_item' && before && after ? [{ ...before, kept: { ...before, ...after } }] : [],
    ),
  ];
  return lines.map(({ type, productClass, values, shipping }) => {
    const isIt = ({ kept }: (typeof stored)[number]) =>
      String(kept.order_item_type_id) === type &&
      String(kept.product_class_id ?? '') === (productClass ?? '') &&
      Number(kept.price) === Number(String(values.price).replaceAll(',', '')) &&
      Number(kept.quantity) === values.quantity;
    const [row] = stored.splice(Math.max(0, stored.findIndex(isIt)), stored.some(isIt) ? 1 : 0);
    const ofShipping = shipping !== undefined && { shipping };
    if (row) return { id: String(row.kept.id), ...values, ...ofShipping };
    return { ...values, ...(productClass !== null && { product_class_id: productClass }), ...ofShipping };
  });
}
