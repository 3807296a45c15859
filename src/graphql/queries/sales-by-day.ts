/** `salesByDay`: orders, turnover and things sold for each day, for dashboards. */
import { dayEnd, dayStart, daysBetween } from '../../shop/calendar.ts';
import { dailySales } from '../../shop/sales.ts';
import { SALES_GROUPS, type SalesGroupKind } from '../../shop/store/sales.ts';
import type { Locale } from '../../shop/text.ts';
import { InvalidArgument } from '../errors.ts';
import type { Query } from '../extension-parts.ts';
import type { Argument, OwnType } from '../mutation.ts';

const MOST_DAYS = 400;

const SUMS: Readonly<Record<string, Argument>> = {
  orders: { type: 'Int!', description: { ja: '受注件数', en: 'How many orders' } },
  items: { type: 'Float!', description: { ja: '商品の数量', en: 'How many things were sold' } },
};

const groupKind: OwnType = {
  kind: 'enum',
  name: 'SalesGroupKind',
  description: { ja: '売上の内訳の分け方', en: 'By what the sales of a day are split up' },
  values: {
    STATUS: { ja: '対応状況', en: 'Status of the order' },
    PAYMENT: { ja: '支払方法', en: 'Way to pay' },
    PRODUCT: { ja: '商品', en: 'Product' },
    PRODUCT_CLASS: { ja: '商品規格', en: 'Product class' },
  } satisfies Record<SalesGroupKind, unknown>,
};

const group: OwnType = {
  kind: 'object',
  name: 'SalesGroup',
  description: { ja: '1日の売上の内訳', en: 'A part of the sales of a day' },
  fields: {
    id: {
      type: 'ID',
      description: {
        ja: '対応状況・支払方法・商品・商品規格のID',
        en: 'ID of the status, way to pay, product or product class',
      },
    },
    name: {
      type: 'String',
      description: { ja: '名称（商品は受注時の名称）', en: 'Its name; a product’s as it was sold' },
    },
    code: {
      type: 'String',
      description: { ja: '商品コード（PRODUCT_CLASS のみ）', en: 'Product code (PRODUCT_CLASS only)' },
    },
    ...SUMS,
    turnover: {
      type: 'Float!',
      description: {
        ja: '売上。対応状況・支払方法ではお支払い合計、商品・商品規格では商品の税込小計',
        en: 'Turnover: what orders came to in all, or, of products, their lines with tax',
      },
    },
  },
};

const day: OwnType = {
  kind: 'object',
  name: 'SalesDay',
  description: { ja: '1日の売上', en: 'The sales of a day' },
  fields: {
    date: {
      type: 'String!',
      description: {
        ja: '日付（YYYY-MM-DD、ショップの時刻）',
        en: 'The day in the shop’s time zone, YYYY-MM-DD',
      },
    },
    ...SUMS,
    turnover: {
      type: 'Float!',
      description: { ja: '売上（お支払い合計の合計）', en: 'Turnover: the sum of payment_total' },
    },
    groups: {
      type: '[SalesGroup!]',
      description: { ja: '内訳。by を指定したときのみ', en: 'The parts; null without by' },
    },
  },
};

export const salesByDay: Query = {
  name: 'salesByDay',
  description: {
    ja: `日ごとの売上（${MOST_DAYS}日まで）。EC-CUBEのホームと同じく、注文取消し・決済処理中・購入処理中・返品の受注は数えません`,
    en: `Sales for each day (${MOST_DAYS} at the most). As on EC-CUBE’s home page, orders that are cancelled, pending, in checkout or returned do not count`,
  },
  example: `query {
  salesByDay(from: "2026-11-01", to: "2026-11-30", by: PAYMENT) {
    date
    orders
    turnover
    items
    groups {
      id
      name
      orders
      turnover
    }
  }
}`,
  args: {
    from: {
      type: 'String!',
      description: { ja: '最初の日（YYYY-MM-DD）', en: 'The first day (YYYY-MM-DD)' },
      crosses: ['Order'],
    },
    to: {
      type: 'String!',
      description: { ja: '最後の日（YYYY-MM-DD、この日を含む）', en: 'The last day, included (YYYY-MM-DD)' },
      crosses: ['Order'],
    },
    by: {
      type: 'SalesGroupKind',
      description: { ja: '内訳の分け方', en: 'By what each day is split up' },
      crosses: ['Order'],
    },
  },
  types: [groupKind, group, day],
  type: '[SalesDay!]!',
  run: async ({ db, kit, timeZone, locale }, given) => {
    const { from, to, by } = given as { from: string; to: string; by?: string | null };
    const span = spanOf(from, to, timeZone, locale);
    const sales = await dailySales(
      { db, kit },
      span,
      SALES_GROUPS.find((kind) => kind === by),
    );
    if (!sales) throw fault('to', TEXTS.groups[locale], 'LIMIT');
    return sales;
  },
};

const TEXTS = {
  date: { ja: '有効な日付を入力してください。', en: 'Please enter a valid date.' },
  order: { ja: '最初の日以降の日付を入力してください。', en: 'Give a day that is not before the first one.' },
  days: { ja: `期間は${MOST_DAYS}日以内にしてください。`, en: `At most ${MOST_DAYS} days are allowed.` },
  groups: {
    ja: '内訳が多すぎます。期間を短くしてください。',
    en: 'There are too many parts; ask for fewer days.',
  },
};

const fault = (argument: string, text: string, code?: 'LIMIT'): InvalidArgument =>
  new InvalidArgument([{ argument, text, ...(code && { code }) }]);

function spanOf(first: string, last: string, timeZone: string, locale: Locale) {
  const [from, to] = [dayStart(first, timeZone), dayEnd(last, timeZone)];
  if (from === undefined) throw fault('from', TEXTS.date[locale]);
  if (to === undefined) throw fault('to', TEXTS.date[locale]);
  if (to <= from) throw fault('to', TEXTS.order[locale]);
  const days = daysBetween(first, last, MOST_DAYS + 1);
  if (days.length > MOST_DAYS) throw fault('to', TEXTS.days[locale], 'LIMIT');
  return { days, from, to, timeZone };
}
