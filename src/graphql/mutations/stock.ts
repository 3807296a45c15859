/**
 * Stock, which is stored twice: in the product class and in its stock row (docs/eccube/database.md, Conventions). Both are kept equal.
 * Locks: first the stock rows, as EC-CUBE's checkout does, then the classes, each by key; a writer that keeps to that order
 * waits for another, never in a circle.
 */
import { type FieldValue, insertRow, lockRows, readRows, updateRows } from '../../shop/rows/write.ts';
import type { MutationContext } from '../mutation.ts';
import { invalid } from './arguments.ts';

export type StockArgs = { stock?: number | null; stock_unlimited: boolean };

export type Stock = { readonly stock: number | null; readonly stock_unlimited: boolean };

/** A locked class with both of its stocks. */
export type StockedClass = {
  readonly id: number;
  readonly code: FieldValue;
  readonly stock: FieldValue;
  readonly stock_unlimited: FieldValue;
  readonly second: StockRow | undefined;
};

type StockRow = { readonly id: FieldValue; readonly stock: FieldValue };

/** The stock to store: null means unlimited, or that the caller asked for null. */
export function judgeStock(args: StockArgs): Stock {
  const { stock_unlimited } = args;
  const given = 'stock' in args;
  if (stock_unlimited && given)
    throw invalid('stock', 'Cannot update stock with stock unlimited', 'STOCK_UNLIMITED');
  if (stock_unlimited) return { stock: null, stock_unlimited };
  if (!given) throw invalid('stock', 'stock is required when stock limited');
  const stock = args.stock ?? null;
  if (stock !== null && stock < 0)
    throw invalid('stock', 'stock must be a positive integer', 'STOCK_NEGATIVE');
  return { stock, stock_unlimited };
}

/** Locks the classes of these ids and their stock rows; ids without a class are left out. */
export async function lockStock(
  context: MutationContext,
  ids: readonly number[],
): Promise<Map<number, StockedClass>> {
  const seconds = await lockStockRows(context, ids);
  const bare = ids.filter((id) => !seconds.has(id));
  const added = await lockProductsOf(context, bare);
  const rows = await lockRows(context, 'ProductClass', ['id', 'code', 'stock', 'stock_unlimited'], {
    id: ids,
  });
  return new Map(
    rows.map((row) => {
      const id = Number(row.id);
      return [id, { ...row, id, second: seconds.get(id) ?? added.get(id) }];
    }),
  );
}

/**
 * A class without stock row cannot be waited for there. A writer that is about to add the row waits at the product instead,
 * and then looks whether somebody before it has.
 */
async function lockProductsOf(
  context: MutationContext,
  classIds: readonly number[],
): Promise<Map<number, StockRow>> {
  if (classIds.length === 0) return new Map();
  const classes = await readRows(context, 'ProductClass', ['Product'], { id: classIds });
  const productIds = classes.flatMap(({ Product }) => (Product === null ? [] : [Number(Product)]));
  await lockRows(context, 'Product', ['id'], { id: productIds });
  return lockStockRows(context, classIds);
}

async function lockStockRows(
  context: MutationContext,
  classIds: readonly number[],
): Promise<Map<number, StockRow>> {
  const rows = await lockRows(context, 'ProductStock', ['id', 'stock', 'ProductClass'], {
    ProductClass: classIds,
  });
  return new Map(rows.map((row) => [Number(row.ProductClass), row]));
}

/** Writes both stocks where they differ, so that a retry changes nothing. Returns whether anything was written. */
export async function writeStock(context: MutationContext, row: StockedClass, to: Stock): Promise<boolean> {
  const first = !sameStock(row.stock, to.stock) || row.stock_unlimited !== to.stock_unlimited;
  if (first) await updateRows(context, 'ProductClass', { id: row.id }, to);
  const second = !row.second || !sameStock(row.second.stock, to.stock);
  if (!row.second) await insertRow(context, 'ProductStock', { ProductClass: row.id, stock: to.stock });
  else if (second) await updateRows(context, 'ProductStock', { id: row.second.id }, { stock: to.stock });
  return first || second;
}

/** Decimals come out of the database as text, at times with a fraction of zeros. */
const sameStock = (stored: FieldValue, wanted: number | null): boolean =>
  stored === null || wanted === null ? stored === wanted : Number(stored) === wanted;
