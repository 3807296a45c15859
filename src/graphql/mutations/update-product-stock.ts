/** Sets the stock of the one product class that has a code (eccube/graphql.md §8). Stock is stored twice; both are kept equal. */
import { type FieldValue, insertRow, lockRows, updateRows } from '../../store/shop-rows-write.ts';
import { InvalidArgument } from '../errors.ts';
import type { Mutation, MutationContext } from '../mutation.ts';

type StockArgs = { code: string; stock?: number | null; stock_unlimited: boolean };

export const updateProductStock: Mutation = {
  name: 'updateProductStock',
  scopes: ['read', 'write'],
  args: {
    code: { type: 'String!', description: { ja: '商品コード', en: 'Product code' } },
    stock: {
      type: 'Int',
      description: {
        ja: '在庫数（在庫無制限の場合、0以上の数値を指定）',
        en: 'Stock (0 or more, unless stock is unlimited)',
      },
    },
    stock_unlimited: {
      type: 'Boolean!',
      description: {
        ja: '在庫無制限（無制限は true 、制限は false を指定）',
        en: 'Unlimited stock (true) or limited stock (false)',
      },
    },
  },
  type: 'ProductClass',
  run: async (context, given) => {
    const args = given as StockArgs;
    const found = await lockRows(context, 'ProductClass', ['id', 'stock', 'stock_unlimited'], {
      code: args.code,
    });
    const [row] = found;
    if (!row) throw invalid('code', 'No ProductClass found');
    if (found.length > 1) throw invalid('code', 'Multiple ProductClass found');
    const stock = judgeStock(args);
    await writeStock(context, row, { stock, stock_unlimited: args.stock_unlimited });
    return row.id;
  },
};

/** The stock to store: null means unlimited, or that the caller asked for null. */
export function judgeStock(args: { stock?: number | null; stock_unlimited: boolean }): number | null {
  const given = 'stock' in args;
  if (args.stock_unlimited && given) throw invalid('stock', 'Cannot update stock with stock unlimited');
  if (args.stock_unlimited) return null;
  if (!given) throw invalid('stock', 'stock is required when stock limited');
  const stock = args.stock ?? null;
  if (stock !== null && stock < 0) throw invalid('stock', 'stock must be a positive integer');
  return stock;
}

/** Writes both stock rows where they differ, so that a retry changes nothing. `row` is a locked product class. */
export async function writeStock(
  context: MutationContext,
  row: { id: FieldValue; stock: FieldValue; stock_unlimited: FieldValue },
  to: { stock: number | null; stock_unlimited: boolean },
): Promise<void> {
  if (!sameStock(row.stock, to.stock) || row.stock_unlimited !== to.stock_unlimited) {
    await updateRows(context, 'ProductClass', { id: row.id }, to);
  }
  const [second] = await lockRows(context, 'ProductStock', ['id', 'stock'], { ProductClass: row.id });
  if (!second) await insertRow(context, 'ProductStock', { ProductClass: row.id, stock: to.stock });
  else if (!sameStock(second.stock, to.stock)) {
    await updateRows(context, 'ProductStock', { id: second.id }, { stock: to.stock });
  }
}

/** Decimals come out of the database as text, at times with a fraction of zeros. */
const sameStock = (stored: FieldValue, wanted: number | null): boolean =>
  stored === null || wanted === null ? stored === wanted : Number(stored) === wanted;

const invalid = (argument: string, text: string): InvalidArgument =>
  new InvalidArgument([{ argument, text }]);
