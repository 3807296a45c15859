/** All mutations of the core, in the order of the printed schema; each can be named by its caller and retried. */
import type { Mutation } from './mutation.ts';
import { categoryMutations } from './mutations/catalogue/categories.ts';
import { classCategoryMutations } from './mutations/catalogue/class-categories.ts';
import { classNameMutations } from './mutations/catalogue/class-names.ts';
import { reorderMutations } from './mutations/catalogue/reorder.ts';
import { tagMutations } from './mutations/catalogue/tags.ts';
import { clientDataMutations } from './mutations/client-data/client-data.ts';
import { addressMutations } from './mutations/customers/addresses.ts';
import { type CustomerDeps, customerMutations } from './mutations/customers/customers.ts';
import { customerPointChange } from './mutations/customers/points.ts';
import { deliveryTimeMutations } from './mutations/masters/delivery-times.ts';
import { newsMutations } from './mutations/masters/news.ts';
import { visibilityMutations } from './mutations/masters/visibility.ts';
import { namedOnce } from './mutations/named-once.ts';
import { orderMutations } from './mutations/orders/order-mutations.ts';
import type { OrderMailDeps } from './mutations/orders/send-order-mail.ts';
import { updateOrder } from './mutations/orders/update-order.ts';
import { updateOrderStatus } from './mutations/orders/update-order-status.ts';
import { bulkProductStatus, productDelete } from './mutations/products/product-deeds.ts';
import { productDuplicate } from './mutations/products/product-duplicate.ts';
import { productSetMutations } from './mutations/products/product-set.ts';
import type { ProductDeps } from './mutations/products/set-product.ts';
import { updateProduct } from './mutations/products/update-product.ts';
import { updateProductPrice } from './mutations/products/update-product-price.ts';
import { bulkUpdateShipped } from './mutations/shipping/bulk-update-shipped.ts';
import type { ShippedDeps } from './mutations/shipping/ship.ts';
import { updateShipped } from './mutations/shipping/update-shipped.ts';
import { updateShipping } from './mutations/shipping/update-shipping.ts';
import { bulkUpdateProductStock } from './mutations/stock/bulk-update-product-stock.ts';
import { updateProductClassStock } from './mutations/stock/update-product-class-stock.ts';
import { updateProductStock } from './mutations/stock/update-product-stock.ts';

export type CoreMutationDeps = ShippedDeps & ProductDeps & CustomerDeps & OrderMailDeps;

export const coreMutations = (needs: CoreMutationDeps): readonly Mutation[] =>
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
    ...productSetMutations(needs),
    bulkProductStatus,
    productDuplicate,
    productDelete,
    ...categoryMutations,
    ...classNameMutations,
    ...classCategoryMutations,
    ...tagMutations,
    ...reorderMutations,
    ...customerMutations(needs),
    ...addressMutations,
    customerPointChange,
    ...orderMutations(needs),
    ...clientDataMutations,
    ...newsMutations,
    ...visibilityMutations,
    ...deliveryTimeMutations,
  ].map(namedOnce);
