/** `stockChanges`: what the API has done to the stock of a row or on behalf of a client, newest first. */
import { readRows } from '../../shop/rows/write.ts';
import type { Text } from '../../shop/text.ts';
import { type Fault, InvalidArgument } from '../errors.ts';
import type { Query, QueryContext } from '../extension-parts.ts';
import type { OwnType } from '../mutation.ts';
import { rowId } from '../mutations/arguments.ts';
import {
  type KeptStockChange,
  readStockChanges,
  STOCK_HISTORY_DAYS,
  type StockChangeFilter,
} from '../store/stock-changes.ts';

const MOST_FIRST = 1000;
const DEFAULT_FIRST = 100;

type Args = {
  product_class_id?: string | null;
  code?: string | null;
  client_id?: string | null;
  from?: number | null;
  to?: number | null;
  first?: number | null;
  after?: string | null;
};

const change: OwnType = {
  kind: 'object',
  name: 'StockChange',
  description: { ja: 'API による在庫の変更1件', en: 'One change of a stock by the API' },
  fields: {
    id: { type: 'ID!', description: { ja: '変更のID（新しいほど大きい）', en: 'ID, higher = newer' } },
    product_class_id: { type: 'ID!', description: { ja: '商品規格ID', en: 'ID of the product class' } },
    stock_before: {
      type: 'Float',
      description: { ja: '変更前の在庫数（無制限は null）', en: 'Stock before; null = unlimited' },
    },
    stock_after: {
      type: 'Float',
      description: { ja: '変更後の在庫数（無制限は null）', en: 'Stock afterwards; null = unlimited' },
    },
    delta: { type: 'Float', description: { ja: '増減', en: 'The difference' } },
    reason: {
      type: 'String',
      description: {
        ja: '更新の理由。対応状況の変更に伴うものは order_status',
        en: 'Why; order_status when it followed from the status of an order',
      },
    },
    reference: { type: 'String', description: { ja: '伝票番号など', en: 'The caller’s own reference' } },
    client_id: { type: 'String!', description: { ja: 'クライアントID', en: 'ID of the client' } },
    changed_at: { type: 'DateTime!', description: { ja: '変更日時', en: 'When' } },
    ProductClass: { type: 'ProductClass' },
  },
};

const pageInfo: OwnType = {
  kind: 'object',
  name: 'StockChangePageInfo',
  description: { ja: '続きの有無', en: 'Whether there is more' },
  fields: {
    hasNextPage: { type: 'Boolean!', description: { ja: '続きがあるか', en: 'Whether there is more' } },
    endCursor: { type: 'String', description: { ja: '続きを取得するカーソル', en: 'Where to go on' } },
  },
};

const connection: OwnType = {
  kind: 'object',
  name: 'StockChangeConnection',
  description: { ja: '在庫の変更の一覧', en: 'Changes of stock' },
  fields: {
    nodes: {
      type: '[StockChange!]!',
      description: { ja: '変更（新しい順）', en: 'The changes, newest first' },
    },
    pageInfo: {
      type: 'StockChangePageInfo!',
      description: { ja: '続きの有無', en: 'Whether there is more' },
    },
  },
};

const FIRST: Text = {
  ja: `1以上${MOST_FIRST}以下の値を入力してください。`,
  en: `Give a number from 1 to ${MOST_FIRST}.`,
};
const CURSOR: Text = {
  ja: 'この一覧のカーソルではありません。',
  en: 'This is no cursor of this list.',
};

export const stockChanges: Query = {
  name: 'stockChanges',
  description: {
    ja: `API による在庫の変更を新しい順に返します。EC-CUBE の画面や注文による変更は含みません（変更フィードをご利用ください）。履歴は${STOCK_HISTORY_DAYS}日間保存されます。`,
    en: `What the API has done to stocks, newest first. What EC-CUBE itself does is told by the change feed. The history is kept for ${STOCK_HISTORY_DAYS} days.`,
  },
  example: `query {
  stockChanges(code: "TNG-01-AI", first: 20) {
    nodes {
      stock_before
      stock_after
      delta
      reason
      reference
      client_id
      changed_at
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}`,
  types: [change, pageInfo, connection],
  args: {
    product_class_id: {
      type: 'ID',
      description: { ja: '商品規格ID', en: 'ID of the product class' },
      crosses: ['ProductClass'],
    },
    code: {
      type: 'String',
      description: { ja: '商品コード', en: 'Product code' },
      crosses: ['ProductClass'],
    },
    client_id: { type: 'String', description: { ja: 'クライアントID', en: 'ID of the client' }, crosses: [] },
    from: { type: 'DateTime', description: { ja: 'この日時以降', en: 'From this moment on' }, crosses: [] },
    to: { type: 'DateTime', description: { ja: 'この日時以前', en: 'Up to this moment' }, crosses: [] },
    first: {
      type: 'Int',
      default: DEFAULT_FIRST,
      description: { ja: `取得する件数（${MOST_FIRST}件まで）`, en: `How many (at most ${MOST_FIRST})` },
      crosses: [],
    },
    after: {
      type: 'String',
      description: { ja: 'このカーソルより後を取得', en: 'Behind this cursor' },
      crosses: [],
    },
  },
  type: 'StockChangeConnection!',
  run: async (context, given) => {
    const args = given as Args;
    const first = args.first ?? DEFAULT_FIRST;
    judge(context, args, first);
    const rows = await readStockChanges(context.db, await filterOf(context, args), first + 1);
    const shown = rows.slice(0, first);
    return {
      nodes: shown.map((row) => nodeOf(context, row)),
      pageInfo: { hasNextPage: rows.length > first, endCursor: shown.at(-1)?.id ?? args.after ?? null },
    };
  },
};

function judge({ locale }: QueryContext, { after }: Args, first: number): void {
  const faults: Fault[] = [];
  if (first < 1 || first > MOST_FIRST) faults.push({ argument: 'first', text: FIRST[locale], code: 'LIMIT' });
  if (after && !/^\d{1,15}$/.test(after)) faults.push({ argument: 'after', text: CURSOR[locale] });
  if (faults.length > 0) throw new InvalidArgument(faults);
}

async function filterOf(context: QueryContext, args: Args): Promise<StockChangeFilter> {
  return {
    productClassIds: await classIds(context, args),
    clientId: args.client_id ?? undefined,
    from: args.from ?? undefined,
    to: args.to ?? undefined,
    before: args.after || undefined,
  };
}

/** Classes that share a code are all meant. */
async function classIds(context: QueryContext, { product_class_id: id, code }: Args) {
  const named = typeof id === 'string' ? [rowId(id)] : undefined;
  if (typeof code !== 'string') return named;
  // No stored text has a NUL; PostgreSQL does not even compare with one.
  const rows = code.includes('\0') ? [] : await readRows(context, 'ProductClass', ['id'], { code });
  const coded = rows.map((row) => Number(row.id));
  return named ? coded.filter((one) => named.includes(one)) : coded;
}

const nodeOf = ({ kit }: QueryContext, row: KeptStockChange) => ({
  id: row.id,
  product_class_id: String(row.productClassId),
  stock_before: row.before,
  stock_after: row.after,
  delta: row.before === null || row.after === null ? null : row.after - row.before,
  reason: row.reason,
  reference: row.reference,
  client_id: row.clientId,
  changed_at: kit.dateText(row.changedAt),
  ProductClass: row.productClassId,
});
