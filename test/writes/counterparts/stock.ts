/** The stock of a product without classes, on the product's page. */
import type { CounterpartOf } from './counterpart.ts';

const WRITE = `mutation($id: ID!, $stock: Int, $unlimited: Boolean) {
  updateProductClassStock(product_class_id: $id, stock: $stock, stock_unlimited: $unlimited) { id } }`;
const UNLIMITED = `mutation($id: ID!) {
  updateProductClassStock(product_class_id: $id, stock_unlimited: true) { id } }`;

export const stockCounterpart: CounterpartOf = ({ changed }) => {
  const row = changed.find(({ table }) => table === 'dtb_product_class');
  const after = { ...row?.before, ...row?.after };
  const id = String(after.id);
  if (after.stock_unlimited) return { document: UNLIMITED, variables: { id } };
  return { document: WRITE, variables: { id, stock: Number(after.stock), unlimited: false } };
};
