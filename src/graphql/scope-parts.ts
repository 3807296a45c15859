/**
 * What a scope opens of a type when it is not all of it. Lists of what is open, so that a field which is added to a type, here
 * or by an extension, stays closed until it is named. No list holds anything that a person is known or reached by.
 */

type Parts = Readonly<Record<string, readonly string[]>>;

const ORDERS: Parts = {
  Order: [
    'id',
    'order_no',
    'subtotal',
    'discount',
    'delivery_fee_total',
    'charge',
    'tax',
    'total',
    'payment_total',
    'payment_method',
    'create_date',
    'update_date',
    'order_date',
    'payment_date',
    'currency_code',
    'add_point',
    'use_point',
    'OrderItems',
    'Shippings',
    'Payment',
    'CustomerOrderStatus',
    'OrderStatusColor',
    'OrderStatus',
    'TaxByRate',
    'version',
  ],
  OrderItem: [
    'id',
    'product_name',
    'product_code',
    'class_name1',
    'class_name2',
    'class_category_name1',
    'class_category_name2',
    'price',
    'quantity',
    'tax',
    'tax_rate',
    'tax_adjust',
    'tax_rule_id',
    'currency_code',
    'processor_name',
    'point_rate',
    'Order',
    'Product',
    'ProductClass',
    'Shipping',
    'RoundingType',
    'TaxType',
    'TaxDisplayType',
    'OrderItemType',
  ],
  Shipping: [
    'id',
    'shipping_delivery_name',
    'time_id',
    'shipping_delivery_time',
    'shipping_delivery_date',
    'shipping_date',
    'tracking_number',
    'sort_no',
    'create_date',
    'update_date',
    'mail_send_date',
    'Order',
    'OrderItems',
    'Delivery',
    'version',
  ],
};

const CUSTOMERS: Parts = {
  Customer: ['id', 'point', 'create_date', 'update_date', 'Status', 'CustomerAddresses', 'version'],
  CustomerAddress: ['id', 'create_date', 'update_date', 'version'],
};

const PARTS: Readonly<Record<string, Parts>> = {
  'read:orders:minimal': ORDERS,
  'write:orders': ORDERS,
  'write:customers': CUSTOMERS,
};

/** Opens product classes in queries too, beside a scope that leads to them. */
const ALSO_IN_QUERIES = 'write:stock';

/**
 * Whether a scope that opens something of a type opens this field. What a scope to write opens is what its mutations give
 * back: in a document with a query it opens nothing.
 */
export function opensField(scope: string, type: string, field: string, isRead: boolean): boolean {
  if (isRead && scope.startsWith('write:') && scope !== ALSO_IN_QUERIES) return false;
  const open = PARTS[scope]?.[type];
  return open === undefined || open.includes(field);
}
