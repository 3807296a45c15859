/**
 * Sets the stock of many product classes in one transaction. A row that cannot be honoured says why and changes
 * nothing; the others are saved all the same, because one wrong code must not hold up a warehouse's whole list.
 */
import type { InvalidArgument } from '../../errors.ts';
import type { Mutation, MutationContext, OwnType } from '../../mutation.ts';
import { type ArgumentVerdict, verdictByRows, verdictOn } from '../argument-verdict.ts';
import { CODE, invalid, PRODUCT_CLASS_ID, STOCK, STOCK_LIMIT, tooMany } from '../arguments.ts';
import { judgeUnchanged, type Precondition, preconditions } from '../precondition.ts';
import {
  type ClassChoice,
  type ClassIds,
  chosenClassId,
  classIdsOf,
  externalClassIds,
  noClass,
} from '../products/product-class.ts';
import { ROW_RESULT, type RowResult, rejectedRow, SAVED_ROW } from '../row-results.ts';
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

type Item = StockArgs & ClassChoice & Precondition;
type Wish = { readonly item: Item; readonly id: number; readonly wish: StockWish };
type Result = RowResult & { readonly current: number | null; readonly ProductClass: number | null };

const input: OwnType = {
  kind: 'input',
  name: 'ProductStockInput',
  description: {
    ja: '商品規格1件分の在庫。code、product_class_id、external_id のどれか1つを指定します。',
    en: 'The stock of one product class, chosen by one of code, product_class_id and external_id.',
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
    ...preconditions('ProductClass'),
    external_id: {
      type: 'String',
      description: {
        ja: '商品規格の外部ID（このクライアントが setExternalIds で付けたもの）',
        en: 'ID that this client has given the product class with setExternalIds',
      },
    },
  },
};

const result: OwnType = {
  kind: 'object',
  name: 'ProductStockResult',
  description: { ja: '在庫更新1件分の結果', en: 'What came of one row' },
  fields: {
    ...ROW_RESULT,
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
    const ownIds = items.flatMap(({ external_id: own }) => (typeof own === 'string' ? [own] : []));
    const ids = {
      codes: await classIdsOf(context, codes),
      externals: await externalClassIds(context, ownIds),
    };
    const wishes = readWishes(ids, items);
    const chosen = wishes.flatMap((wish) => (wish.ok ? [wish.value.id] : []));
    const classes = await lockStock(context, chosen);
    return fulfil(context, classes, wishes);
  },
};

type ChoosableIds = { readonly codes: ClassIds; readonly externals: ClassIds };

function readWishes({ codes, externals }: ChoosableIds, items: readonly Item[]): ArgumentVerdict<Wish>[] {
  const seen = new Set<number>();
  return items.map((item) =>
    verdictOn(() => {
      const id = chosenClassId(codes, item, externals);
      if (seen.has(id)) {
        throw invalid('items', 'An earlier row sets the stock of the same ProductClass');
      }
      const wish = judgeStock(item);
      seen.add(id);
      return { item, id, wish };
    }),
  );
}

async function fulfil(
  context: MutationContext,
  classes: ReadonlyMap<number, StockedClass>,
  wishes: readonly ArgumentVerdict<Wish>[],
): Promise<Result[]> {
  const results: Result[] = [];
  const moves: Parameters<typeof keepMoves>[1][number][] = [];
  for (const [index, wish] of wishes.entries()) {
    const place = `items[${index}]`;
    const verdict = wish.ok ? await verdictByRows(() => judgeRow(context, classes, wish.value, place)) : wish;
    if (!verdict.ok) {
      results.push(rejected(verdict.error, place, wish));
      continue;
    }
    const { row, to, why } = verdict.value;
    moves.push([await writeStock(context, row, to), why]);
    results.push({ ...SAVED_ROW, current: null, ProductClass: row.id });
  }
  await keepMoves(context, moves);
  return results;
}

/** Everything that can refuse a row comes before its first write. */
async function judgeRow(
  context: MutationContext,
  classes: ReadonlyMap<number, StockedClass>,
  { id, item, wish }: Wish,
  place: string,
) {
  const row = classes.get(id);
  if (!row) throw noClass(item);
  await judgeUnchanged(context, 'ProductClass', id, item, place);
  return { row, to: wishedStock(row, wish), why: wish };
}

/** A row whose class has changed meanwhile shows it as it is. */
function rejected(error: InvalidArgument, place: string, wish: ArgumentVerdict<Wish>): Result {
  const [fault] = error.faults;
  const current = typeof fault?.current === 'number' ? fault.current : null;
  const ProductClass = fault?.code === 'CONFLICT' && wish.ok ? wish.value.id : null;
  return { ...rejectedRow(error, place), current, ProductClass };
}
