/** What of a change is one: a row that already is as it should be is not written, so that no one hears of it. */
import type { FieldValue, FieldValues } from '../../../shop/rows/write.ts';
import { parseDatabaseDate } from '../../../shop/shop-time.ts';
import type { MutationContext } from '../../mutation.ts';

export const differing = (row: Readonly<Record<string, FieldValue>>, wanted: FieldValues): FieldValues =>
  Object.fromEntries(Object.entries(wanted).filter(([field, value]) => !isSame(row[field] ?? null, value)));

/**
 * The same of a row that a person is behind. In a dry run of a token that may not read the row, everything given counts as
 * a change: that nothing would be written would tell that a guess was right, again and again.
 */
export const differingFrom = (
  { validateOnly, principal }: Pick<MutationContext, 'validateOnly' | 'principal'>,
  opener: 'read:customers' | 'read:orders',
  row: Readonly<Record<string, FieldValue>>,
  wanted: FieldValues,
): FieldValues =>
  validateOnly && !principal.scopes.has('read') && !principal.scopes.has(opener)
    ? wanted
    : differing(row, wanted);

/** Databases show decimals as text, with more zeros or fewer. */
const isSame = (stored: FieldValue, wanted: FieldValue): boolean =>
  stored === wanted ||
  (typeof stored === 'string' &&
    typeof wanted === 'number' &&
    isDate(stored) &&
    parseDatabaseDate(stored) === wanted) ||
  (stored !== null &&
    wanted !== null &&
    typeof stored !== 'boolean' &&
    bare(String(stored)) === bare(String(wanted)));

const isDate = (text: string): boolean => /^\d{4}-\d\d-\d\d /.test(text);

const bare = (text: string): string => (/^-?\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, '') : text);
