/**
 * Marks a parcel as shipped (docs/eccube/graphql.md, Parcels and states). The order follows when it was its last parcel.
 *
 * The mail goes out inside the transaction, as its last deed: a transaction that fails before has sent nothing, and a
 * mail that cannot be sent takes everything back. What remains is a commit that fails after the mail; a mail after the
 * commit could be lost, which is worse. The rows stay locked for as long as the mail server takes, 12 seconds at most.
 */
import type { Mailer } from '../../outbound/mailer.ts';
import { ORDER_STATUS, type Transition, transitionBetween } from '../../shop/order-status.ts';
import { type FieldValue, insertRow, lockRows, readRows, updateRows } from '../../shop/rows/write.ts';
import { LATEST } from '../../shop/shop-time.ts';
import { type Fault, InvalidArgument } from '../errors.ts';
import type { Mutation, MutationContext } from '../mutation.ts';
import { invalid, rowId, tooLong, withoutNul } from './arguments.ts';
import { applyTransition, type LockedOrder, lockOrder } from './order-transition.ts';
import { judgeUnchanged, type Precondition, preconditions } from './precondition.ts';
import { shippingMessage } from './shipping-mail-data.ts';

export type ShippedNeeds = {
  readonly mailer: Mailer;
  /** Told why a mail could not be sent; the caller of the API only learns that it was not. */
  readonly mailFailed: (error: unknown, requestId: string) => void;
};

type ShippedArgs = Precondition & {
  id: string;
  /** Epoch seconds. */
  shipping_date?: number | null;
  shipping_delivery_name?: string | null;
  tracking_number?: string | null;
  note?: string | null;
  is_send_mail?: boolean | null;
};

const MOST_CHARACTERS = { shipping_delivery_name: 200, tracking_number: 200, note: 3000 } as const;
const TEXTS = Object.keys(MOST_CHARACTERS) as (keyof typeof MOST_CHARACTERS)[];

/** What the forms of EC-CUBE's order pages take; with anything else the shop's staff could not save the order any more. */
const TRACKING_NUMBER = /^[0-9a-zA-Z-]*$/;

/** The first second that every database's date column takes. */
const EARLIEST = Date.UTC(1000, 0, 1) / 1000;

export const updateShipped = (needs: ShippedNeeds): Mutation => ({
  name: 'updateShipped',
  scopes: ['read', 'write'],
  description: {
    ja: '出荷情報を出荷済みに更新します。受注のすべての出荷が済むと、受注は発送済みになり、会員に加算ポイントが付与されます。',
    en: 'Marks a shipping as shipped. When all shippings of its order are, the order becomes 発送済み and the customer gets the points.',
  },
  example: `mutation {
  updateShipped(
    id: 11
    shipping_date: "2026-11-01T10:20:30+09:00"
    shipping_delivery_name: "手形便"
    tracking_number: "0000-0011-0000"
    note: "置き配"
  ) {
    id
    shipping_date
    tracking_number
    Order {
      OrderStatus {
        name
      }
    }
  }
}`,
  args: {
    id: { type: 'ID!', description: { ja: '出荷ID', en: 'Shipping ID' } },
    shipping_date: {
      type: 'DateTime',
      description: {
        ja: '出荷日（ Y-m-d\\TH:i:sP 形式で指定可能、未指定の場合は実行日時）',
        en: 'Shipping date (format Y-m-d\\TH:i:sP; now if omitted)',
      },
    },
    shipping_delivery_name: { type: 'String', description: { ja: '出荷業者', en: 'Delivery company' } },
    tracking_number: { type: 'String', description: { ja: 'お問い合わせ番号', en: 'Tracking number' } },
    note: { type: 'String', description: { ja: '出荷用メモ欄', en: 'Shipping note' } },
    is_send_mail: {
      type: 'Boolean',
      default: false,
      description: {
        ja: '出荷完了メール送信フラグ（送信する場合は true を指定）',
        en: 'Whether to send the shipping mail (true to send it)',
      },
    },
    ...preconditions('Shipping'),
  },
  type: 'Shipping',
  run: async (context, given) => {
    const args = halfWidth(given as ShippedArgs);
    judge(args);
    if (args.is_send_mail && !needs.mailer.sends) {
      throw invalid('is_send_mail', 'No mail can be sent: MAILER_DSN names no mail server', 'MAIL_FAILED');
    }
    const { order, shipping, transition } = await lockShippable(context, args);
    await writeShipping(context, shipping.id, shipping, args);
    const open = await readRows(context, 'Shipping', ['id'], { Order: order.id, shipping_date: null });
    if (open.length === 0) await applyTransition(context, order, transition);
    if (args.is_send_mail) await sendMail(needs, context, order.id, shipping.id);
    return shipping.id;
  },
});

/** EC-CUBE's order list folds full-width letters before it judges a tracking number. */
const halfWidth = (args: ShippedArgs): ShippedArgs =>
  typeof args.tracking_number === 'string'
    ? { ...args, tracking_number: args.tracking_number.replace(/[！-～]/g, asciiOf) }
    : args;

const asciiOf = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) - 0xfee0);

/** Everything that can be judged without the database, all faults at once, in Symfony's words. */
function judge(args: ShippedArgs): void {
  const faults: Fault[] = [];
  if (Number(args.id) <= 0) faults.push({ argument: '[id]', text: 'This value should be greater than 0.' });
  const at = args.shipping_date ?? EARLIEST;
  if (at < EARLIEST || at > LATEST) {
    faults.push({ argument: '[shipping_date]', text: 'This value is not a valid datetime.' });
  }
  for (const name of TEXTS) {
    const text = tooLong(args[name], MOST_CHARACTERS[name]);
    const code = name === 'tracking_number' ? 'BAD_TRACKING_NUMBER' : 'INVALID';
    if (text) faults.push({ argument: `[${name}]`, text, code });
  }
  if (!TRACKING_NUMBER.test(args.tracking_number ?? '')) {
    const text = 'Only letters, digits and hyphens are allowed.';
    faults.push({ argument: '[tracking_number]', text, code: 'BAD_TRACKING_NUMBER' });
  }
  if (faults.length > 0) throw new InvalidArgument(faults);
}

type LockedShipping = Record<(typeof TEXTS)[number], FieldValue> & { id: number };

/** The shipping and its order, locked in the order that all mutations keep: first the order, then its shippings. */
async function lockShippable(
  context: MutationContext,
  args: ShippedArgs,
): Promise<{ order: LockedOrder; shipping: LockedShipping; transition: Transition }> {
  const id = rowId(args.id);
  const [found] = await readRows(context, 'Shipping', ['Order'], { id });
  const order = found?.Order == null ? undefined : await lockOrder(context, Number(found.Order));
  const fields = ['id', 'shipping_date', ...TEXTS] as const;
  const siblings = order ? await lockRows(context, 'Shipping', fields, { Order: order.id }) : [];
  const shipping = siblings.find((row) => Number(row.id) === id);
  if (!order || !shipping) throw invalid('id', 'No Shipping found', 'NOT_FOUND');
  await judgeUnchanged(context, 'Shipping', id, args);
  if (shipping.shipping_date !== null) throw invalid('id', 'Already shipped', 'BAD_TRANSITION');
  const transition = transitionBetween(order.status, ORDER_STATUS.delivered);
  if (!transition) throw invalid('id', 'The associated order cannot be shipped', 'BAD_TRANSITION');
  return { order, shipping: { ...shipping, id }, transition };
}

async function writeShipping(
  context: MutationContext,
  id: number,
  row: LockedShipping,
  args: ShippedArgs,
): Promise<void> {
  const texts = TEXTS.flatMap((name): [string, string | null][] => {
    const text = args[name];
    if (text === undefined) return [];
    const value = text === null ? null : withoutNul(text);
    return row[name] === value ? [] : [[name, value]];
  });
  const shipping_date = args.shipping_date ?? context.now;
  await updateRows(context, 'Shipping', { id }, { ...Object.fromEntries(texts), shipping_date });
}

/** Everything that the database has to say about the mail is written first, so that the mail is the last that can fail. */
async function sendMail(
  { mailer, mailFailed }: ShippedNeeds,
  context: MutationContext,
  orderId: number,
  shippingId: number,
): Promise<void> {
  try {
    const message = await shippingMessage(context, orderId, shippingId);
    await updateRows(context, 'Shipping', { id: shippingId }, { mail_send_date: context.now });
    await insertRow(context, 'MailHistory', {
      Order: orderId,
      send_date: context.now,
      mail_subject: [...message.subject].slice(0, 255).join(''),
      mail_body: message.text,
      mail_html_body: message.html ?? null,
    });
    await context.outside(() => mailer.send(message));
  } catch (error) {
    mailFailed(error, context.requestId);
    throw invalid('is_send_mail', 'Error sending email', 'MAIL_FAILED');
  }
}
