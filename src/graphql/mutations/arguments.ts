/** What the arguments of several mutations have in common. */
import { searchedId } from '../../shop/search/values.ts';
import { type ErrorCode, InvalidArgument } from '../errors.ts';
import type { Argument } from '../mutation.ts';

export const invalid = (argument: string, text: string, code?: ErrorCode): InvalidArgument =>
  new InvalidArgument([{ argument, text, ...(code && { code }) }]);

/** What is said of a list with more rows than one request may bring. */
export const tooMany = (argument: string, most: number): InvalidArgument =>
  invalid(argument, `At most ${most} rows are allowed`, 'LIMIT');

const MOST_NAMED = 10; // in one message
const MOST_CHARACTERS = 50; // of one of them

/** Names what was given and leads to no row. */
export function notFound(entity: string, argument: string, given: readonly string[]): InvalidArgument {
  const named = given.slice(0, MOST_NAMED).map((id) => JSON.stringify(id.slice(0, MOST_CHARACTERS)));
  const more = given.length > MOST_NAMED ? ', …' : '';
  return invalid(argument, `No ${entity} found: ${named.join(', ')}${more}`, 'NOT_FOUND');
}

/** The key that an `ID` stands for; 0, which no row has, when it can be no key. */
export const rowId = (id: string): number => searchedId(id) ?? 0;

/** Symfony's words for a text of too many characters; undefined when it is short enough. */
export function tooLong(text: string | null | undefined, most: number): string | undefined {
  if (!text || [...text].length <= most) return undefined;
  return `This value is too long. It should have ${most} characters or less.`;
}

/** PostgreSQL stores no NUL, and nothing that people see has one. */
export const withoutNul = (text: string): string => text.replaceAll('\0', '');

export const CODE: Argument = {
  type: 'String',
  description: { ja: '商品コード', en: 'Product code' },
};

export const PRODUCT_CLASS_ID: Argument = {
  type: 'ID',
  description: { ja: '商品規格ID', en: 'ID of the product class' },
};

export const STOCK: Argument = {
  type: 'Int',
  description: {
    ja: '在庫数（在庫無制限の場合、0以上の数値を指定）',
    en: 'Stock (0 or more, unless stock is unlimited)',
  },
};

export const STOCK_UNLIMITED: Argument = {
  type: 'Boolean!',
  description: {
    ja: '在庫無制限（無制限は true 、制限は false を指定）',
    en: 'Unlimited stock (true) or limited stock (false)',
  },
};

export const STOCK_LIMIT: Argument = {
  type: 'Boolean',
  description: {
    ja: '在庫無制限（無制限は true 、制限は false を指定）。省略すると変わりません',
    en: 'Unlimited stock (true) or limited stock (false); as it is when left out',
  },
};
