/** `pointChanges`: the points that the API has given or taken, newest first. */
import { type KeptPointChange, readPointChanges } from '../../shop/store/point-changes.ts';
import type { Query, QueryContext } from '../extension-parts.ts';
import type { OwnType } from '../mutation.ts';
import { rowId } from '../mutations/arguments.ts';
import { HISTORY_ARGUMENTS, type HistoryArgs, historyPage, historyTypes } from './history.ts';

type Args = HistoryArgs & { customer_id?: string | null };

const change: OwnType = {
  kind: 'object',
  name: 'PointChange',
  description: { ja: 'API によるポイントの増減1件', en: 'Points given or taken by the API, once' },
  fields: {
    id: { type: 'ID!', description: { ja: '増減のID（新しいほど大きい）', en: 'ID, higher = newer' } },
    customer_id: { type: 'ID!', description: { ja: '会員ID', en: 'ID of the customer' } },
    point_before: { type: 'Float!', description: { ja: '変更前のポイント', en: 'Points before' } },
    point_after: { type: 'Float!', description: { ja: '変更後のポイント', en: 'Points afterwards' } },
    delta: { type: 'Float!', description: { ja: '増減', en: 'The difference' } },
    reason: { type: 'String!', description: { ja: '理由', en: 'Why' } },
    reference: { type: 'String', description: { ja: '伝票番号など', en: 'The caller’s own reference' } },
    client_id: { type: 'String!', description: { ja: 'クライアントID', en: 'ID of the client' } },
    changed_at: { type: 'DateTime!', description: { ja: '変更日時', en: 'When' } },
    Customer: {
      type: 'Customer',
      description: { ja: '会員（削除済みの場合は null）', en: 'The customer; null = deleted' },
    },
  },
};

const around = historyTypes('PointChange', {
  whole: { ja: 'ポイントの増減の一覧', en: 'Changes of points' },
  nodes: { ja: '増減（新しい順）', en: 'The changes, newest first' },
});

export const pointChanges: Query = {
  name: 'pointChanges',
  description: {
    ja: 'API（customerPointChange）によるポイントの増減を新しい順に返します。EC-CUBE の画面や注文による増減は含みません（変更フィードの points をご利用ください）。',
    en: 'The points that customerPointChange has given or taken, newest first. What EC-CUBE itself does is told by the change feed, part points.',
  },
  example: `query {
  pointChanges(customer_id: 2, first: 20) {
    nodes {
      point_before
      point_after
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
    customer_id: {
      type: 'ID',
      description: { ja: '会員ID', en: 'ID of the customer' },
      crosses: ['Customer'],
    },
    ...HISTORY_ARGUMENTS,
  },
  type: 'PointChangeConnection!',
  run: async (context, given) => {
    const args = given as Args;
    const customerId = typeof args.customer_id === 'string' ? rowId(args.customer_id) : undefined;
    const read = (limit: number, before: string | undefined) =>
      readPointChanges(context.db, { customerId, before }, limit);
    return historyPage(context, args, read, (row) => nodeOf(context, row));
  },
};

const nodeOf = ({ kit }: QueryContext, row: KeptPointChange) => ({
  id: row.id,
  customer_id: String(row.customerId),
  point_before: row.before,
  point_after: row.after,
  delta: row.after - row.before,
  reason: row.reason,
  reference: row.reference,
  client_id: row.clientId,
  changed_at: kit.dateText(row.at),
  Customer: row.customerId,
});
