/** The scopes that open each look-up beside `read`. No scope to write opens a query. */
import type { ShopScope } from '../oauth/rules/scope.ts';

const PRODUCTS: readonly ShopScope[] = ['read:products'];
const ORDERS: readonly ShopScope[] = ['read:orders', 'read:orders:minimal'];
const ANY: readonly ShopScope[] = [...PRODUCTS, ...ORDERS, 'read:customers'];

export const LOOK_UP_QUERIES: Readonly<Record<string, readonly ShopScope[]>> = {
  productClasses: PRODUCTS,
  shop: ANY,
  payments: ORDERS,
  deliveries: ORDERS,
  categories: PRODUCTS,
  tags: PRODUCTS,
  classNames: PRODUCTS,
  orderStatuses: ANY,
  taxRules: PRODUCTS,
  // Also what is not published yet.
  news: [],
  salesByDay: ORDERS,
};
