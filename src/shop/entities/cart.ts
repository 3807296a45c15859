/** What visitors have in their carts: a product class that is there cannot be deleted. */
import type { Entity } from '../entity.ts';

export const cartItem: Entity = {
  name: 'CartItem',
  table: 'dtb_cart_item',
  discriminator: 'cartitem',
  internal: true,
  optional: true,
  columns: {
    id: { type: 'id', key: true },
    price: { type: 'decimal', digits: [12, 2], default: 0 },
    quantity: { type: 'decimal', digits: [10, 0], default: 0 },
    point_rate: { type: 'decimal', digits: [10, 0], nullable: true },
    cart_id: { type: 'integer', nullable: true },
  },
  relations: {
    ProductClass: { kind: 'one', entity: 'ProductClass', column: 'product_class_id' },
  },
};
