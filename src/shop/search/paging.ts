/**
 * Which part of a search's rows is asked for, and in which order: pages as EC-CUBE has them, or cursors
 * (`first`, `after`) that hold the sort values of a row, so that rows which change or vanish shift nothing.
 */
import type { ColumnType } from '../entity.ts';
import { parseDatabaseDate } from '../shop-time.ts';
import type { SearchMessages } from './messages.ts';
import type { SearchArgs, SearchFault } from './reading.ts';
import type { Search, SortKey } from './search.ts';
import { MAX_ID } from './values.ts';

/** `eccube_default_page_count` */
export const DEFAULT_LIMIT = 50;

export type Paging = {
  readonly limit: number;
  /** Rows to pass over; 0 with a cursor. */
  readonly offset: number;
  /** The sort values of the row that the page begins behind. */
  readonly after?: readonly SortValue[];
};

export type SortValue = string | number | null;

const NEWEST_FIRST: readonly SortKey[] = [
  { field: 'update_date', direction: 'desc' },
  { field: 'id', direction: 'desc' },
];

export function readSort(
  search: Search,
  args: SearchArgs,
  messages: SearchMessages,
): { keys: readonly SortKey[] } | { fault: SearchFault } {
  const asked = typeof args.sortkey === 'string' ? args.sortkey : '';
  const field = Object.hasOwn(search.sortKeys, asked) ? search.sortKeys[asked] : undefined;
  if (asked !== '' && field === undefined) {
    return { fault: { argument: 'sortkey', text: messages.sortKey(Object.keys(search.sortKeys)) } };
  }
  const usual = search.usual ?? NEWEST_FIRST;
  if (field === undefined) return { keys: usual };
  const first: SortKey = { field, direction: args.sorttype === 'a' ? 'asc' : 'desc' };
  const rest = field === usual.at(-1)?.field ? [] : usual.filter((key) => key.field !== field);
  return { keys: [first, ...rest] };
}

export function readPaging(
  args: SearchArgs,
  sort: readonly SortKey[],
  needs: { maxLimit: number; messages: SearchMessages; typeOf(field: string): ColumnType },
): { paging: Paging } | { faults: readonly SearchFault[] } {
  const { maxLimit, messages, typeOf } = needs;
  const faults: SearchFault[] = [];
  const number = (name: string, most: number): number | undefined => {
    const value = args[name];
    if (typeof value !== 'number') return undefined;
    const say = (text: string): void => void faults.push({ argument: name, text });
    if (value < 0) say(messages.number);
    if (value < 1) say(messages.positive);
    if (value > most) say(messages.limit(most));
    return value;
  };
  const page = number('page', Number.POSITIVE_INFINITY) ?? 1;
  // The default is not the caller's wish: where less is allowed, it is less.
  const wished = args.limit !== DEFAULT_LIMIT;
  const limit = (wished ? number('limit', maxLimit) : undefined) ?? Math.min(DEFAULT_LIMIT, maxLimit);
  const first = number('first', maxLimit);
  // An empty cursor is what a client sends that has none yet.
  const cursor = typeof args.after === 'string' && args.after !== '' ? args.after : undefined;
  if (first !== undefined && wished && typeof args.limit === 'number')
    faults.push({ argument: 'first', text: messages.withFirst });
  if ((first ?? cursor) !== undefined && page !== 1)
    faults.push({ argument: 'page', text: messages.withCursor });
  const after = cursor === undefined ? undefined : decodeCursor(cursor, sort, typeOf);
  if (cursor !== undefined && !after) faults.push({ argument: 'after', text: messages.cursor });
  if (faults.length > 0) return { faults };
  const size = first ?? limit;
  return { paging: { limit: size, offset: (page - 1) * size, ...(after && { after }) } };
}

/** Opaque to the caller: the order it belongs to, and the row's values in it. */
export const encodeCursor = (sort: readonly SortKey[], values: readonly SortValue[]): string =>
  Buffer.from(JSON.stringify([orderName(sort), ...values])).toString('base64url');

/** The values of a cursor that was made for this order; anything else is undefined. */
function decodeCursor(
  cursor: string,
  sort: readonly SortKey[],
  typeOf: (field: string) => ColumnType,
): SortValue[] | undefined {
  const parsed = parseJson(Buffer.from(cursor, 'base64url').toString());
  if (!Array.isArray(parsed) || parsed.length !== sort.length + 1 || parsed[0] !== orderName(sort)) {
    return undefined;
  }
  const values: unknown[] = parsed.slice(1);
  const good = values.every((value, place) => fits(value, typeOf(sort[place]?.field ?? '')));
  return good ? (values as SortValue[]) : undefined;
}

/** Whether a list is asked for in the usual order. */
export const isNewestFirst = (sort: readonly SortKey[]): boolean =>
  orderName(sort) === orderName(NEWEST_FIRST);

const orderName = (sort: readonly SortKey[]): string =>
  sort.map(({ field, direction }) => `${field} ${direction}`).join();

/** Only a value that the column itself could have given reaches the database. */
function fits(value: unknown, type: ColumnType): boolean {
  if (value === null) return true;
  switch (type) {
    case 'datetimetz':
      return typeof value === 'string' && isDate(value);
    case 'decimal':
      return (typeof value === 'number' || typeof value === 'string') && DECIMAL.test(String(value));
    case 'string':
    case 'text':
      return typeof value === 'string' && !value.includes('\0') && value.isWellFormed();
    default:
      return Number.isInteger(value) && Math.abs(value as number) <= MAX_ID;
  }
}

const DATE = /^(?!0000)\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\+00)?$/;
const DECIMAL = /^-?\d{1,15}(\.\d{1,6})?$/;

const isDate = (text: string): boolean => DATE.test(text) && parseDatabaseDate(text) !== undefined;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
