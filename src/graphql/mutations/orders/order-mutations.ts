/** What is done with whole orders, in the order of the printed schema. */
import type { Mutation } from '../../mutation.ts';
import { orderCancelItems } from './order-cancel-items.ts';
import { orderCreate } from './order-create.ts';
import { orderDelete } from './order-delete.ts';
import { orderUpdate } from './order-update.ts';
import { type OrderMailDeps, sendOrderMail } from './send-order-mail.ts';

export const orderMutations = (deps: OrderMailDeps): readonly Mutation[] => [
  orderCreate,
  orderUpdate,
  orderCancelItems,
  orderDelete,
  sendOrderMail(deps),
];
