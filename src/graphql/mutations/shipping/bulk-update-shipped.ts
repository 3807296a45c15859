/**
 * Marks many parcels as shipped. A parcel that cannot be shipped says why; the others are shipped all the same. All rows
 * are locked first, in the order that all mutations keep, so that two such lists wait for each other and never in a circle.
 */
import { lockRows, readRows } from '../../../shop/rows/write.ts';
import type { QueuedMail, ShippingMails } from '../../mails/shipping-mails.ts';
import type { Mutation, MutationContext, OwnType } from '../../mutation.ts';
import { rowId, tooMany } from '../arguments.ts';
import { ROW_RESULT, type RowResult, rejectedRow, runRows } from '../row-results.ts';
import { mailFailed, SHIPPED_ARGUMENTS, type ShippedArgs, type ShippedDeps, ship } from './ship.ts';

const MOST_ROWS = 200;
const MAILS_AT_ONCE = 4;
const MAIL_WAIT_MS = 8_000; // of the 20 seconds that a request may take

type Result = RowResult & { readonly Shipping: number | null };
type RowMail = { readonly index: number; readonly mail: QueuedMail };

const input: OwnType = {
  kind: 'input',
  name: 'ShippedInput',
  description: { ja: '出荷1件分。updateShipped と同じ項目です', en: 'One parcel, as updateShipped takes it' },
  fields: SHIPPED_ARGUMENTS,
};

const result: OwnType = {
  kind: 'object',
  name: 'ShippedResult',
  description: { ja: '出荷1件分の結果', en: 'What came of one parcel' },
  fields: {
    ...ROW_RESULT,
    Shipping: { type: 'Shipping', description: { ja: '出荷情報', en: 'The parcel' } },
  },
};

export const bulkUpdateShipped = (needs: ShippedDeps): Mutation => ({
  name: 'bulkUpdateShipped',
  scopes: ['read', 'write'],
  description: {
    ja: `複数の出荷情報をまとめて出荷済みに更新します（${MOST_ROWS}件まで、1トランザクション）。結果は指定した順に1件ずつ返します。更新できない行があっても、ほかの行は保存されます。メールだけを送信できなかった行は ok が true、code が MAIL_FAILED になります。`,
    en: `Marks up to ${MOST_ROWS} shippings as shipped in one transaction. There is one result per row, in the same order; rows that fail change nothing, the others are saved. Where only the mail could not be sent, ok is true and code is MAIL_FAILED.`,
  },
  example: `mutation {
  bulkUpdateShipped(
    items: [
      { id: 12, tracking_number: "0000-0012-0000" }
      { id: 16, tracking_number: "0000-0016-0000" }
    ]
  ) {
    ok
    code
    message
    Shipping {
      id
      tracking_number
    }
  }
}`,
  types: [input, result],
  args: {
    items: {
      type: '[ShippedInput!]!',
      description: { ja: `出荷の一覧（${MOST_ROWS}件まで）`, en: `The parcels (at most ${MOST_ROWS})` },
    },
  },
  type: '[ShippedResult!]!',
  run: async (context, given) => {
    const { items } = given as { items: ShippedArgs[] };
    if (items.length > MOST_ROWS) throw tooMany('items', MOST_ROWS);
    await lockAll(context, items);
    const rows = { argument: 'items', rows: items, errorPolicy: 'REJECT_ROWS' as const };
    const ran = await runRows(context, rows, (item) => ship(needs, context, item));
    const results = ran.map((row): Result => ({ ...row.result, Shipping: row.value?.shippingId ?? null }));
    const mails = ran.flatMap(({ value }, index): RowMail[] =>
      value?.mail ? [{ index, mail: value.mail }] : [],
    );
    if (mails.length > 0) context.afterCommit(() => sendFirst(needs.mails, context, mails, results));
    return results;
  },
});

/** First the orders, then their parcels, then the customers, each by key. */
async function lockAll(context: MutationContext, items: readonly ShippedArgs[]): Promise<void> {
  const ids = items.map(({ id }) => rowId(id)).filter((id) => id > 0);
  if (ids.length === 0) return;
  const orderIds = numbers(await readRows(context, 'Shipping', ['Order'], { id: ids }), 'Order');
  if (orderIds.length === 0) return;
  const orders = await lockRows(context, 'Order', ['Customer'], { id: orderIds });
  await lockRows(context, 'Shipping', ['id'], { Order: orderIds });
  const customerIds = numbers(orders, 'Customer');
  if (customerIds.length > 0) await lockRows(context, 'Customer', ['id'], { id: customerIds });
}

const numbers = <F extends string>(rows: readonly Record<F, unknown>[], field: F): number[] => [
  ...new Set(rows.flatMap((row) => (row[field] === null ? [] : [Number(row[field])]))),
];

/** Some at a time, for as long as the caller may wait; the rest goes on by itself. */
async function sendFirst(
  mails: ShippingMails,
  { requestId }: MutationContext,
  queue: readonly RowMail[],
  results: Result[],
): Promise<void> {
  const waiting = [...queue];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { index, mail } = next;
      const row = results[index];
      const isSent = await mails.attempt(mail, requestId);
      if (isSent || !row) continue;
      results[index] = { ...row, ...rejectedRow(mailFailed(true), `items[${index}]`), ok: true };
    }
  };
  const done = Promise.all(Array.from({ length: MAILS_AT_ONCE }, work));
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, MAIL_WAIT_MS);
  await Promise.race([done, late]);
  clearTimeout(timer);
}
