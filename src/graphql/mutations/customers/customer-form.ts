/** What a customer is, as EC-CUBE's customer form takes it. */
import { formMessages } from '../../../shop/forms/messages.ts';
import { email, maxLength, minLength, notBlank, passwordLetters } from '../../../shop/forms/rules.ts';
import type { FieldValue } from '../../../shop/rows/write.ts';
import { shopTime } from '../../../shop/shop-time.ts';
import type { Fault } from '../../errors.ts';
import type { MutationContext, OwnType } from '../../mutation.ts';
import { type FormRules, faultAt, fieldPath, formFaults } from '../form-faults.ts';
import {
  asciiText,
  type ChoiceSpec,
  CUSTOMER_PERSON,
  choiceField,
  type Given,
  joinForms,
  PERSON_FIELDS,
  PREFECTURE,
  type ReadForm,
  readChosen,
  readTexts,
} from './person-form.ts';

export const WITHDRAWN = 3; // 退会

const TEXTS: FormRules = { ...CUSTOMER_PERSON, note: [maxLength(3000)] };
const EMAIL: FormRules = { email: [notBlank, maxLength(254), email] };

const CHOICES: Readonly<Record<string, ChoiceSpec>> = {
  ...PREFECTURE,
  sex_id: { relation: 'Sex', entity: 'Sex' },
  job_id: { relation: 'Job', entity: 'Job' },
  customer_status_id: { relation: 'Status', entity: 'CustomerStatus' },
};

export const CUSTOMER_VALUES: OwnType = {
  kind: 'input',
  name: 'CustomerInput',
  description: {
    ja: '会員1人分。更新では、指定した項目だけが変わります。',
    en: 'A customer; of one that there is, only what is given changes.',
  },
  fields: {
    ...PERSON_FIELDS,
    email: { type: 'String', description: { ja: 'メールアドレス', en: 'E-mail address' } },
    password: {
      type: 'String',
      description: {
        ja: 'パスワード（12〜50文字、英字と数字を含む）。登録で省略すると、会員が再発行するまでログインできません',
        en: 'Password (12 to 50 characters, letters and digits). A new customer without one cannot log in until they ask for a new one',
      },
    },
    birth: {
      type: 'String',
      description: { ja: '生年月日（YYYY-MM-DD）', en: 'Date of birth (YYYY-MM-DD)' },
    },
    sex_id: choiceField('性別ID', 'ID of the sex'),
    job_id: choiceField('職業ID', 'ID of the job'),
    customer_status_id: choiceField(
      '会員ステータスID（1 仮会員、2 本会員、3 退会。登録の既定は 2）。退会にするとメールアドレスが消え、元に戻せません',
      'ID of the status (1 provisional, 2 regular, 3 withdrawn; 2 for a new one). Withdrawing erases the e-mail address for good',
    ),
    note: { type: 'String', description: { ja: 'ショップ用メモ欄', en: 'Note of the shop' } },
  },
};

export async function readCustomer(
  context: MutationContext,
  given: Given,
  isNew: boolean,
  place: string,
): Promise<ReadForm> {
  return joinForms(
    readTexts(context, TEXTS, given, isNew, place),
    readEmail(context, given, isNew, place),
    readBirth(context, given, place),
    await readChosen(context, CHOICES, given, isNew, place),
    readStatus(context, given, place),
  );
}

/** A new customer without one is regular; no one is without. */
const readStatus = ({ locale }: MutationContext, given: Given, place: string): ReadForm => ({
  values: {},
  faults:
    given.customer_status_id === null
      ? [faultAt(fieldPath(place, 'customer_status_id'), formMessages.blank[locale])]
      : [],
});

function readEmail({ locale }: MutationContext, given: Given, isNew: boolean, place: string): ReadForm {
  if (given.email === undefined && !isNew) return { values: {}, faults: [] };
  const address = asciiText(given.email as string | null | undefined);
  return { values: { email: address }, faults: formFaults(locale, EMAIL, { email: address }, place) };
}

/** A day is stored as its midnight in the shop's time zone. */
function readBirth({ timeZone, locale, now }: MutationContext, given: Given, place: string): ReadForm {
  if (given.birth === undefined) return { values: {}, faults: [] };
  const day = asciiText(given.birth as string | null);
  if (day === null) return { values: { birth: null }, faults: [] };
  const at = /^\d{4}-\d\d-\d\d$/.test(day) ? shopTime(timeZone).startOfDay(day) : undefined;
  const message = at === undefined ? formMessages.birth : at > now ? formMessages.birthInFuture : undefined;
  if (message === undefined) return { values: { birth: at as FieldValue }, faults: [] };
  return { values: {}, faults: [faultAt(fieldPath(place, 'birth'), message[locale])] };
}

const PASSWORD: FormRules = { password: [notBlank, minLength(12), maxLength(50), passwordLetters] };

/** What is wrong with a password; its letters are never repeated. */
export function passwordFaults(locale: MutationContext['locale'], given: Given, place: string): Fault[] {
  if (given.password === undefined) return [];
  const faults = formFaults(locale, PASSWORD, { password: given.password }, place);
  if (faults.length > 0 || given.password !== given.email) return faults;
  return [faultAt(fieldPath(place, 'password'), formMessages.passwordIsEmail[locale])];
}
