/** The texts of a product, judged and prepared as EC-CUBE's product form does. */
import { formText } from '../../../shop/forms/prepare.ts';
import { purifiedHtml } from '../../../shop/forms/purify.ts';
import { maxLength, notBlank, twig } from '../../../shop/forms/rules.ts';
import type { FieldValues } from '../../../shop/rows/write.ts';
import type { Fault } from '../../errors.ts';
import type { MutationContext } from '../../mutation.ts';
import { withoutNul } from '../arguments.ts';
import { type FormRules, formFaults, whole } from '../form-faults.ts';
import type { ProductValues } from './product-input.ts';

const RULES: FormRules = {
  name: [notBlank, maxLength(255)],
  description_list: [maxLength(3000)],
  description_detail: [maxLength(3000)],
  search_word: [maxLength(3000)],
  note: [maxLength(3000)],
  free_area: [maxLength(99_999), twig],
};

const HTML: ReadonlySet<string> = new Set(['description_list', 'description_detail', 'free_area']);

/** The texts that are given, as they will be stored; beside them what is wrong with them. `isNew`: a name is needed. */
export function readProductTexts(
  { locale }: MutationContext,
  values: ProductValues,
  isNew: boolean,
  place?: string,
): { readonly texts: FieldValues; readonly faults: readonly Fault[] } {
  const given = values as Readonly<Record<string, string | null | undefined>>;
  const texts = Object.fromEntries(
    Object.keys(RULES)
      .filter((name) => given[name] !== undefined)
      .map((name) => [name, formText(withoutNul(given[name] ?? ''))] as const),
  );
  const faults = formFaults(locale, RULES, isNew ? whole(RULES, texts) : texts, place);
  if (faults.length > 0) return { texts: {}, faults };
  const stored = Object.entries(texts).map(([name, text]) => [
    name,
    text !== null && HTML.has(name) ? formText(purifiedHtml(text)) : text,
  ]);
  return { texts: Object.fromEntries(stored) as FieldValues, faults };
}
