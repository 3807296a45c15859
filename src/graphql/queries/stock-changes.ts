/** `stockChanges`: what the API has done to the stock of a row or on behalf of a client, newest first. */
import { readRows } from '../../shop/rows/write.ts';
import type { Query, QueryContext } from '../extension-parts.ts';
import type { OwnType } from '../mutation.ts';
import { rowId } from '../mutations/arguments.ts';
import {
  type KeptStockChange,
  readStockChanges,
  STOCK_HISTORY_DAYS,
  type StockChangeFilter,
} from '../store/stock-changes.ts';
import { HISTORY_ARGUMENTS, type HistoryArgs, historyPage, historyTypes } from './history.ts';

type Args = HistoryArgs & {
  product_class_id?: string | null;
  code?: string | null;
  client_id?: string | null;
  from?: number | null;
  to?: number | null;
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

const around = historyTypes('StockChange', {
  whole: { ja: '在庫の変更の一覧', en: 'Changes of stock' },
  nodes: { ja: '変更（新しい順）', en: 'The changes, newest first' },
});

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
  types: [change, ...around],
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
    ...HISTORY_ARGUMENTS,
  },
  type: 'StockChangeConnection!',
  run: async (context, given) => {
    const args = given as Args;
    const read = async (limit: number, before: string | undefined) =>
      readStockChanges(context.db, await filterOf(context, args, before), limit);
    return historyPage(context, args, read, (row) => nodeOf(context, row));
  },
};

async function filterOf(
  context: QueryContext,
  args: Args,
  before: string | undefined,
): Promise<StockChangeFilter> {
  return {
    productClassIds: await classIds(context, args),
    clientId: args.client_id ?? undefined,
    from: args.from ?? undefined,
    to: args.to ?? undefined,
    before,
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
