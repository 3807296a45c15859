/** Where the API writes other rows than EC-CUBE's order and shipping pages, record by record (differences.ts). */
import type { Difference } from './differences.ts';

const LINES = ['dtb_product_class.update_date', 'dtb_product_stock.update_date'];

const ONLY_CHANGES =
  'A date that moves for nothing is a change in the feed, and a conflict for who reads versions.';

export const ORDER_DIFFERENCES: readonly Difference[] = [
  {
    name: 'stock of lines that stay',
    records: [
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
    where: LINES,
    eccube: 'The order page dates the stock of every limited line at each save.',
    tegata: 'The stock that moves is dated.',
    reason: ONLY_CHANGES,
    replayed: true,
  },
  {
    name: 'customer and lines that stay',
    records: [
      'order-edit-addresses',
      'order-edit-delivery',
      'order-edit-item-name',
      'order-edit-orderer',
      'order-edit-payment',
      'order-edit-points-while-cancelled',
    ],
    where: ['dtb_customer.update_date', ...LINES],
    eccube: 'The order page dates the customer and the stock of every line at each save.',
    tegata: 'What changes is dated.',
    reason: ONLY_CHANGES,
    replayed: true,
  },
  {
    name: 'an order saved as it is',
    records: ['order-edit-nochange', 'order-edit-nochange-2'],
    where: ['dtb_customer.update_date', 'dtb_order.update_date', ...LINES],
    eccube: 'The order page dates everything even when nothing is changed.',
    tegata: 'Nothing is written.',
    reason: ONLY_CHANGES,
    replayed: true,
  },
  {
    name: 'customer of an order that does not count',
    records: ['order-edit-quantity-while-cancelled', 'order-edit-quantity-while-returned'],
    where: ['dtb_customer.update_date'],
    eccube: 'The customer is dated at each save of an order.',
    tegata: 'The customer is dated when points or purchases change; a cancelled order counts for none.',
    reason: ONLY_CHANGES,
    replayed: true,
  },
  {
    name: 'purchases after a change of shippings',
    records: ['shipping-add-second-shipping', 'shipping-remove-second-shipping'],
    where: ['dtb_customer.buy_total'],
    eccube:
      'The shipping page changes the total of the order and leaves the customer’s purchases as they were.',
    tegata: 'The purchases are counted again.',
    reason: 'The sum on the customer’s page would be wrong until another order is saved.',
    replayed: true,
  },
  {
    name: 'quantity and cancellation at once',
    records: ['order-cancel-with-quantity-change'],
    where: ['dtb_product_class.stock', 'dtb_product_stock.stock'],
    eccube:
      'The new quantity is given back without the difference having been taken, which makes stock out of nothing.',
    tegata: 'The difference is taken, then all of it given back.',
    reason: 'Stock is what is on the shelf.',
    replayed: true,
  },
  {
    name: 'an order of the checkout saved as it is',
    records: ['order-edit-front-order-nochange'],
    where: ['dtb_customer.buy_total', 'dtb_customer.update_date', 'dtb_order.update_date', ...LINES],
    eccube: 'The checkout had counted the order twice, which a save without a change mends by chance.',
    tegata: 'Nothing is written.',
    reason: ONLY_CHANGES,
    replayed: true,
  },
];
