/** Name and address of a person, as every form of EC-CUBE's admin takes them: customers, their addresses, orders, shippings. */

import { formMessages } from '../../../shop/forms/messages.ts';
import { formText, halfWidth, kanaText, withoutHyphens } from '../../../shop/forms/prepare.ts';
import { digits, kana, maxLength, notBlank } from '../../../shop/forms/rules.ts';
import { readChoices } from '../../../shop/rows/choices.ts';
import type { FieldValue, FieldValues } from '../../../shop/rows/write.ts';
import type { Fault } from '../../errors.ts';
import type { Argument, MutationContext } from '../../mutation.ts';
import { rowId, withoutNul } from '../arguments.ts';
import { type FormRules, faultAt, fieldPath, formFaults, whole } from '../form-faults.ts';

/** Characters of one line of an address: the customer's form takes fewer than the order's. */
const personRules = (mostOfAddress: number): FormRules => ({
  name01: [notBlank, maxLength(16)],
  name02: [notBlank, maxLength(16)],
  kana01: [notBlank, maxLength(25), kana],
  kana02: [notBlank, maxLength(25), kana],
  company_name: [maxLength(255)],
  postal_code: [notBlank, digits, maxLength(8)],
  addr01: [notBlank, maxLength(mostOfAddress)],
  addr02: [notBlank, maxLength(mostOfAddress)],
  phone_number: [notBlank, digits, maxLength(14)],
});

export const CUSTOMER_PERSON = personRules(32);
export const ORDER_PERSON = personRules(200);

type Prepare = (text: string) => string;

const PREPARE: Readonly<Record<string, Prepare>> = {
  kana01: kanaText,
  kana02: kanaText,
  postal_code: withoutHyphens,
  phone_number: withoutHyphens,
};

const text = (ja: string, en: string): Argument => ({ type: 'String', description: { ja, en } });

export const choiceField = (ja: string, en: string): Argument => ({ type: 'ID', description: { ja, en } });

/** For the fields of an input type. */
export const PERSON_FIELDS: Readonly<Record<string, Argument>> = {
  name01: text('姓', 'Family name'),
  name02: text('名', 'Given name'),
  kana01: text('セイ', 'Family name in kana'),
  kana02: text('メイ', 'Given name in kana'),
  company_name: text('会社名', 'Company'),
  postal_code: text('郵便番号（ハイフンはなくてもよい）', 'Postal code, with or without its hyphen'),
  pref_id: choiceField('都道府県ID', 'ID of the prefecture'),
  addr01: text('市区町村名', 'City'),
  addr02: text('番地・ビル名', 'Street and building'),
  phone_number: text('電話番号（ハイフンはなくてもよい）', 'Telephone number, with or without hyphens'),
};

export type Given = Readonly<Record<string, unknown>>;

export type ReadForm = { readonly values: FieldValues; readonly faults: readonly Fault[] };

/** Texts that have rules, as they will be stored. `isNew`: what is absent counts as empty. */
export function readTexts(
  { locale }: MutationContext,
  rules: FormRules,
  given: Given,
  isNew: boolean,
  place?: string,
): ReadForm {
  const names = Object.keys(rules).filter((name) => given[name] !== undefined);
  const values: Record<string, FieldValue> = Object.fromEntries(
    names.map((name) => [name, prepared(name, given[name] as string | null)]),
  );
  return { values, faults: formFaults(locale, rules, isNew ? whole(rules, values) : values, place) };
}

function prepared(name: string, given: string | null): string | null {
  const plain = formText(withoutNul(given ?? ''));
  return plain === null ? null : (PREPARE[name] ?? ((same: string) => same))(plain);
}

export type ChoiceSpec = {
  /** The relation that the chosen row is stored under. */
  readonly relation: string;
  readonly entity: string;
  readonly needed?: boolean;
};

/** Rows that are chosen by their ids. */
export async function readChosen(
  context: MutationContext,
  specs: Readonly<Record<string, ChoiceSpec>>,
  given: Given,
  isNew: boolean,
  place?: string,
): Promise<ReadForm> {
  const values: Record<string, FieldValue> = {};
  const faults: Fault[] = [];
  for (const [name, { relation, entity, needed }] of Object.entries(specs)) {
    const id = given[name];
    const path = fieldPath(place, name);
    if (id === undefined && !(isNew && needed)) continue;
    if (typeof id !== 'string') {
      if (needed) faults.push(faultAt(path, formMessages.blank[context.locale]));
      else values[relation] = null;
      continue;
    }
    const key = rowId(id);
    if ((await readChoices(context, context.registry, entity)).has(key)) values[relation] = key;
    else faults.push(faultAt(path, formMessages.choice[context.locale], 'NOT_FOUND'));
  }
  return { values, faults };
}

export const PREFECTURE: Readonly<Record<string, ChoiceSpec>> = {
  pref_id: { relation: 'Pref', entity: 'Pref', needed: true },
};

/** Full-width letters and digits are folded in addresses of mail too. */
export const asciiText = (given: string | null | undefined): string | null => {
  const plain = formText(withoutNul(given ?? ''));
  return plain === null ? null : halfWidth(plain);
};

export const joinForms = (...forms: readonly ReadForm[]): ReadForm => ({
  values: Object.assign({}, ...forms.map(({ values }) => values)) as FieldValues,
  faults: forms.flatMap(({ faults }) => faults),
});
