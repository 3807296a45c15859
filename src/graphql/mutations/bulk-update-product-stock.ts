/**
 * Sets the stock of many product classes in one transaction. A row that cannot be honoured says why and changes
 * nothing; the others are saved all the same, because one wrong code must not hold up a warehouse's whole list.
 */
import { InvalidArgument } from '../errors.ts';
import type { Mutation, MutationContext, OwnType } from '../mutation.ts';
import { CODE, invalid, PRODUCT_CLASS_ID, STOCK, STOCK_UNLIMITED } from './arguments.ts';
import { judgeUnchanged, type Precondition, preconditions } from './precondition.ts';
import { type ClassChoice, type ClassIds, chosenClassId, classIdsOf, noClass } from './product-class.ts';
import { ROW_RESULT, type RowResult, rejectedRow, SAVED_ROW } from './row-results.ts';
import { judgeStock, lockStock, type Stock, type StockArgs, type StockedClass, writeStock } from './stock.ts';

const MOST_ROWS = 1000;

type Item = StockArgs & ClassChoice & Precondition;
type Wish = { readonly item: Item; readonly id: number; readonly stock: Stock };
type Result = RowResult & { readonly ProductClass: number | null };

const input: OwnType = {
  kind: 'input',
  name: 'ProductStockInput',
  description: {
    ja: '商品規格1件分の在庫。code と product_class_id のどちらか一方を指定します。',
    en: 'The stock of one product class, chosen by either code or product_class_id.',
  },
  fields: {
    code: CODE,
    product_class_id: PRODUCT_CLASS_ID,
    stock: STOCK,
    stock_unlimited: STOCK_UNLIMITED,
    ...preconditions('ProductClass'),
  },
};

const result: OwnType = {
  kind: 'object',
  name: 'ProductStockResult',
  description: { ja: '在庫更新1件分の結果', en: 'What came of one row' },
  fields: {
    ...ROW_RESULT,
    ProductClass: { type: 'ProductClass' },
  },
};

export const bulkUpdateProductStock: Mutation = {
  name: 'bulkUpdateProductStock',
  scopes: ['read', 'write'],
  description: {
    ja: `複数の商品規格の在庫をまとめて更新します（${MOST_ROWS}件まで、1トランザクション）。結果は指定した順に1件ずつ返します。更新できない行があっても、ほかの行は保存されます。`,
    en: `Sets the stock of up to ${MOST_ROWS} product classes in one transaction. There is one result per row, in the same order; rows that fail change nothing, the others are saved.`,
  },
  example: `mutation {
  bulkUpdateProductStock(
    items: [
      { code: "TNG-01-AI", stock: 50, stock_unlimited: false }
      { product_class_id: 4, stock: 120, stock_unlimited: false }
      { code: "HSH-01", stock_unlimited: true }
    ]
  ) {
    ok
    message
    ProductClass {
      code
      stock
    }
  }
}`,
  types: [input, result],
  args: {
    items: {
      type: '[ProductStockInput!]!',
      description: { ja: `在庫の一覧（${MOST_ROWS}件まで）`, en: `The rows (at most ${MOST_ROWS})` },
    },
  },
  type: '[ProductStockResult!]!',
  run: async (context, given) => {
    const { items } = given as { items: Item[] };
    if (items.length > MOST_ROWS) throw invalid('items', `At most ${MOST_ROWS} rows are allowed`);
    const codes = items.flatMap(({ code }) => (typeof code === 'string' ? [code] : []));
    const wishes = readWishes(await classIdsOf(context, codes), items);
    const ids = wishes.flatMap((wish) => (wish instanceof InvalidArgument ? [] : [wish.id]));
    const classes = await lockStock(context, ids);
    const results: Result[] = [];
    for (const [index, wish] of wishes.entries()) {
      results.push(await fulfil(context, classes, wish, `items[${index}]`));
    }
    return results;
  },
};

function readWishes(ids: ClassIds, items: readonly Item[]): (Wish | InvalidArgument)[] {
  const seen = new Set<number>();
  return items.map((item) => {
    try {
      const id = chosenClassId(ids, item);
      if (seen.has(id)) throw invalid('items', 'An earlier row sets the stock of the same ProductClass');
      const stock = judgeStock(item);
      seen.add(id);
      return { item, id, stock };
    } catch (error) {
      if (error instanceof InvalidArgument) return error;
      throw error;
    }
  });
}

async function fulfil(
  context: MutationContext,
  classes: ReadonlyMap<number, StockedClass>,
  wish: Wish | InvalidArgument,
  place: string,
): Promise<Result> {
  if (wish instanceof InvalidArgument) return { ...rejectedRow(wish, place), ProductClass: null };
  const row = classes.get(wish.id);
  if (!row) return { ...rejectedRow(noClass(wish.item), place), ProductClass: null };
  const changed = await conflict(judgeUnchanged(context, 'ProductClass', wish.id, wish.item, place));
  if (changed) return { ...rejectedRow(changed, place), ProductClass: wish.id };
  await writeStock(context, row, wish.stock);
  return { ...SAVED_ROW, ProductClass: wish.id };
}

const conflict = (judging: Promise<void>): Promise<InvalidArgument | undefined> =>
  judging.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof InvalidArgument) return error;
      throw error;
    },
  );
