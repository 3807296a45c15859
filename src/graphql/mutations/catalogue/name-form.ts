/** Names that staff give to categories, class names and tags: judged and prepared as EC-CUBE's forms do. */
import { formText } from '../../../shop/forms/prepare.ts';
import { maxLength, notBlank } from '../../../shop/forms/rules.ts';
import type { Argument, MutationContext } from '../../mutation.ts';
import { withoutNul } from '../arguments.ts';
import { type FormRules, formFaults, throwFaults, whole } from '../form-faults.ts';

const MOST_CHARACTERS = 255;

export const NAME_RULES: FormRules = { name: [notBlank, maxLength(MOST_CHARACTERS)] };

export const BACKEND_NAME_RULES: FormRules = {
  ...NAME_RULES,
  backend_name: [maxLength(MOST_CHARACTERS)],
};

export const nameArgument = (type: 'String' | 'String!', ja: string, en: string): Argument => ({
  type,
  description: { ja, en },
  crosses: [],
});

export const BACKEND_NAME: Argument = {
  type: 'String',
  description: { ja: '管理名', en: 'Name for the staff' },
  crosses: [],
};

export const idArgument = (entity: string, ja: string, en: string): Argument => ({
  type: 'ID!',
  description: { ja, en },
  crosses: [entity],
});

type Names = Readonly<Record<string, string | null>>;

/** The given ones of the fields that have rules. `isNew`: what is absent counts as empty. Throws InvalidArgument. */
export function readNames(
  { locale }: MutationContext,
  rules: FormRules,
  args: Readonly<Record<string, unknown>>,
  isNew: boolean,
): Names {
  const given = Object.keys(rules)
    .filter((name) => args[name] !== undefined)
    .map((name) => [name, formText(withoutNul(String(args[name] ?? '')))] as const);
  const names: Names = Object.fromEntries(given);
  throwFaults(formFaults(locale, rules, isNew ? whole(rules, names) : names));
  return names;
}
