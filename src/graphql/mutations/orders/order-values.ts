/** The orderer, the payment and the texts of an order, as EC-CUBE's order page takes them. */
import { formMessages } from '../../../shop/forms/messages.ts';
import { email, maxLength, notBlank } from '../../../shop/forms/rules.ts';
import { type FieldValue, type FieldValues, readRows } from '../../../shop/rows/write.ts';
import { LATEST } from '../../../shop/shop-time.ts';
import type { MutationContext } from '../../mutation.ts';
import { rowId } from '../arguments.ts';
import {
  asciiText,
  type Given,
  joinForms,
  ORDER_PERSON,
  PREFECTURE,
  type ReadForm,
  readChosen,
  readTexts,
} from '../customers/person-form.ts';
import { type FormRules, faultAt, fieldPath, formFaults } from '../form-faults.ts';

const PLACE = 'input';
const EARLIEST = Date.UTC(1000, 0, 2) / 1000; // the first day that every database's date column takes in any zone
const TEXTS: FormRules = { ...ORDER_PERSON, message: [maxLength(3000)], note: [maxLength(3000)] };
const EMAIL: FormRules = { email: [notBlank, maxLength(254), email] };
const DATES = ['order_date', 'payment_date'] as const;

/** What a customer's row says of an orderer. */
export const PERSON_OF_CUSTOMER = [...Object.keys(ORDER_PERSON), 'Pref', 'email'] as const;

/** `customer`: whose values fill what is absent from a new order. */
export async function readOrder(
  context: MutationContext,
  given: Given,
  isNew: boolean,
  customer: FieldValues = {},
): Promise<ReadForm> {
  const whole: Given = isNew ? { ...personOf(customer), ...given } : given;
  const mail = whole.email === undefined && !isNew ? {} : { email: asciiText(whole.email as string | null) };
  return joinForms(
    readTexts(context, TEXTS, whole, isNew, PLACE),
    await readChosen(context, PREFECTURE, whole, isNew, PLACE),
    { values: mail, faults: formFaults(context.locale, EMAIL, mail, PLACE) },
    await readPayment(context, given, isNew),
    readDates(context, given),
  );
}

/** A row of a person in the words of the input. */
const personOf = ({ Pref, ...person }: FieldValues): Given => ({
  ...person,
  ...(Pref != null && { pref_id: String(Pref) }),
});

/** Names and address of an orderer, in the words of a shipping's input. */
export const ordererOf = (order: FieldValues): Given => {
  const names = [...Object.keys(ORDER_PERSON), 'Pref'].filter((name) => order[name] !== undefined);
  return personOf(Object.fromEntries(names.map((name) => [name, order[name] ?? null])));
};

async function readPayment(context: MutationContext, given: Given, isNew: boolean): Promise<ReadForm> {
  const id = given.payment_id as string | null | undefined;
  if (id === undefined && !isNew) return { values: {}, faults: [] };
  const path = fieldPath(PLACE, 'payment_id');
  if (typeof id !== 'string')
    return { values: {}, faults: [faultAt(path, formMessages.blank[context.locale])] };
  const [row] = await readRows(context, 'Payment', ['id', 'method'], { id: rowId(id) });
  if (!row) {
    return { values: {}, faults: [faultAt(path, formMessages.choice[context.locale], 'NOT_FOUND')] };
  }
  return { values: { Payment: Number(row.id), payment_method: row.method }, faults: [] };
}

function readDates({ locale }: MutationContext, given: Given): ReadForm {
  const named = DATES.filter((name) => given[name] !== undefined);
  const isWrong = (name: (typeof DATES)[number]) => {
    const at = given[name];
    return at === null ? name === 'order_date' : !isDate(at as number);
  };
  return {
    values: Object.fromEntries(named.map((name) => [name, given[name] as FieldValue])),
    faults: named.filter(isWrong).map((name) => faultAt(fieldPath(PLACE, name), formMessages.date[locale])),
  };
}

/** Whether every database's columns take the moment, in epoch seconds. */
export const isDate = (at: number): boolean => at >= EARLIEST && at <= LATEST;
