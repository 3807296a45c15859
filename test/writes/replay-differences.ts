/**
 * Where the API writes other rows than the recorded operation of EC-CUBE, on purpose: `table.column`, or the table where rows
 * come or go. A record without a difference may not be here.
 */
type Difference = {
  readonly record: string;
  readonly tables: readonly string[];
  readonly en: string;
  readonly ja: string;
};

const LINES = ['dtb_product_class.update_date', 'dtb_product_stock.update_date'];

const FORM: Omit<Difference, 'record'> = {
  tables: LINES,
  en: 'EC-CUBE’s order page saves all lines with the status and so dates every limited stock; a status that moves no stock dates none, as on the order list.',
  ja: 'EC-CUBE の受注登録画面は対応状況と一緒に全明細を保存するため、在庫が動かなくても商品規格と在庫の更新日時が変わります。API は受注一覧と同じく、在庫が動かない変更では更新日時を変えません。',
};

const STATUS_BY_FORM = [
  'sqlite-order-status-new-to-delivered',
  'mariadb-order-status-in-progress-to-delivered',
  'mariadb-order-status-delivered-to-returned',
  'order-status-new-to-paid',
  'order-status-back-to-in-progress-to-delivered',
  'order-status-delivered-to-returned',
  'order-status-returned-to-cancel-return',
  'order-status-new-to-in-progress',
  'order-status-delivered-to-returned-2',
  'order-status-new-to-paid-2',
  'order-status-new-to-paid-3',
  'order-status-paid-to-delivered',
  'order-status-new-to-paid-4',
  'order-status-checks/paid-to-in-progress',
  'order-status-points-rate5-to-delivered',
  'order-status-points-off-to-delivered',
  'order-status-points-off-returned',
];

const PAGE: Pick<Difference, 'en' | 'ja'> = {
  en: 'EC-CUBE’s page saves the whole order with the parcel, and so dates the customer and the stock of every line; the API writes the parcel and dates the order.',
  ja: 'EC-CUBE の画面は出荷情報と一緒に受注全体を保存するため、会員と全明細の在庫の更新日時も変わります。API は出荷情報だけを更新し、受注の更新日時を変えます。',
};

const ORDER_DATED: Omit<Difference, 'record'> = {
  tables: ['dtb_order.update_date'],
  en: 'EC-CUBE leaves the order’s update_date as it is; the API moves it, because order managers poll orders by it.',
  ja: 'EC-CUBE は受注の更新日時を変えませんが、受注管理システムが更新日時で差分を取得できるよう、API は受注の更新日時も変えます。',
};

const of = (records: readonly string[], difference: Omit<Difference, 'record'>): Difference[] =>
  records.map((record) => ({ record, ...difference }));

export const REPLAY_DIFFERENCES: readonly Difference[] = [
  ...of(STATUS_BY_FORM, FORM),
  {
    record: 'order-status-same',
    tables: ['dtb_customer.update_date', 'dtb_order.update_date', ...LINES],
    en: 'Saving EC-CUBE’s order page without a change dates everything; a status that the order already has changes nothing, as on the order list.',
    ja: 'EC-CUBE の受注登録画面は変更がなくても更新日時を変えます。API は受注一覧と同じく、すでにその対応状況であれば何も変えません。',
  },
  ...of(
    [
      'orderlist-multiple-first-shipped',
      'shipping-tracking-number/ok',
      'shipping-tracking-number/fullwidth',
      'shipping-tracking-number/empty',
    ],
    ORDER_DATED,
  ),
  ...of(['order-edit-shipping-date-time-tracking', 'shipping-edit-fields'], {
    tables: ['dtb_customer.update_date', ...LINES],
    ...PAGE,
  }),
  {
    record: 'shipping-edit-nochange',
    tables: ['dtb_customer.update_date', 'dtb_order.update_date', ...LINES],
    en: 'EC-CUBE’s page dates order, customer and stock even when nothing is changed; the API then writes nothing.',
    ja: 'EC-CUBE の画面は変更がなくても受注・会員・在庫の更新日時を変えますが、API は変更がなければ何も書き込みません。',
  },
  ...of(['product-edit-stock', 'product-edit-stock-unlimited', 'product-edit-stock-limited'], {
    tables: ['dtb_product.update_date'],
    en: 'EC-CUBE’s product page saves the whole product; the API writes the stock alone and leaves the product’s update_date, as the checkout and the plugin do. Whoever polls stock reads the change feed.',
    ja: 'EC-CUBE の商品登録画面は商品全体を保存します。API は購入時やプラグインと同じく在庫だけを更新し、商品の更新日時は変えません。在庫の差分は変更フィードで取得してください。',
  }),
  ...of(
    [
      'order-add-item',
      'order-checks/qty0',
      'order-edit-discount-taxable',
      'order-edit-item-price',
      'order-edit-points-again',
      'order-edit-points-down',
      'order-edit-points-up',
      'order-edit-points-while-delivered',
      'order-edit-points-zero',
      'order-remove-item',
    ],
    {
      tables: LINES,
      en: 'EC-CUBE’s order page dates the stock of every limited line at each save; the API dates the stock that it moves.',
      ja: 'EC-CUBE の受注登録画面は保存のたびに全明細の商品規格と在庫の更新日時を変えます。API は在庫が動いた商品規格だけ更新日時を変えます。',
    },
  ),
  ...of(
    [
      'order-edit-addresses',
      'order-edit-delivery',
      'order-edit-item-name',
      'order-edit-orderer',
      'order-edit-payment',
      'order-edit-points-while-cancelled',
    ],
    {
      tables: ['dtb_customer.update_date', ...LINES],
      en: 'EC-CUBE’s order page dates the customer and the stock of every line at each save; the API dates what it changes.',
      ja: 'EC-CUBE の受注登録画面は保存のたびに会員と全明細の在庫の更新日時を変えます。API は実際に変わった行だけ更新日時を変えます。',
    },
  ),
  ...of(['order-edit-nochange', 'order-edit-nochange-2'], {
    tables: ['dtb_customer.update_date', 'dtb_order.update_date', ...LINES],
    en: 'EC-CUBE’s order page dates everything even when nothing is changed; the API then writes nothing.',
    ja: 'EC-CUBE の受注登録画面は変更がなくても更新日時を変えますが、API は変更がなければ何も書き込みません。',
  }),
  ...of(['order-edit-quantity-while-cancelled', 'order-edit-quantity-while-returned'], {
    tables: ['dtb_customer.update_date'],
    en: 'EC-CUBE dates the customer at each save of an order; the API does when points or purchases change, and a cancelled order counts for none.',
    ja: 'EC-CUBE は受注を保存するたびに会員の更新日時を変えます。API はポイントや購入履歴が変わったときだけ変えます（取消し・返品の受注は購入履歴に入りません）。',
  }),
  ...of(['shipping-add-second-shipping', 'shipping-remove-second-shipping'], {
    tables: ['dtb_customer.buy_total'],
    en: 'EC-CUBE’s shipping page changes the total of the order and leaves the customer’s purchases as they were; the API counts them again.',
    ja: 'EC-CUBE の出荷登録画面は受注の合計を変えても会員の購入金額を計算し直しません。API は計算し直します。',
  }),
  {
    record: 'order-cancel-with-quantity-change',
    tables: ['dtb_product_class.stock', 'dtb_product_stock.stock'],
    en: 'Where a quantity is raised and the order cancelled in one request, EC-CUBE gives back the new quantity without having taken the difference, and so makes stock out of nothing. The API takes the difference, then gives all of it back.',
    ja: '数量を増やしながら同時に取り消すと、EC-CUBE は差分を引かずに新しい数量を在庫に戻すため、在庫が実際より増えます。API は差分を引いてから全数を戻します。',
  },
  {
    record: 'order-edit-front-order-nochange',
    tables: ['dtb_customer.buy_total', 'dtb_customer.update_date', 'dtb_order.update_date', ...LINES],
    en: 'The checkout had counted the order twice, which EC-CUBE’s order page mends by chance when it is saved without a change; the API then writes nothing.',
    ja: 'フロントの購入で会員の購入金額が二重に加算されていたものを、EC-CUBE の受注登録画面は変更なしの保存でも計算し直します。API は変更がなければ何も書き込みません。',
  },
];
