/**
 * Which scopes open what of the core, as data: `read` opens every query and type, `read` and `write` together every mutation;
 * the rows name the shop-worded scopes that open a thing without them. Read, and checked at start-up, by scope-table.ts.
 */
import { SHOP_SCOPES, type ShopScope } from '../oauth/rules/scope.ts';
import { LOOK_UP_QUERIES } from './look-up-scopes.ts';

type CoreRow = readonly ShopScope[];
type Arguments = Readonly<Record<string, readonly string[]>>;

const PRODUCTS: CoreRow = ['read:products', 'write:products'];
/** What an order leads to, apart from its mails; of orders themselves a part (scope-parts.ts). */
const ORDERS: CoreRow = ['read:orders', 'read:orders:minimal', 'write:orders'];
const CUSTOMERS: CoreRow = ['read:customers', 'write:customers'];
/** What is sold. */
const SOLD: CoreRow = ['read:products', 'write:stock', 'write:products'];
/** Names without anything behind them (prefectures, statuses …). */
const WORDS: CoreRow = SHOP_SCOPES.filter((scope) => scope !== 'webhooks');
/** `read` and `write` alone do not let a client have data sent out for good. */
const WEBHOOKS: CoreRow = ['webhooks'];
const CHANGES: CoreRow = ['read:products', 'read:orders', 'read:orders:minimal', 'read:customers'];
/** Staff: their login ids belong to the whole API only. */
const ONLY_READ: CoreRow = [];

export const TYPE_SCOPES: Readonly<Record<string, CoreRow>> = {
  Product: PRODUCTS,
  ProductClass: SOLD,
  ProductStock: SOLD,
  ProductImage: PRODUCTS,
  ProductCategory: PRODUCTS,
  ProductTag: PRODUCTS,
  Tag: PRODUCTS,
  Category: PRODUCTS,
  ClassName: PRODUCTS,
  ClassCategory: SOLD,
  TaxRule: PRODUCTS,
  DeliveryDuration: PRODUCTS,
  Order: ORDERS,
  OrderItem: ORDERS,
  Shipping: ['read:orders', 'read:orders:minimal', 'write:shipping', 'write:orders'],
  MailHistory: ['read:orders'],
  Payment: ORDERS,
  PaymentOption: ORDERS,
  Delivery: ORDERS,
  DeliveryFee: ORDERS,
  DeliveryTime: ORDERS,
  Customer: CUSTOMERS,
  CustomerAddress: CUSTOMERS,
  CustomerFavoriteProduct: ['read:customers'],
  Member: ONLY_READ,
  Work: ONLY_READ,
  Authority: ONLY_READ,
  Country: WORDS,
  CustomerOrderStatus: WORDS,
  CustomerStatus: WORDS,
  DeviceType: WORDS,
  Job: WORDS,
  OrderItemType: WORDS,
  OrderStatus: WORDS,
  OrderStatusColor: WORDS,
  Pref: WORDS,
  ProductStatus: WORDS,
  RoundingType: WORDS,
  SaleType: WORDS,
  Sex: WORDS,
  TaxDisplayType: WORDS,
  TaxType: WORDS,
  TaxByRate: ORDERS,
  BaseInfo: WORDS,
  News: ONLY_READ,
  Change: CHANGES,
};

export const QUERY_SCOPES: Readonly<Record<string, CoreRow>> = {
  product: ['read:products'],
  products: ['read:products'],
  order: ['read:orders', 'read:orders:minimal'],
  orders: ['read:orders', 'read:orders:minimal'],
  customer: ['read:customers'],
  customers: ['read:customers'],
  changes: CHANGES,
  ...LOOK_UP_QUERIES,
  stockChanges: ['read:products'],
  pointChanges: ['read:customers'],
  job: CHANGES,
  jobs: CHANGES,
  webhooks: WEBHOOKS,
};

const openedBy = (scope: ShopScope, names: readonly string[]): Record<string, CoreRow> =>
  Object.fromEntries(names.map((name) => [name, [scope]]));

export const MUTATION_SCOPES: Readonly<Record<string, CoreRow>> = {
  updateProductStock: ['write:stock'],
  updateProductClassStock: ['write:stock'],
  bulkUpdateProductStock: ['write:stock'],
  updateShipped: ['write:shipping'],
  bulkUpdateShipped: ['write:shipping'],
  updateShipping: ['write:shipping'],
  updateOrder: ['write:orders'],
  updateOrderStatus: ['write:orders'],
  updateProduct: ['write:products'],
  updateProductPrice: ['write:products'],
  ...openedBy('webhooks', ['webhookCreate', 'webhookUpdate', 'webhookDelete']),
  ...openedBy('write:products', [
    'productSet',
    'bulkProductSet',
    'bulkProductStatus',
    'productDuplicate',
    'productDelete',
    'categoryCreate',
    'categoryUpdate',
    'categoryDelete',
    'categoryReorder',
    'classNameCreate',
    'classNameUpdate',
    'classNameDelete',
    'classNameReorder',
    'classCategoryCreate',
    'classCategoryUpdate',
    'classCategoryDelete',
    'classCategoryReorder',
    'tagCreate',
    'tagUpdate',
    'tagDelete',
    'tagReorder',
  ]),
  ...openedBy('write:orders', [
    'orderCreate',
    'orderUpdate',
    'orderCancelItems',
    'orderDelete',
    'sendOrderMail',
  ]),
  ...openedBy('write:customers', [
    'customerCreate',
    'customerUpdate',
    'customerDelete',
    'customerAddressCreate',
    'customerAddressUpdate',
    'customerAddressDelete',
    'customerPointChange',
  ]),
};

const STOCK_ARGUMENTS: Arguments = { stock: [], stock_unlimited: [] };
/** What only Tegata's own operations of the stock take. */
const STOCK_CHANGE_ARGUMENTS: Arguments = { delta: [], changeFromStock: [], reason: [], reference: [] };

/** What the arguments of mutations look at that a narrow scope opens. */
export const MUTATION_ARGUMENTS: Readonly<Record<string, Arguments>> = {
  updateProductStock: { code: ['ProductClass'], ...STOCK_ARGUMENTS },
  updateProductClassStock: {
    product_class_id: ['ProductClass'],
    ...STOCK_ARGUMENTS,
    ...STOCK_CHANGE_ARGUMENTS,
  },
  bulkUpdateProductStock: { items: ['ProductClass'] },
  updateShipped: {
    id: ['Shipping'],
    shipping_date: [],
    shipping_delivery_name: [],
    tracking_number: [],
    note: [],
    is_send_mail: [],
  },
  bulkUpdateShipped: { items: ['Shipping'] },
  updateShipping: {
    id: ['Shipping'],
    tracking_number: [],
    // The one who may write parcels chooses their carrier; nothing but its name is told.
    delivery_id: [],
    shipping_delivery_date: [],
    time_id: [],
    note: [],
  },
  updateOrder: { id: ['Order'], note: [] },
  updateOrderStatus: { id: ['Order'], order_status_id: [] },
  updateProductPrice: {
    code: ['ProductClass'],
    product_class_id: ['ProductClass'],
    price01: [],
    price02: [],
  },
  updateProduct: {
    id: ['Product'],
    name: [],
    description_list: [],
    description_detail: [],
    search_word: [],
    note: [],
    free_area: [],
    product_status_id: [],
    category_ids: ['Category'],
    tag_ids: ['Tag'],
  },
};
/** What every mutation has; it looks at what the caller itself did before. */
export const EVERY_MUTATION: Arguments = { clientMutationId: [], validateOnly: [] };
