/**
 * Marks many parcels as shipped. A parcel that cannot be shipped says why; the others are shipped all the same. All rows
 * are locked first, in the order that all mutations keep, so that two such lists wait for each other and never in a circle.
 */
import { lockRows, readRows } from '../../shop/rows/write.ts';
import { InvalidArgument } from '../errors.ts';
import type { QueuedMail, ShippingMails } from '../mails/shipping-mails.ts';
import type { Mutation, MutationContext, OwnType } from '../mutation.ts';
import { rowId, tooMany } from './arguments.ts';
import { type Failure, failureOf, RESULT_FIELDS } from './bulk-results.ts';
import { mailFailed, SHIPPED_ARGUMENTS, type ShippedArgs, type ShippedNeeds, ship } from './ship.ts';

const MOST_ROWS = 200;
const MAILS_AT_ONCE = 4;
const MAIL_WAIT_MS = 8_000; // of the 20 seconds that a request may take

type Result = Failure & { ok: boolean; Shipping: number | null };
type RowMail = { readonly place: number; readonly mail: QueuedMail };

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
    ok: { type: 'Boolean!', description: { ja: '出荷済みにできたか', en: 'Whether it is marked as shipped' } },
    ...RESULT_FIELDS,
    Shipping: { type: 'Shipping', description: { ja: '出荷情報', en: 'The parcel' } },
  },
};

export const bulkUpdateShipped = (needs: ShippedNeeds): Mutation => ({
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
    const results: Result[] = [];
    const mails: RowMail[] = [];
    for (const [place, item] of items.entries()) {
      const { row, mail } = await shipRow(needs, context, item, place);
      results.push(row);
      if (mail) mails.push({ place, mail });
    }
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

async function shipRow(
  needs: ShippedNeeds,
  context: MutationContext,
  item: ShippedArgs,
  place: number,
): Promise<{ row: Result; mail?: QueuedMail | undefined }> {
  try {
    const { shippingId, mail } = await ship(needs, context, item);
    return { row: { ok: true, message: null, code: null, field: null, Shipping: shippingId }, mail };
  } catch (error) {
    if (!(error instanceof InvalidArgument)) throw error;
    return { row: { ok: false, ...failureOf(error, place), Shipping: null } };
  }
}

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
      const { place, mail } = next;
      const row = results[place];
      const isSent = await mails.attempt(mail, requestId);
      if (!isSent && row) Object.assign(row, failureOf(mailFailed(true), place));
    }
  };
  const done = Promise.all(Array.from({ length: MAILS_AT_ONCE }, work));
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, MAIL_WAIT_MS);
  await Promise.race([done, late]);
  clearTimeout(timer);
}
