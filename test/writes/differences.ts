/**
 * Where a write leaves other rows than EC-CUBE's own screens do, each with its reason. The replay of what EC-CUBE wrote takes
 * nothing else for right; docs/eccube/differences.md is made from this.
 */

export type Difference = {
  readonly name: string;
  /** Recorded operations that show it; a `*` at the end stands for any. */
  readonly records: readonly string[];
  /** `table.column`, or `table` for whole rows. */
  readonly where: readonly string[];
  readonly eccube: string;
  readonly tegata: string;
  readonly reason: string;
};

export const DIFFERENCES: readonly Difference[] = [
  {
    name: 'unchanged rows',
    records: ['product-edit-*', 'order-edit-*', 'order-status-*', 'orderlist-*', 'shipping-*'],
    where: [
      'dtb_product.update_date',
      'dtb_product_class.update_date',
      'dtb_product_stock.update_date',
      'dtb_order.update_date',
    ],
    eccube: 'Saving a form moves `update_date` of rows in which nothing has changed.',
    tegata: 'A row that stays as it is, is not written.',
    reason:
      'An API is called again when an answer was lost; a row that is written for nothing is a change in the feed, and a conflict for who reads versions.',
  },
  {
    name: 'tags kept',
    records: ['product-edit-*'],
    where: ['dtb_product_tag'],
    eccube: 'Every save deletes all tags of the product and inserts them again.',
    tegata: 'Tags that stay keep their rows; the others are added and removed.',
    reason: 'The same tags in the end, without new ids and dates for what has not changed.',
  },
  {
    name: 'style attributes',
    records: ['product-edit-purify', 'product-create-noclass'],
    where: ['dtb_product.description_detail', 'dtb_product.description_list', 'dtb_product.free_area'],
    eccube:
      'Colours become `#RRGGBB`, every declaration of a style ends in `;`, and `url(…)` in a background stays.',
    tegata:
      'Colours stay as they are written, the last `;` is left out, and a declaration with `url(…)` is taken out.',
    reason: 'The same looks; a style that loads from elsewhere tells that server who looks at the page.',
  },
  {
    name: 'Twig in an address',
    records: ['product-edit-purify'],
    where: ['dtb_product.free_area'],
    eccube: '`href="{{ url(\'homepage\') }}"` is percent-encoded and leads nowhere.',
    tegata: 'It stays as it is written.',
    reason: 'EC-CUBE’s purifier does not know Twig; the free area is made for it.',
  },
  {
    name: 'nesting of tags',
    records: [],
    where: ['dtb_product.description_detail', 'dtb_product.description_list', 'dtb_product.free_area'],
    eccube: 'Tags in places where HTML 4 does not allow them are moved or taken out.',
    tegata: 'Tags are closed; where they stand is left to the author.',
    reason: 'Nothing in their place makes them dangerous, and browsers show what HTML 5 says.',
  },
  {
    name: 'prices that would be rounded',
    records: ['product-create-price-comma-decimal', 'product-csv-insert-full'],
    where: ['dtb_product_class.price01', 'dtb_product_class.price02'],
    eccube: 'A form rounds 1,234.5 yen to 1235; the CSV keeps 1500.50.',
    tegata: '`updateProductPrice` refuses what the currency has no digits for.',
    reason: 'A program that sends half a yen has made an error, which should not become a price.',
  },
  {
    name: 'foreign keys on SQLite',
    records: [
      'sqlite-category-delete-with-children',
      'sqlite-category-delete-with-products',
      'sqlite-classname-delete-in-use',
      'sqlite-delivery-delete-in-use',
      'sqlite-payment-delete-in-use',
    ],
    where: ['dtb_category', 'dtb_class_name', 'dtb_delivery', 'dtb_payment'],
    eccube: 'On SQLite rows in use are deleted and leave ids that lead nowhere.',
    tegata: 'What PostgreSQL refuses is refused on every database.',
    reason: 'SQLite does not enforce the foreign keys that EC-CUBE relies on.',
  },
  {
    name: 'class rows found again',
    records: ['productclass-edit-recheck'],
    where: ['dtb_product_class.currency_code'],
    eccube: 'A combination that is switched on again loses its `currency_code`.',
    tegata: 'It keeps it.',
    reason: 'A fault of EC-CUBE.',
  },
  {
    name: 'default class of a copy',
    records: ['product-duplicate-1axis', 'product-duplicate-2axis'],
    where: ['dtb_product_class', 'dtb_product_stock'],
    eccube: 'The hidden default class is copied twice.',
    tegata: 'It is copied once.',
    reason: 'A fault of EC-CUBE.',
  },
  {
    name: 'levels below a moved category',
    records: ['category-csv-move-subtree-to-root', 'category-csv-move-under-parent'],
    where: ['dtb_category.hierarchy', 'dtb_category.sort_no'],
    eccube: 'Categories below a moved one keep the level that they had.',
    tegata: 'They get the level at which they stand.',
    reason: 'A fault of EC-CUBE.',
  },
  {
    name: 'orders deleted in bulk',
    records: ['order-bulk-delete*'],
    where: ['dtb_product_class.stock', 'dtb_product_stock.stock', 'dtb_customer.point'],
    eccube: 'Stock and points of the orders are lost with them.',
    tegata: 'Orders are not deleted; cancelling one gives both back.',
    reason: 'A fault of EC-CUBE, and nothing that a program should do to a shop’s books.',
  },
  {
    name: 'clients without a member',
    records: [],
    where: ['*.creator_id'],
    eccube: 'Every save writes the member who is logged in.',
    tegata: 'A client that acts as itself leaves `creator_id` as it is, and NULL in new rows.',
    reason: 'There is no member; to name one would be untrue.',
  },
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
