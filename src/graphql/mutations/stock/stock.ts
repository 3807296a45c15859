/**
 * Stock, which is stored twice: in the product class and in its stock row (docs/eccube/database.md, Conventions). Both are kept equal.
 * Locks: first the stock rows, as EC-CUBE's checkout does, then the classes, each by key; a writer that keeps to that order
 * waits for another, never in a circle.
 */
import { type FieldValue, insertRow, lockRows, readRows, updateRows } from '../../../shop/rows/write.ts';
import type { MutationContext } from '../../mutation.ts';
import { recordStockChanges, type StockChange } from '../../store/stock-changes.ts';

export type Stock = { readonly stock: number | null; readonly stock_unlimited: boolean };

/** Why a stock is changed, in the words of the one who changes it. */
export type StockReason = { readonly reason: string | null; readonly reference: string | null };

/** A locked class with both of its stocks. */
export type StockedClass = {
  readonly id: number;
  readonly code: FieldValue;
  readonly stock: FieldValue;
  readonly stock_unlimited: FieldValue;
  readonly second: StockRow | undefined;
};

type StockRow = { readonly id: FieldValue; readonly stock: FieldValue };

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
 * and then looks whether someone before it has.
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

/** Writes both stocks where they differ, so that a retry changes nothing; what was changed belongs into the history. */
export async function writeStock(
  context: MutationContext,
  row: StockedClass,
  to: Stock,
): Promise<StockMove | undefined> {
  if (!sameStock(row.stock, to.stock) || row.stock_unlimited !== to.stock_unlimited) {
    await updateRows(context, 'ProductClass', { id: row.id }, to);
  }
  if (!row.second) await insertRow(context, 'ProductStock', { ProductClass: row.id, stock: to.stock });
  else if (!sameStock(row.second.stock, to.stock)) {
    await updateRows(context, 'ProductStock', { id: row.second.id }, { stock: to.stock });
  }
  const before = row.stock_unlimited ? null : stockOf(row);
  const isSame = before === to.stock && row.stock_unlimited === to.stock_unlimited;
  return isSame ? undefined : { productClassId: row.id, before, after: to.stock };
}

/** The stock that EC-CUBE's checkout counts on is that of the stock row. */
export function stockOf({ stock, second }: StockedClass): number | null {
  const stored = second ? second.stock : stock;
  return stored === null ? null : Number(stored);
}

/** A stock from one number to another; null = without limit, or none. */
type StockMove = {
  readonly productClassId: number;
  readonly before: number | null;
  readonly after: number | null;
};

/** Puts what `writeStock` has changed into the history. */
export function keepMoves(
  context: MutationContext,
  moves: readonly (readonly [StockMove | undefined, StockReason])[],
): Promise<void> {
  const { clientId, memberId } = context.principal;
  const changes = moves.flatMap(([move, why]): StockChange[] =>
    move
      ? [
          {
            ...move,
            reason: why.reason,
            reference: why.reference,
            clientId,
            memberId,
            changedAt: context.now,
          },
        ]
      : [],
  );
  return recordStockChanges(context.db, changes);
}

/** Decimals come out of the database as text, at times with a fraction of zeros. */
const sameStock = (stored: FieldValue, wanted: number | null): boolean =>
  stored === null || wanted === null ? stored === wanted : Number(stored) === wanted;
