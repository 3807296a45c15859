/** The arguments of `orders` (docs/eccube/graphql.md, Orders). */
import { bounded, dateArguments, type Search } from './search.ts';

/** 決済処理中 and 購入処理中: carts in checkout, no orders yet. */
export const UNFINISHED_ORDER_STATUSES = [7, 8] as const;

const PAYMENT_TOTAL = { ja: '購入金額', en: 'Payment total' };

export const orderSearch: Search = {
  name: 'orders',
  entity: 'Order',
  arguments: [
    {
      kind: 'keyword',
      name: 'multi',
      label: {
        ja: '注文番号・お名前・会社名・メールアドレス・電話番号',
        en: 'Order number, name, company name, e-mail, phone number',
      },
      id: 'id',
      idCleaning: 'without spaces',
      places: [
        { fields: ['name01', 'name02'], cleaning: 'without spaces' },
        { fields: ['kana01', 'kana02'], cleaning: 'without spaces' },
        { fields: ['company_name'], cleaning: 'as it is' },
        { fields: ['order_no'], cleaning: 'without spaces' },
        { fields: ['email'], cleaning: 'without spaces' },
        { fields: ['phone_number'], cleaning: 'without spaces' },
      ],
      maxLength: 255,
    },
    {
      kind: 'choices',
      name: 'status',
      label: { ja: '対応状況', en: 'Status' },
      field: 'OrderStatus',
      among: 'OrderStatus',
      otherwiseNot: UNFINISHED_ORDER_STATUSES,
    },
    {
      kind: 'contains',
      name: 'name',
      label: { ja: '注文者名', en: 'Name' },
      fields: ['name01', 'name02'],
      cleaning: 'without spaces',
    },
    {
      kind: 'kana',
      name: 'kana',
      label: { ja: '注文者名(カナ)', en: 'Name (kana)' },
      fields: ['kana01', 'kana02'],
    },
    {
      kind: 'contains',
      name: 'company_name',
      label: { ja: '注文者会社名', en: 'Company name' },
      fields: ['company_name'],
      cleaning: 'as it is',
    },
    {
      kind: 'contains',
      name: 'email',
      label: { ja: 'メールアドレス', en: 'E-mail' },
      fields: ['email'],
      cleaning: 'as it is',
    },
    { kind: 'equals', name: 'order_no', label: { ja: '注文番号', en: 'Order number' }, field: 'order_no' },
    {
      kind: 'phone',
      name: 'phone_number',
      label: { ja: '電話番号', en: 'Phone number' },
      field: 'phone_number',
    },
    {
      kind: 'equals',
      name: 'tracking_number',
      label: { ja: 'お問い合わせ番号', en: 'Tracking number' },
      field: 'Shippings.tracking_number',
    },
    {
      kind: 'halves',
      name: 'shipping_mail',
      label: { ja: '出荷メール', en: 'Shipping mail' },
      of: 'presence',
      fields: ['Shippings.mail_send_date'],
    },
    {
      kind: 'choices',
      name: 'payment',
      label: { ja: '支払方法', en: 'Payment method' },
      field: 'Payment',
      among: 'Payment',
    },
    ...dateArguments(
      'order_date',
      { ja: '注文日', en: 'Ordered' },
      { day: 'order_date', instant: 'order_datetime' },
    ),
    ...dateArguments(
      'payment_date',
      { ja: '入金日', en: 'Paid' },
      { day: 'payment_date', instant: 'payment_datetime' },
    ),
    ...dateArguments(
      'update_date',
      { ja: '更新日', en: 'Updated' },
      { day: 'update_date', instant: 'update_datetime' },
    ),
    ...dateArguments(
      'Shippings.shipping_delivery_date',
      { ja: 'お届け日', en: 'Delivery' },
      { day: 'shipping_delivery_date', instant: 'shipping_delivery_datetime' },
    ),
    {
      kind: 'amount',
      name: 'payment_total_start',
      label: bounded(PAYMENT_TOTAL, 'start'),
      field: 'payment_total',
      bound: 'start',
      ranged: true,
    },
    {
      kind: 'amount',
      name: 'payment_total_end',
      label: bounded(PAYMENT_TOTAL, 'end'),
      field: 'payment_total',
      bound: 'end',
      ranged: true,
    },
    {
      kind: 'contains',
      name: 'buy_product_name',
      label: { ja: '購入商品名', en: 'Product name' },
      fields: ['OrderItems.product_name'],
      cleaning: 'as it is',
    },
  ],
  lookUps: [
    {
      name: 'ids',
      label: {
        ja: '受注ID。指定した順に返します（order_nos と合わせて1,000件まで）',
        en: 'Order IDs; the orders come as they are named (1,000 at the most, with order_nos)',
      },
      by: 'key',
    },
    {
      name: 'order_nos',
      label: {
        ja: '注文番号（完全一致）。指定した順に返します',
        en: 'Order numbers, exactly; the orders come as they are named, behind those of ids',
      },
      by: { field: 'order_no' },
    },
  ],
  joins: [
    { relation: 'Shippings', required: true },
    { relation: 'OrderItems', required: false },
  ],
  // `order` and `orderer` are swapped in EC-CUBE itself; the last five are not there.
  sortKeys: {
    order: 'name01',
    orderer: 'id',
    shipping_id: 'Shippings.id',
    purchase_product: 'OrderItems.product_name',
    quantity: 'OrderItems.quantity',
    payment_method: 'payment_method',
    order_status: 'OrderStatus',
    purchase_price: 'total',
    shipping_status: 'Shippings.shipping_date',
    tracking_number: 'Shippings.tracking_number',
    delivery: 'Shippings.name01',
    order_id: 'id',
    order_no: 'order_no',
    order_date: 'order_date',
    create_date: 'create_date',
    update_date: 'update_date',
  },
};
