/** The mutations that need nothing but the database, in the order of the printed schema. */
import type { Mutation } from './mutation.ts';
import { updateProductStock } from './mutations/update-product-stock.ts';

export const coreMutations: readonly Mutation[] = [updateProductStock];
