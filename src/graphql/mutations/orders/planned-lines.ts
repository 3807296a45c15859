/** Names the line of a product class, for those who hear that its stock is too low. */
import type { PlannedItem } from './line-reader.ts';
import type { Taker } from './order-stock.ts';

export const lineNames =
  (items: readonly PlannedItem[]): Taker['lineOf'] =>
  (classId) => {
    const line = items.find(({ fields }) => Number(fields.ProductClass) === classId);
    const place = line ? `${line.input}.quantity` : 'items';
    return { place, name: String(line?.fields.product_name ?? classId) };
  };
