/** All mutations of the core, in the order of the printed schema; each can be named by its caller and retried. */
import type { Mutation } from './mutation.ts';
import { bulkUpdateProductStock } from './mutations/bulk-update-product-stock.ts';
import { bulkUpdateShipped } from './mutations/bulk-update-shipped.ts';
import { namedOnce } from './mutations/named-once.ts';
import type { ShippedNeeds } from './mutations/ship.ts';
import { updateOrder } from './mutations/update-order.ts';
import { updateOrderStatus } from './mutations/update-order-status.ts';
import { updateProduct } from './mutations/update-product.ts';
import { updateProductClassStock } from './mutations/update-product-class-stock.ts';
import { updateProductPrice } from './mutations/update-product-price.ts';
import { updateProductStock } from './mutations/update-product-stock.ts';
import { updateShipped } from './mutations/update-shipped.ts';
import { updateShipping } from './mutations/update-shipping.ts';

export type CoreMutationNeeds = ShippedNeeds;

export const coreMutations = (needs: CoreMutationNeeds): readonly Mutation[] =>
  [
    updateProductStock,
    updateShipped(needs),
    updateProductClassStock,
    bulkUpdateProductStock,
    updateProductPrice,
    updateProduct,
    updateOrderStatus,
    bulkUpdateShipped(needs),
    updateShipping,
    updateOrder,
  ].map(namedOnce);
