/**
 * Corrects or presets what a parcel says of its way: number, carrier, day, time slot, memo. The same as EC-CUBE's order page
 * does, at any status of a real order, before the parcel has left and afterwards. The order is dated with it, because
 * order managers poll orders; what is said already changes nothing.
 */

import { dayStartOf } from '../../../shop/calendar.ts';
import { formMessages } from '../../../shop/forms/messages.ts';
import { ORDER_STATUS } from '../../../shop/order-status.ts';
import { differing } from '../../../shop/rows/differing.ts';
import { type FieldValue, lockRows, readRows, updateRows } from '../../../shop/rows/write.ts';
import { LATEST } from '../../../shop/shop-time.ts';
import { type Fault, InvalidArgument } from '../../errors.ts';
import type { Mutation, MutationContext } from '../../mutation.ts';
import { invalid, rowId, tooLong, withoutNul } from '../arguments.ts';
import { carrierOf, NO_SLOT, slotOf } from '../orders/carriers.ts';
import { type LockedOrder, lockOrder } from '../orders/order-transition.ts';
import { judgeUnchanged, type Precondition, preconditions } from '../precondition.ts';
import { foldedTrackingNumber, trackingNumberFaults } from './tracking-number.ts';

type Args = Precondition & {
  id: string;
  tracking_number?: string | null;
  delivery_id?: string | null;
  /** Epoch seconds. */
  shipping_delivery_date?: number | null;
  time_id?: string | null;
  note?: string | null;
};

const MOST_NOTE = 3000;
const FIELDS = [
  'id',
  'Delivery',
  'shipping_delivery_name',
  'time_id',
  'shipping_delivery_time',
  'shipping_delivery_date',
  'tracking_number',
  'note',
] as const;

type LockedShipping = Record<(typeof FIELDS)[number], FieldValue>;

const EARLIEST = Date.UTC(1000, 0, 2) / 1000; // the first day that every database's date column takes in any zone

export const updateShipping: Mutation = {
  name: 'updateShipping',
  scopes: ['read', 'write'],
  description: {
    ja: '出荷情報（お問い合わせ番号、配送業者、お届け日、お届け時間、出荷用メモ）を更新します。出荷前の登録にも、出荷後の訂正にも使えます。指定した項目だけが変わり、受注の更新日時も変わります。',
    en: 'Corrects or presets the tracking number, carrier, delivery date, time slot and memo of a shipping, before it has left or afterwards. Only what is given changes; the order is dated with it.',
  },
  example: `mutation {
  updateShipping(
    id: 18
    tracking_number: "0000-0018-0000"
    shipping_delivery_date: "2026-12-24T00:00:00+09:00"
    note: "午前中に電話連絡"
  ) {
    id
    tracking_number
    shipping_delivery_name
    shipping_delivery_date
    shipping_delivery_time
  }
}`,
  args: {
    id: { type: 'ID!', description: { ja: '出荷ID', en: 'Shipping ID' } },
    tracking_number: {
      type: 'String',
      description: {
        ja: 'お問い合わせ番号（半角英数字とハイフン、200文字まで。全角は半角にします）',
        en: 'Tracking number (letters, digits, hyphens; at most 200; full-width ones are folded)',
      },
    },
    delivery_id: {
      type: 'ID',
      description: {
        ja: '配送業者のID。配送業者名も変わり、時間帯がその配送業者のものでなければ指定なしになります',
        en: 'ID of the carrier; its name is copied, and a time slot of another carrier is emptied',
      },
    },
    shipping_delivery_date: {
      type: 'DateTime',
      description: {
        ja: 'お届け日（ショップの日付として扱い、時刻は 0 時になります。null は指定なし）',
        en: 'Delivery date: the day in the shop’s time zone counts; null = none',
      },
    },
    time_id: {
      type: 'ID',
      description: {
        ja: 'お届け時間のID（配送業者のものに限ります。null は指定なし）',
        en: 'ID of the time slot, one of the carrier’s; null = none',
      },
    },
    note: { type: 'String', description: { ja: '出荷用メモ欄', en: 'Shipping note' } },
    ...preconditions('Shipping'),
  },
  type: 'Shipping',
  run: async (context, given) => {
    const args = given as Args;
    judge(context, args);
    const id = rowId(args.id);
    const { order, shipping } = await lockShipping(context, id);
    await judgeUnchanged(context, 'Shipping', id, args);
    const wanted = { ...plainFields(context, args), ...(await carrierFields(context, shipping, args)) };
    const changed = differing(context, 'Shipping', shipping, wanted);
    if (Object.keys(changed).length === 0) return id;
    await updateRows(context, 'Shipping', { id }, changed);
    await updateRows(context, 'Order', { id: order.id }, { update_date: context.now });
    return id;
  },
};

function judge({ locale }: MutationContext, args: Args): void {
  const faults = trackingNumberFaults('tracking_number', folded(args.tracking_number), locale);
  if (args.delivery_id === null) faults.push({ argument: 'delivery_id', text: formMessages.blank[locale] });
  const at = args.shipping_delivery_date ?? EARLIEST;
  if (at < EARLIEST || at > LATEST) {
    faults.push({ argument: 'shipping_delivery_date', text: formMessages.date[locale] } satisfies Fault);
  }
  const text = tooLong(args.note, MOST_NOTE);
  if (text) faults.push({ argument: 'note', text });
  if (faults.length > 0) throw new InvalidArgument(faults);
}

const folded = (text: string | null | undefined) =>
  typeof text === 'string' ? foldedTrackingNumber(text) : text;

/** The parcel and its order, locked in the order that all mutations keep. */
async function lockShipping(
  context: MutationContext,
  id: number,
): Promise<{ order: LockedOrder; shipping: LockedShipping }> {
  const [found] = await readRows(context, 'Shipping', ['Order'], { id });
  const order = found?.Order == null ? undefined : await lockOrder(context, Number(found.Order));
  const [shipping] = order ? await lockRows(context, 'Shipping', FIELDS, { id }) : [];
  if (!order || !shipping) throw invalid('id', 'No Shipping found', 'NOT_FOUND');
  if (order.status === ORDER_STATUS.pending || order.status === ORDER_STATUS.processing) {
    throw invalid('id', 'The associated order is not placed yet', 'BAD_TRANSITION');
  }
  return { order, shipping };
}

function plainFields({ timeZone }: MutationContext, args: Args): Record<string, FieldValue> {
  const { note, tracking_number: number, shipping_delivery_date: at } = args;
  return {
    ...(number !== undefined && { tracking_number: folded(number) ?? null }),
    // An emptied form field is NULL in EC-CUBE.
    ...(note !== undefined && { note: note ? withoutNul(note) : null }),
    ...(at !== undefined && { shipping_delivery_date: at === null ? null : dayStartOf(at, timeZone) }),
  };
}

/** Carrier and time slot with their names. */
async function carrierFields(
  context: MutationContext,
  shipping: LockedShipping,
  { delivery_id: deliveryId, time_id: timeId }: Args,
): Promise<Record<string, FieldValue>> {
  const isChosen = typeof deliveryId === 'string';
  const carrier = isChosen ? await carrierOf(context, rowId(deliveryId)) : undefined;
  if (isChosen && !carrier) throw invalid('delivery_id', formMessages.choice[context.locale], 'NOT_FOUND');
  const carrierId = carrier ? carrier.Delivery : shipping.Delivery;
  if (timeId === null) return { ...carrier, ...NO_SLOT };
  const isAsked = typeof timeId === 'string';
  const slotId = isAsked ? rowId(timeId) : carrier && shipping.time_id;
  if (slotId === undefined || slotId === null) return { ...carrier };
  const slot = await slotOf(context, Number(slotId), carrierId);
  if (!slot && isAsked) throw invalid('time_id', formMessages.choice[context.locale], 'NOT_FOUND');
  if (!slot) return { ...carrier, ...NO_SLOT };
  return { ...carrier, ...(isAsked && slot) };
}
