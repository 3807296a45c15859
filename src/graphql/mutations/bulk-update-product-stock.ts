/**
 * Sets the stock of many product classes in one transaction. A row that cannot be honoured says why and changes
 * nothing; the others are saved all the same, because one wrong code must not hold up a warehouse's whole list.
 */
import { InvalidArgument } from '../errors.ts';
import type { Mutation, MutationContext, OwnType } from '../mutation.ts';
import { CODE, PRODUCT_CLASS_ID, STOCK, STOCK_LIMIT, tooMany } from './arguments.ts';
import { type Failure, failureOf, RESULT_FIELDS } from './bulk-results.ts';
import { type ClassChoice, type ClassIds, chosenClassId, classIdsOf, noClass } from './product-class.ts';
import { keepMoves, lockStock, type StockedClass, writeStock } from './stock.ts';
import {
  CHANGE_FROM_STOCK,
  DELTA,
  judgeStock,
  REASON,
  REFERENCE,
  type StockArgs,
  type StockWish,
  wishedStock,
} from './stock-wish.ts';

const MOST_ROWS = 1000;

type Item = StockArgs & ClassChoice;
type Wish = { readonly item: Item; readonly id: number; readonly wish: StockWish };
type Result = Failure & { ok: boolean; current: number | null; ProductClass: number | null };

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
    stock_unlimited: STOCK_LIMIT,
    delta: DELTA,
    changeFromStock: CHANGE_FROM_STOCK,
    reason: REASON,
    reference: REFERENCE,
  },
};

const result: OwnType = {
  kind: 'object',
  name: 'ProductStockResult',
  description: { ja: '在庫更新1件分の結果', en: 'What came of one row' },
  fields: {
    ok: { type: 'Boolean!', description: { ja: '更新できたか', en: 'Whether the stock is set' } },
    ...RESULT_FIELDS,
    current: {
      type: 'Float',
      description: {
        ja: '更新できなかったとき（STOCK_STALE、STOCK_NEGATIVE）の現在の在庫数',
        en: 'The stock as it is, where that is why the row failed (STOCK_STALE, STOCK_NEGATIVE)',
      },
    },
    ProductClass: { type: 'ProductClass' },
  },
};

export const bulkUpdateProductStock: Mutation = {
  name: 'bulkUpdateProductStock',
  scopes: ['read', 'write'],
  description: {
    ja: `複数の商品規格の在庫を、在庫数または増減でまとめて更新します（${MOST_ROWS}件まで、1トランザクション）。結果は指定した順に1件ずつ返します。更新できない行があっても、ほかの行は保存されます。`,
    en: `Sets or changes the stock of up to ${MOST_ROWS} product classes in one transaction. There is one result per row, in the same order; rows that fail change nothing, the others are saved.`,
  },
  example: `mutation {
  bulkUpdateProductStock(
    items: [
      { code: "TNG-01-AI", stock: 50, reason: "棚卸し" }
      { product_class_id: 4, delta: -2, reference: "WMS-1102" }
      { code: "HSH-01", stock_unlimited: true }
    ]
  ) {
    ok
    code
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
    if (items.length > MOST_ROWS) throw tooMany('items', MOST_ROWS);
    const codes = items.flatMap(({ code }) => (typeof code === 'string' ? [code] : []));
    const wishes = readWishes(await classIdsOf(context, codes), items);
    const ids = wishes.flatMap((wish) => (wish instanceof InvalidArgument ? [] : [wish.id]));
    const classes = await lockStock(context, ids);
    return fulfil(context, classes, wishes);
  },
};

function readWishes(ids: ClassIds, items: readonly Item[]): (Wish | InvalidArgument)[] {
  const seen = new Set<number>();
  return items.map((item) =>
    orFault(() => {
      const id = chosenClassId(ids, item);
      if (seen.has(id)) throw sameAsBefore();
      const wish = judgeStock(item);
      seen.add(id);
      return { item, id, wish };
    }),
  );
}

const sameAsBefore = (): InvalidArgument =>
  new InvalidArgument([
    { argument: 'items', text: 'An earlier row sets the stock of the same ProductClass', field: '' },
  ]);

function orFault<T>(judge: () => T): T | InvalidArgument {
  try {
    return judge();
  } catch (error) {
    if (error instanceof InvalidArgument) return error;
    throw error;
  }
}

async function fulfil(
  context: MutationContext,
  classes: ReadonlyMap<number, StockedClass>,
  wishes: readonly (Wish | InvalidArgument)[],
): Promise<Result[]> {
  const results: Result[] = [];
  const moves: Parameters<typeof keepMoves>[1][number][] = [];
  for (const [place, wish] of wishes.entries()) {
    const judged = wish instanceof InvalidArgument ? wish : judgedWith(classes, wish);
    if (judged instanceof InvalidArgument || wish instanceof InvalidArgument) {
      results.push(failed(judged as InvalidArgument, place));
      continue;
    }
    moves.push([await writeStock(context, judged.row, judged.to), wish.wish]);
    results.push({ ok: true, message: null, code: null, field: null, current: null, ProductClass: wish.id });
  }
  await keepMoves(context, moves);
  return results;
}

const judgedWith = (classes: ReadonlyMap<number, StockedClass>, { id, item, wish }: Wish) =>
  orFault(() => {
    const row = classes.get(id);
    if (!row) throw noClass(item);
    return { row, to: wishedStock(row, wish) };
  });

const failed = (error: InvalidArgument, place: number): Result => {
  const current = error.faults[0]?.current;
  return {
    ok: false,
    ...failureOf(error, place),
    current: typeof current === 'number' ? current : null,
    ProductClass: null,
  };
};
