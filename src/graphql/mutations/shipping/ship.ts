/**
 * Marks one parcel as shipped (docs/eccube/graphql.md, Parcels and states). The order follows when it was its last parcel;
 * until then it is dated, so that the one who polls orders hears of the parcel.
 *
 * The mail is put into the outbox in the same transaction and sent after the commit: no row waits for a mail server.
 * A mail that cannot even be written or addressed takes everything back.
 */
import { ORDER_STATUS, type Transition, transitionBetween } from '../../../shop/order-status.ts';
import { type FieldValue, lockRows, readRows, updateRows } from '../../../shop/rows/write.ts';
import { LATEST } from '../../../shop/shop-time.ts';
import { type Fault, InvalidArgument } from '../../errors.ts';
import type { QueuedMail, ShippingMails } from '../../mails/shipping-mails.ts';
import type { Argument, MutationContext } from '../../mutation.ts';
import { invalid, rowId, tooLong, withoutNul } from '../arguments.ts';
import { applyTransition, dateOrder, type LockedOrder, lockOrder } from '../orders/order-transition.ts';
import { judgeUnchanged, type Precondition, preconditions } from '../precondition.ts';
import { foldedTrackingNumber, trackingNumberFaults } from './tracking-number.ts';

export type ShippedDeps = { readonly mails: ShippingMails };

export type ShippedArgs = Precondition & {
  id: string;
  /** Epoch seconds. */
  shipping_date?: number | null;
  shipping_delivery_name?: string | null;
  tracking_number?: string | null;
  note?: string | null;
  is_send_mail?: boolean | null;
};

const MOST_CHARACTERS = { shipping_delivery_name: 200, note: 3000 } as const;
const TEXTS = ['shipping_delivery_name', 'tracking_number', 'note'] as const;

/** The first second that every database's date column takes. */
const EARLIEST = Date.UTC(1000, 0, 1) / 1000;

export const SHIPPED_ARGUMENTS: Readonly<Record<string, Argument>> = {
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
};

export type Shipped = { readonly shippingId: number; readonly mail: QueuedMail | undefined };

export async function ship(
  { mails }: ShippedDeps,
  context: MutationContext,
  given: ShippedArgs,
): Promise<Shipped> {
  const args = halfWidth(given);
  judge(args);
  if (args.is_send_mail && !mails.sends) {
    throw invalid('is_send_mail', 'No mail can be sent: MAILER_DSN names no mail server', 'MAIL_FAILED');
  }
  const { order, shipping, transition } = await lockShippable(context, args);
  await writeShipping(context, shipping.id, shipping, args);
  const open = await readRows(context, 'Shipping', ['id'], { Order: order.id, shipping_date: null });
  if (open.length === 0) await applyTransition(context, order, transition);
  else await dateOrder(context, order);
  const mail = args.is_send_mail ? await queueMail(mails, context, order.id, shipping.id) : undefined;
  return { shippingId: shipping.id, mail };
}

const halfWidth = (args: ShippedArgs): ShippedArgs =>
  typeof args.tracking_number === 'string'
    ? { ...args, tracking_number: foldedTrackingNumber(args.tracking_number) }
    : args;

/** Everything that can be judged without the database, all faults at once, in Symfony's words. */
function judge(args: ShippedArgs): void {
  const faults: Fault[] = [];
  if (Number(args.id) <= 0) faults.push({ argument: '[id]', text: 'This value should be greater than 0.' });
  const at = args.shipping_date ?? EARLIEST;
  if (at < EARLIEST || at > LATEST) {
    faults.push({ argument: '[shipping_date]', text: 'This value is not a valid datetime.' });
  }
  for (const name of TEXTS) {
    if (name === 'tracking_number') faults.push(...trackingNumberFaults(`[${name}]`, args[name], 'en'));
    else faults.push(...tooLongFaults(name, args[name]));
  }
  if (faults.length > 0) throw new InvalidArgument(faults);
}

function tooLongFaults(name: keyof typeof MOST_CHARACTERS, value: string | null | undefined): Fault[] {
  const text = tooLong(value, MOST_CHARACTERS[name]);
  return text ? [{ argument: `[${name}]`, text }] : [];
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

async function queueMail(
  mails: ShippingMails,
  context: MutationContext,
  orderId: number,
  shippingId: number,
): Promise<QueuedMail> {
  try {
    // A dry run shows what there would be when the mail was sent.
    if (context.validateOnly) {
      await updateRows(context, 'Shipping', { id: shippingId }, { mail_send_date: context.now });
    }
    return await mails.queue(context, orderId, shippingId);
  } catch (error) {
    mails.failed(error, context.requestId);
    throw mailFailed();
  }
}

export const mailFailed = (saved?: true): InvalidArgument =>
  new InvalidArgument([
    { argument: 'is_send_mail', text: 'Error sending email', code: 'MAIL_FAILED', ...(saved && { saved }) },
  ]);
