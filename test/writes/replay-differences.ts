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
];
