/** All mutations of the core, in the order of the printed schema; each can be named by its caller and retried. */
import type { Mutation } from './mutation.ts';
import { bulkUpdateProductStock } from './mutations/bulk-update-product-stock.ts';
import { namedOnce } from './mutations/named-once.ts';
import { updateOrderStatus } from './mutations/update-order-status.ts';
import { updateProduct } from './mutations/update-product.ts';
import { updateProductClassStock } from './mutations/update-product-class-stock.ts';
import { updateProductPrice } from './mutations/update-product-price.ts';
import { updateProductStock } from './mutations/update-product-stock.ts';
import { type ShippedNeeds, updateShipped } from './mutations/update-shipped.ts';

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
  ].map(namedOnce);
