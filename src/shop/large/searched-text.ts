/** Which text a search of products looks for in names and codes, and nothing but that. */
import type { Condition } from '../search/condition.ts';
import type { Filter } from '../search/search.ts';
import { TEXT_FIELDS } from './product-texts.ts';

export type SearchedText = {
  readonly text: string;
  /** Products that are found by this id whatever their text. */
  readonly ids: readonly number[];
};

const FIELDS: ReadonlySet<string> = new Set(TEXT_FIELDS);

/** undefined = the search asks for no text, or for more than a text. */
export function searchedText({ entity, own, joined, values }: Filter): SearchedText | undefined {
  if (entity !== 'Product') return undefined;
  const all = [...own, ...joined.flatMap(({ of }) => of)];
  return all.map((condition) => read(condition, values)).find((found) => found !== undefined);
}

function read(condition: Condition, values: readonly unknown[]): SearchedText | undefined {
  const parts = condition.op === 'any' ? condition.of : [condition];
  const texts = new Set<string | undefined>();
  const ids: number[] = [];
  for (const part of parts) {
    if (part.op === '=' && part.field === 'id') ids.push(Number(values[part.value.index]));
    else texts.add(part.op === 'like' ? literal(part, values) : undefined);
  }
  const [text] = texts;
  return texts.size === 1 && text !== undefined ? { text, ids } : undefined;
}

/** The text between the outer `%` of a pattern in which nothing else stands for anything but itself. */
function literal(
  { fields, pattern, escaped }: Extract<Condition, { op: 'like' }>,
  values: readonly unknown[],
): string | undefined {
  const [field = ''] = fields;
  const value = values[pattern.index];
  if (!escaped || fields.length > 1 || !FIELDS.has(field) || typeof value !== 'string') return undefined;
  return /^%((?:[^\\%_]|\\[\\%_])*)%$/u.exec(value)?.[1]?.replace(/\\([\\%_])/g, '$1');
}
