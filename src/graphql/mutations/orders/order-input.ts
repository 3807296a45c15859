/** What the mutations of orders take. In an update a field that is absent is left as it is. */
import type { Argument, OwnType } from '../../mutation.ts';
import { PERSON_FIELDS } from '../customers/person-form.ts';

export const MOST_ITEMS = 200;
export const MOST_SHIPPINGS = 20;

const field = (type: string, ja: string, en: string): Argument => ({ type, description: { ja, en } });

const ORDER_VALUES: OwnType = {
  kind: 'input',
  name: 'OrderInput',
  description: {
    ja: '注文者と受注全体の内容。新規では、会員の受注で省略した注文者の項目は会員情報から補われます。',
    en: 'The orderer and what concerns the whole order. What a new order of a customer leaves out of the orderer is taken from the customer.',
  },
  fields: {
    ...PERSON_FIELDS,
    email: field('String', 'メールアドレス', 'E-mail address'),
    message: field('String', 'お客様からのお問い合わせ', 'Message of the customer'),
    note: field('String', 'SHOP用メモ欄', 'Note of the shop'),
    payment_id: field('ID', 'お支払方法のID', 'ID of the payment'),
    order_date: field('DateTime', '注文日時（新規の既定は現在）', 'Date of the order (now, for a new one)'),
    payment_date: field('DateTime', '入金日', 'Date of the payment'),
  },
};

const ORDER_ITEM_VALUES: OwnType = {
  kind: 'input',
  name: 'OrderItemInput',
  description: {
    ja: '受注明細1行分。id のある行は、指定した項目だけが変わります。ポイントの行は use_point から計算されます。',
    en: 'One line. Of a line with id only what is given changes. The line of used points is computed.',
  },
  fields: {
    id: field('ID', '受注明細ID（登録済みの行）', 'ID of the line, when it is there already'),
    order_item_type_id: field(
      'ID',
      '明細種別（1 商品、2 送料、3 手数料、4 割引。既定は 1）',
      'Type of the line (1 product, 2 delivery fee, 3 charge, 4 discount; default 1)',
    ),
    product_class_id: field('ID', '商品規格ID（新しい商品の行）', 'ID of the product class of a new line'),
    product_code: field('String', '商品コード（商品規格IDの代わりに）', 'Product code, instead of the ID'),
    product_name: field(
      'String',
      '明細の名称（省略時は商品名など）',
      'Name of the line; by default that of the product',
    ),
    price: field(
      'String',
      '単価（文字列）。商品と割引は税抜、送料と手数料は税込。割引は0以下。商品の既定は販売価格',
      'Price of one, as text: without tax for products and discounts, with tax for fees and charges; 0 or less for discounts. Default for products: their price',
    ),
    quantity: field('Int', '数量', 'Quantity'),
    tax_rate: field(
      'Int',
      '税率（%）。既定は適用中の税率',
      'Tax rate in percent; by default the one in force',
    ),
    tax_type_id: field(
      'ID',
      '課税区分（割引のみ。1 課税、2 不課税）',
      'Tax type, of discounts only (1 taxed, 2 untaxed)',
    ),
    shipping: field(
      'Int',
      '出荷先の位置（0 から）。shippings を指定したときはその順、しないときは出荷IDの順',
      'Position of its shipping, from 0: in shippings, or, without them, among those of the order by ID',
    ),
  },
};

const ORDER_SHIPPING_VALUES: OwnType = {
  kind: 'input',
  name: 'OrderShippingInput',
  description: {
    ja: 'お届け先1件分。id のあるお届け先は、指定した項目だけが変わります。新しいお届け先で省略した項目は注文者と同じになります。',
    en: 'One shipping. Of one with id only what is given changes. What a new one leaves out of the person is that of the orderer.',
  },
  fields: {
    id: field('ID', '出荷ID（登録済みのお届け先）', 'ID of the shipping, when it is there already'),
    ...PERSON_FIELDS,
    delivery_id: field('ID', '配送業者のID', 'ID of the carrier'),
    time_id: field('ID', 'お届け時間のID', 'ID of the time slot, one of the carrier’s'),
    shipping_delivery_date: field('DateTime', 'お届け日', 'Delivery date'),
    tracking_number: field('String', 'お問い合わせ番号', 'Tracking number'),
    note: field('String', '出荷用メモ欄', 'Note'),
  },
};

export const ORDER_TYPES: readonly OwnType[] = [ORDER_VALUES, ORDER_ITEM_VALUES, ORDER_SHIPPING_VALUES];

export const USE_POINT: Argument = {
  ...field('Int', '利用ポイント', 'Points that are used'),
  crosses: ['Order'],
};

export const ORDER_ID: Argument = { ...field('ID!', '受注ID', 'ID of the order'), crosses: ['Order'] };

export const GIVEN_ORDER: Argument = {
  ...field('OrderInput', '注文者と受注の内容', 'The orderer and the order'),
  crosses: ['Order'],
};

/** `required`: of a new order. */
export const givenItems = (required: '!' | ''): Argument => ({
  type: `[OrderItemInput!]${required}`,
  description: {
    ja: `受注のすべての明細（${MOST_ITEMS}行まで）。ここにない行は削除されます`,
    en: `All lines of the order (at most ${MOST_ITEMS}); those that are not named are removed`,
  },
  crosses: ['OrderItem'],
});

export const givenShippings = (required: '!' | ''): Argument => ({
  type: `[OrderShippingInput!]${required}`,
  description: {
    ja: `受注のすべてのお届け先（${MOST_SHIPPINGS}件まで）。ここにないお届け先は明細ごと削除されます`,
    en: `All shippings of the order (at most ${MOST_SHIPPINGS}); those that are not named are removed with their lines`,
  },
  crosses: ['Shipping'],
});
