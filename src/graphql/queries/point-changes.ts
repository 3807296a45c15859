/** `pointChanges`: the points that the API has given or taken, newest first. */
import { type KeptPointChange, readPointChanges } from '../../shop/store/point-changes.ts';
import type { Text } from '../../shop/text.ts';
import { type Fault, InvalidArgument } from '../errors.ts';
import type { Query, QueryContext } from '../extension-parts.ts';
import type { OwnType } from '../mutation.ts';
import { rowId } from '../mutations/arguments.ts';

const MOST_FIRST = 1000;
const DEFAULT_FIRST = 100;

type Args = { customer_id?: string | null; first?: number | null; after?: string | null };

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

const pageInfo: OwnType = {
  kind: 'object',
  name: 'PointChangePageInfo',
  description: { ja: '続きの有無', en: 'Whether there is more' },
  fields: {
    hasNextPage: { type: 'Boolean!', description: { ja: '続きがあるか', en: 'Whether there is more' } },
    endCursor: { type: 'String', description: { ja: '続きを取得するカーソル', en: 'Where to go on' } },
  },
};

const connection: OwnType = {
  kind: 'object',
  name: 'PointChangeConnection',
  description: { ja: 'ポイントの増減の一覧', en: 'Changes of points' },
  fields: {
    nodes: {
      type: '[PointChange!]!',
      description: { ja: '増減（新しい順）', en: 'The changes, newest first' },
    },
    pageInfo: {
      type: 'PointChangePageInfo!',
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
  types: [change, pageInfo, connection],
  args: {
    customer_id: {
      type: 'ID',
      description: { ja: '会員ID', en: 'ID of the customer' },
      crosses: ['Customer'],
    },
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
  type: 'PointChangeConnection!',
  run: async (context, given) => {
    const args = given as Args;
    const first = args.first ?? DEFAULT_FIRST;
    judge(context, args, first);
    const customerId = typeof args.customer_id === 'string' ? rowId(args.customer_id) : undefined;
    const before = args.after || undefined;
    const rows = await readPointChanges(context.db, { customerId, before }, first + 1);
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
