/** What is asked of a growing shop, by what it has many of. */
import type { Grown } from './growing-shop.ts';

const PRODUCT =
  'nodes { id name ProductClasses { id code price02 stock } } pageInfo { hasNextPage endCursor }';
const ORDER = `nodes { id order_no name01 name02 payment_total order_date OrderItems { id product_name quantity price }
  Shippings { id tracking_number } } pageInfo { hasNextPage endCursor }`;
const CUSTOMER = 'nodes { id name01 name02 email buy_total } pageInfo { hasNextPage endCursor }';

const list = (field: string, args: string, under: string, total = false): string =>
  `{ ${field}(${args}${args === '' ? '' : ', '}limit: 20) { ${under}${total ? ' totalCount' : ''} } }`;

export const GROWTH_QUESTIONS: Readonly<Record<Grown, Readonly<Record<string, string>>>> = {
  products: {
    'first page': list('products', '', PRODUCT),
    'category and status': list('products', 'category_id: "5", status: ["1"]', PRODUCT),
    'updated since a day': list('products', 'update_date_start: "2020-01-02"', PRODUCT),
    'one product by id': '{ product(id: 1500) { id name ProductClasses { id code price02 stock } } }',
    'page with totalCount': list('products', '', PRODUCT, true),
    'category with totalCount': list('products', 'category_id: "5"', PRODUCT, true),
    'text: one code': list('products', 'id: "CODE-0001500"', PRODUCT, true),
    'text: part of a name': list('products', 'id: "品 15"', PRODUCT, true),
    'text: in every name': list('products', 'id: "商品"', PRODUCT, true),
    'text: nowhere': list('products', 'id: "手形"', PRODUCT, true),
  },
  orders: {
    'first page': list('orders', '', ORDER),
    'new ones (status)': list('orders', 'status: ["1"]', ORDER),
    'ordered since a day': list('orders', 'order_date_start: "2020-01-02"', ORDER),
    'ordered on one day': list(
      'orders',
      'order_date_start: "2020-01-02", order_date_end: "2020-01-02"',
      ORDER,
    ),
    'one order number': list('orders', 'order_no: "N10001500"', ORDER),
    'one tracking number': list('orders', 'tracking_number: "T1500"', ORDER),
    'page with totalCount': list('orders', '', ORDER, true),
    'status with totalCount': list('orders', 'status: ["1"]', ORDER, true),
    'by order date': list('orders', 'sortkey: "order_date"', ORDER),
    'by order number': list('orders', 'sortkey: "order_no"', ORDER),
    'by total': list('orders', 'sortkey: "purchase_price"', ORDER),
    'by name': list('orders', 'sortkey: "order"', ORDER),
    'paid 5,900 or more': list('orders', 'payment_total_start: "5900"', ORDER),
    'text: one e-mail': list('orders', 'email: "c1500@example.com"', ORDER),
    'text: part of a name': list('orders', 'name: "姓15"', ORDER),
    'text: any place': list('orders', 'multi: "N1000150"', ORDER),
    'text: nowhere': list('orders', 'multi: "手形"', ORDER),
    'text: a product bought': list('orders', 'buy_product_name: "商品 150"', ORDER),
  },
  customers: {
    'first page': list('customers', '', CUSTOMER),
    'page with totalCount': list('customers', '', CUSTOMER, true),
    'by name': list('customers', 'sortkey: "name"', CUSTOMER),
    'by creation': list('customers', 'sortkey: "create_date"', CUSTOMER),
    'of one prefecture': list('customers', 'pref: "13"', CUSTOMER),
    'bought for 43,500': list('customers', 'buy_total_start: "43500"', CUSTOMER),
    'text: one e-mail': list('customers', 'multi: "c1500@example.com"', CUSTOMER),
    'text: part of a name': list('customers', 'multi: "姓15"', CUSTOMER),
    'text: nowhere': list('customers', 'multi: "手形"', CUSTOMER),
  },
};
