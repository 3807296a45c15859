/**
 * Where a write leaves other rows than EC-CUBE's own screens do, each with its reason. The replay of what EC-CUBE wrote takes
 * nothing else for right (those that are `replayed`, record by record); docs/eccube/differences.md is made from this.
 */

import { ORDER_DIFFERENCES } from './order-differences.ts';

export type Difference = {
  readonly name: string;
  /** Recorded operations that show it; a `*` at the end stands for any. */
  readonly records: readonly string[];
  /** `table.column`, or `table` for whole rows. */
  readonly where: readonly string[];
  readonly eccube: string;
  readonly tegata: string;
  readonly reason: string;
  /** Each of the records is replayed, and differs in all of these places and in no other. */
  readonly replayed?: true;
};

const LINES = ['dtb_product_class.update_date', 'dtb_product_stock.update_date'];

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
    tegata:
      '`orderDelete` gives back what cancelling or returning the order would, and counts the purchases again; `restoreStock: false` and `restorePoints: false` leave stock and points as they are.',
    reason: 'A fault of EC-CUBE.',
  },
  {
    name: 'customer of an order',
    records: ['order-edit-customer-removed'],
    where: ['dtb_order.customer_id'],
    eccube:
      'Taking the customer out of an order keeps the used points and the customer’s purchases as they were.',
    tegata: 'An order stays with its customer.',
    reason: 'Points and purchases would be lost, and nothing would say to whom they belong.',
  },
  {
    name: 'quantities and rates of lines',
    records: ['order-checks/qtyneg'],
    where: ['dtb_order_item.quantity', 'dtb_order_item.tax_rate'],
    eccube:
      'A quantity may be below 0 while the total is not, and so raise the stock; a tax rate has no upper bound.',
    tegata: 'Quantities are 0 to 999,999,999, rates 0 to 100; a total or a tax below 0 is refused.',
    reason: 'Stock comes back by `orderCancelItems` or a lower quantity; no column holds more.',
  },
  {
    name: 'purchases after the shipping page',
    records: ['shipping-add-second-shipping', 'shipping-remove-second-shipping'],
    where: ['dtb_customer.buy_total'],
    eccube:
      'The shipping page changes the total of an order and leaves the customer’s purchases as they were.',
    tegata: 'The purchases are counted again whenever an order changes.',
    reason: 'They are the sum of the orders.',
  },
  {
    name: 'quantity raised and order cancelled at once',
    records: ['order-cancel-with-quantity-change'],
    where: ['dtb_product_class.stock', 'dtb_product_stock.stock'],
    eccube: 'Gives the raised quantity back without having taken the difference.',
    tegata: 'Takes the difference, then gives all of it back.',
    reason: 'Stock would come out of nothing.',
  },
  {
    name: 'clients without a member',
    records: [],
    where: ['*.creator_id'],
    eccube: 'Every save writes the member who is logged in.',
    tegata: 'A client that acts as itself leaves `creator_id` as it is, and NULL in new rows.',
    reason: 'There is no member; to name one would be untrue.',
  },
  {
    name: 'status without a move of stock',
    records: [
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
    ],
    where: LINES,
    eccube: 'The order page saves all lines with the status, and so dates every limited stock.',
    tegata: 'A status that moves no stock dates none, as on EC-CUBE’s order list.',
    reason: 'A program changes a status, not a form; a dated stock is news for who follows stocks.',
    replayed: true,
  },
  {
    name: 'the status that an order has',
    records: ['order-status-same'],
    where: ['dtb_customer.update_date', 'dtb_order.update_date', ...LINES],
    eccube: 'Saving the order page without a change dates order, customer and stock.',
    tegata: 'Nothing is written, as on EC-CUBE’s order list.',
    reason: 'An API is called again when an answer was lost.',
    replayed: true,
  },
  {
    name: 'orders dated with their parcels',
    records: [
      'orderlist-multiple-first-shipped',
      'shipping-tracking-number/ok',
      'shipping-tracking-number/fullwidth',
      'shipping-tracking-number/empty',
    ],
    where: ['dtb_order.update_date'],
    eccube:
      'The first of several parcels, and a number set on the order list, leave the order’s `update_date`.',
    tegata: 'The order is dated.',
    reason: 'Order managers poll orders by it.',
    replayed: true,
  },
  {
    name: 'a parcel without its order',
    records: ['order-edit-shipping-date-time-tracking', 'shipping-edit-fields'],
    where: ['dtb_customer.update_date', ...LINES],
    eccube:
      'The page saves the whole order with the parcel, and so dates the customer and the stock of every line.',
    tegata: '`updateShipping` writes the parcel and dates the order.',
    reason: 'Neither customer nor stock has changed.',
    replayed: true,
  },
  {
    name: 'a parcel that stays as it is',
    records: ['shipping-edit-nochange'],
    where: ['dtb_customer.update_date', 'dtb_order.update_date', ...LINES],
    eccube: 'The page dates order, customer and stock even when nothing is changed.',
    tegata: 'Nothing is written.',
    reason: 'An API is called again when an answer was lost.',
    replayed: true,
  },
  {
    name: 'stock without its product',
    records: ['product-edit-stock', 'product-edit-stock-unlimited', 'product-edit-stock-limited'],
    where: ['dtb_product.update_date'],
    eccube: 'The product page saves the whole product and dates it.',
    tegata: 'The stock alone is written; the product keeps its `update_date`.',
    reason: 'As EC-CUBE’s checkout and its Web API plugin do; stocks are followed in the change feed.',
    replayed: true,
  },
  ...ORDER_DIFFERENCES,
];
