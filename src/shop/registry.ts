/**
 * All entities of a shop, checked at boot. Extensions hand in more entities; what a shop's database lacks
 * (4.0–4.3 differ, plugins add and remove) is left out by `withoutMissing`.
 */
import { baseInfo, mailTemplate, plugin } from './entities/base-info.ts';
import { cart, cartItem } from './entities/cart.ts';
import { category, tag } from './entities/category.ts';
import { classCategory, className } from './entities/class-name.ts';
import { customer, customerAddress, customerFavoriteProduct } from './entities/customer.ts';
import { delivery, deliveryDuration, deliveryFee, deliveryTime } from './entities/delivery.ts';
import { masters } from './entities/masters.ts';
import { authorityRole, loginHistory, member } from './entities/member.ts';
import { news } from './entities/news.ts';
import { order } from './entities/order.ts';
import { orderItem } from './entities/order-item.ts';
import { payment, paymentOption } from './entities/payment.ts';
import { product, productCategory, productImage, productTag } from './entities/product.ts';
import { productClass, productStock } from './entities/product-class.ts';
import { mailHistory, shipping } from './entities/shipping.ts';
import { taxRule } from './entities/tax-rule.ts';
import type { Entity, Relation } from './entity.ts';
import { registryFaults } from './registry-check.ts';

export type Registry = {
  readonly entities: readonly Entity[];
  /** The entity of that name; throws when there is none. */
  entity(name: string): Entity;
  /** The entity at the other end of a relation. */
  target(relation: Relation): Entity;
};

/** What EC-CUBE's core brings. */
export const coreEntities: readonly Entity[] = [
  ...masters,
  member,
  authorityRole,
  loginHistory,
  baseInfo,
  news,
  mailTemplate,
  plugin,
  tag,
  category,
  className,
  classCategory,
  deliveryDuration,
  product,
  productClass,
  productStock,
  productImage,
  productCategory,
  productTag,
  taxRule,
  payment,
  delivery,
  deliveryFee,
  deliveryTime,
  paymentOption,
  customer,
  customerAddress,
  customerFavoriteProduct,
  order,
  shipping,
  orderItem,
  mailHistory,
  cart,
  cartItem,
];

/** Throws one error that names every fault of the declarations. */
export function buildRegistry(entities: readonly Entity[]): Registry {
  const faults = registryFaults(entities);
  if (faults.length > 0)
    throw new Error(`the shop's entities do not fit together:\n- ${faults.join('\n- ')}`);
  return registryOf(entities);
}

function registryOf(entities: readonly Entity[]): Registry {
  const byName = new Map(entities.map((entity) => [entity.name, entity]));
  const entity = (name: string): Entity => {
    const found = byName.get(name);
    if (!found) throw new Error(`there is no entity ${name}`);
    return found;
  };
  return Object.freeze({ entities, entity, target: (relation: Relation) => entity(relation.entity) });
}
