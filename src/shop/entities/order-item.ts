/** A line of an order: product, 送料, 手数料, 値引き …; prices are per unit, net or gross by TaxDisplayType. */
import type { Entity } from '../entity.ts';

export const orderItem: Entity = {
  name: 'OrderItem',
  table: 'dtb_order_item',
  discriminator: 'orderitem',
  columns: {
    id: { type: 'id', key: true },
    product_name: { type: 'string' },
    product_code: { type: 'string', nullable: true },
    class_name1: { type: 'string', nullable: true },
    class_name2: { type: 'string', nullable: true },
    class_category_name1: { type: 'string', nullable: true },
    class_category_name2: { type: 'string', nullable: true },
    price: { type: 'decimal', digits: [12, 2], default: 0 },
    quantity: { type: 'decimal', digits: [10, 0], default: 0 },
    tax: { type: 'decimal', digits: [10, 0], default: 0 },
    tax_rate: { type: 'decimal', digits: [10, 0], default: 0, unsigned: true },
    tax_adjust: { type: 'decimal', digits: [10, 0], default: 0, unsigned: true },
    tax_rule_id: { type: 'smallint', nullable: true, unsigned: true },
    currency_code: { type: 'string', nullable: true },
    processor_name: { type: 'string', nullable: true },
    point_rate: { type: 'decimal', digits: [10, 0], nullable: true, unsigned: true },
  },
  relations: {
    Order: { kind: 'one', entity: 'Order', column: 'order_id' },
    Product: { kind: 'one', entity: 'Product', column: 'product_id' },
    ProductClass: { kind: 'one', entity: 'ProductClass', column: 'product_class_id' },
    Shipping: { kind: 'one', entity: 'Shipping', column: 'shipping_id' },
    RoundingType: { kind: 'one', entity: 'RoundingType', column: 'rounding_type_id' },
    TaxType: { kind: 'one', entity: 'TaxType', column: 'tax_type_id' },
    TaxDisplayType: { kind: 'one', entity: 'TaxDisplayType', column: 'tax_display_type_id' },
    OrderItemType: { kind: 'one', entity: 'OrderItemType', column: 'order_item_type_id' },
  },
};
