/** What of a change is one: a row that already is as it should be is not written, so that no one hears of it. */
import type { ColumnType } from '../entity.ts';
import { parseDatabaseDate } from '../shop-time.ts';
import type { FieldValue, FieldValues, Writing } from './write.ts';

/** `row`: as it was read; `wanted`: what is to be stored, dates as epoch seconds. */
export function differing(
  { registry }: Pick<Writing, 'registry'>,
  entityName: string,
  row: Readonly<Record<string, FieldValue>>,
  wanted: FieldValues,
): FieldValues {
  const { columns } = registry.entity(entityName);
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([field, value]) => !isSame(columns[field]?.type, row[field] ?? null, value),
    ),
  );
}

function isSame(type: ColumnType | undefined, stored: FieldValue, wanted: FieldValue): boolean {
  if (stored === null || wanted === null) return stored === wanted;
  if (type === 'datetimetz' && typeof wanted === 'number')
    return parseDatabaseDate(String(stored)) === wanted;
  if (type === 'decimal') return bare(String(stored)) === bare(String(wanted));
  return String(stored) === String(wanted);
}

/** Databases show decimals with more zeros or fewer. */
const bare = (decimal: string): string => (decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal);
