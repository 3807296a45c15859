/** Where an order goes: all of its shippings as a caller gives them, judged and turned into what is stored. */

import { dayStartOf } from '../../../shop/calendar.ts';
import { formMessages } from '../../../shop/forms/messages.ts';
import { halfWidth } from '../../../shop/forms/prepare.ts';
import { maxLength, trackingNumber } from '../../../shop/forms/rules.ts';
import type { FieldValues } from '../../../shop/rows/write.ts';
import { type Fault, InvalidArgument } from '../../errors.ts';
import type { MutationContext } from '../../mutation.ts';
import { rowId } from '../arguments.ts';
import {
  type Given,
  joinForms,
  ORDER_PERSON,
  PREFECTURE,
  type ReadForm,
  readChosen,
  readTexts,
} from '../customers/person-form.ts';
import { type FormRules, faultAt, fieldPath } from '../form-faults.ts';
import { carrierOf, NO_SLOT, slotOf } from './carriers.ts';
import { MOST_SHIPPINGS } from './order-input.ts';
import { isDate } from './order-values.ts';
import type { StoredShipping } from './stored-order.ts';

export type PlannedShipping = {
  /** undefined: a new one. */
  readonly id: number | undefined;
  /** What was given; of a new one everything. */
  readonly values: FieldValues;
};

const TEXTS: FormRules = {
  ...ORDER_PERSON,
  tracking_number: [trackingNumber, maxLength(200)],
  note: [maxLength(3000)],
};

/** Names and address of the orderer, in the words of the input. */
export type Orderer = Given;

/** Throws for what cannot be looked at at all; what is wrong with the values is in `faults`. */
export async function readShippings(
  context: MutationContext,
  given: readonly Given[],
  stored: readonly StoredShipping[],
  orderer: Orderer,
): Promise<{ readonly planned: readonly PlannedShipping[]; readonly faults: readonly Fault[] }> {
  if (given.length === 0) throw faulty('shippings', formMessages.blank[context.locale]);
  if (given.length > MOST_SHIPPINGS) {
    throw faulty('shippings', `At most ${MOST_SHIPPINGS} rows are allowed`, 'LIMIT');
  }
  const rows = storedByPlace(given, stored);
  const planned: PlannedShipping[] = [];
  const faults: Fault[] = [];
  for (const [index, one] of given.entries()) {
    const read = await readShipping(context, one, rows[index], { orderer, place: `shippings[${index}]` });
    planned.push({ id: rows[index]?.id, values: read.values });
    faults.push(...read.faults);
  }
  return { planned, faults };
}

const faulty = (path: string, text: string, code?: Fault['code']): InvalidArgument =>
  new InvalidArgument([faultAt(path, text, code)]);

/** Which of the stored ones is meant at each place. */
function storedByPlace(
  given: readonly Given[],
  stored: readonly StoredShipping[],
): (StoredShipping | undefined)[] {
  const seen = new Set<number>();
  return given.map(({ id }, index) => {
    if (typeof id !== 'string') return undefined;
    const row = stored.find((one) => one.id === rowId(id));
    const path = `shippings[${index}].id`;
    if (!row) throw faulty(path, 'No Shipping found', 'NOT_FOUND');
    if (seen.has(row.id)) throw faulty(path, 'The shipping is named twice');
    seen.add(row.id);
    return row;
  });
}

async function readShipping(
  context: MutationContext,
  given: Given,
  row: StoredShipping | undefined,
  { orderer, place }: { orderer: Orderer; place: string },
): Promise<ReadForm> {
  const isNew = row === undefined;
  const whole: Given = isNew ? { ...orderer, ...given } : given;
  const folded =
    typeof whole.tracking_number === 'string'
      ? { ...whole, tracking_number: halfWidth(whole.tracking_number) }
      : whole;
  const texts = readTexts(context, TEXTS, folded, isNew, place);
  return joinForms(
    { values: texts.values, faults: texts.faults.map(withCode) },
    await readChosen(context, PREFECTURE, whole, isNew, place),
    await readCarrier(context, given, row, place),
    readDay(context, given, place),
  );
}

const withCode = (fault: Fault): Fault =>
  fault.argument.endsWith('tracking_number') ? { ...fault, code: 'BAD_TRACKING_NUMBER' } : fault;

/** The carrier and its time slot, with their names. A slot of another carrier than the shipping's is emptied. */
async function readCarrier(
  context: MutationContext,
  given: Given,
  row: StoredShipping | undefined,
  place: string,
): Promise<ReadForm> {
  const carrier = await readDelivery(context, given, row, place);
  const carrierId = carrier.values.Delivery ?? row?.fields.Delivery ?? null;
  const isAsked = given.time_id !== undefined;
  const wanted = isAsked
    ? given.time_id
    : carrier.values.Delivery === undefined
      ? undefined
      : row?.fields.time_id;
  if (wanted === undefined) return carrier;
  if (wanted === null) return joinForms(carrier, { values: NO_SLOT, faults: [] });
  const slot = await slotOf(context, rowId(String(wanted)), carrierId);
  if (slot) return joinForms(carrier, { values: slot, faults: [] });
  const fault = faultAt(fieldPath(place, 'time_id'), formMessages.choice[context.locale], 'NOT_FOUND');
  return joinForms(carrier, isAsked ? { values: {}, faults: [fault] } : { values: NO_SLOT, faults: [] });
}

async function readDelivery(
  context: MutationContext,
  { delivery_id: id }: Given,
  row: StoredShipping | undefined,
  place: string,
): Promise<ReadForm> {
  if (id === undefined && row) return { values: {}, faults: [] };
  const path = fieldPath(place, 'delivery_id');
  const none = (fault: Fault): ReadForm => ({ values: {}, faults: [fault] });
  if (typeof id !== 'string') return none(faultAt(path, formMessages.blank[context.locale]));
  const values = await carrierOf(context, rowId(id));
  return values
    ? { values, faults: [] }
    : none(faultAt(path, formMessages.choice[context.locale], 'NOT_FOUND'));
}

/** A day is stored as its first second in the shop's time zone. */
function readDay({ timeZone, locale }: MutationContext, given: Given, place: string): ReadForm {
  const at = given.shipping_delivery_date as number | null | undefined;
  if (at === undefined) return { values: {}, faults: [] };
  if (at === null) return { values: { shipping_delivery_date: null }, faults: [] };
  if (!isDate(at)) {
    const path = fieldPath(place, 'shipping_delivery_date');
    return { values: {}, faults: [faultAt(path, formMessages.date[locale])] };
  }
  return { values: { shipping_delivery_date: dayStartOf(at, timeZone) }, faults: [] };
}
