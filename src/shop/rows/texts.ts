/**
 * Rows with texts of any length are read a few at a time and their texts are counted, so that an answer which would be too
 * large is refused before it is in memory.
 */
import type { Registry } from '../registry.ts';
import type { Selection } from './select.ts';
import type { Key, Meter, Row } from './statement.ts';

/** Rows in one statement when they have such texts. */
export const PORTION = 50;

/** The columns of a selection whose texts have no end. */
export function textsOf(registry: Registry, { entity, columns }: Selection): readonly string[] {
  const declared = registry.entity(entity).columns;
  return columns.filter((field) => declared[field]?.type === 'text');
}

/** `read` for all keys at once, or for some after the others where there are texts. */
export async function inPortions(
  texts: readonly string[],
  keys: readonly Key[],
  meter: Meter,
  read: (some: readonly Key[]) => Promise<Row[]>,
): Promise<Row[]> {
  if (texts.length === 0) return read(keys);
  const found: Row[] = [];
  for (let from = 0; from < keys.length; from += PORTION) {
    const rows = await read(keys.slice(from, from + PORTION));
    weighTexts(texts, rows, meter);
    for (const row of rows) found.push(row);
  }
  return found;
}

export function weighTexts(texts: readonly string[], rows: readonly Row[], meter: Meter): void {
  if (texts.length === 0) return;
  let characters = 0;
  for (const row of rows) {
    for (const field of texts) {
      const value = row[field];
      if (typeof value === 'string') characters += value.length;
    }
  }
  meter.weigh(characters);
}
