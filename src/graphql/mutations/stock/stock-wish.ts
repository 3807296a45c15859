/**
 * What a caller wants of a stock: a number, or so many more or fewer than there are; perhaps only if it is still what the
 * caller last saw. Judged in two steps: what the arguments say by themselves, then against the locked row.
 */
import { type ErrorCode, InvalidArgument } from '../../errors.ts';
import type { Argument } from '../../mutation.ts';
import { invalid, tooLong, withoutNul } from '../arguments.ts';
import { type Stock, type StockedClass, type StockReason, stockOf } from './stock.ts';

export type StockArgs = {
  stock?: number | null;
  stock_unlimited?: boolean | null;
  delta?: number | null;
  changeFromStock?: number | null;
  reason?: string | null;
  reference?: string | null;
};

type Target =
  /** `stock_unlimited` undefined: the stock must be limited already. */
  | { readonly kind: 'set'; readonly stock: number | null; readonly stock_unlimited: boolean | undefined }
  | { readonly kind: 'change'; readonly by: number };

export type StockWish = StockReason & {
  readonly target: Target;
  /** What the caller last saw; undefined = it does not matter. */
  readonly from: number | undefined;
};

const MOST_CHARACTERS = 255; // of a reason, and of a reference
const MOST_STOCK = 9_999_999_999; // numeric(10)

export const DELTA: Argument = {
  type: 'Int',
  description: {
    ja: '在庫数の増減（入荷は正、出庫は負の数）。stock の代わりに指定します',
    en: 'How many more (or, below 0, fewer) there are; instead of stock',
  },
};

export const CHANGE_FROM_STOCK: Argument = {
  type: 'Int',
  description: {
    ja: '呼び出し側が把握している現在の在庫数。実際の在庫数と違う場合は更新せず、エラー STOCK_STALE で現在の在庫数を返します',
    en: 'The stock as the caller knows it: when it is another, nothing is changed and the error STOCK_STALE says what it is',
  },
};

export const REASON: Argument = {
  type: 'String',
  description: {
    ja: `更新の理由（${MOST_CHARACTERS}文字まで）。在庫の変更履歴に残ります`,
    en: `Why (at most ${MOST_CHARACTERS} characters); kept in the history of the stock`,
  },
};

export const REFERENCE: Argument = {
  type: 'String',
  description: {
    ja: `呼び出し側の伝票番号など（${MOST_CHARACTERS}文字まで）。在庫の変更履歴に残ります`,
    en: `A number of the caller’s own, e.g. of a delivery note (at most ${MOST_CHARACTERS} characters); kept in the history of the stock`,
  },
};

/** What can be judged without the row. */
export function judgeStock(args: StockArgs): StockWish {
  const from = typeof args.changeFromStock === 'number' ? args.changeFromStock : undefined;
  return { target: targetOf(args), from, ...reasonOf(args) };
}

function targetOf(args: StockArgs): Target {
  const { stock_unlimited, delta } = args;
  const given = 'stock' in args;
  if (typeof delta === 'number') {
    if (given) throw invalid('delta', 'Give either stock or delta, not both');
    if (stock_unlimited) throw unlimited('delta', 'Cannot update stock with stock unlimited');
    return { kind: 'change', by: delta };
  }
  if (stock_unlimited && given) {
    throw unlimited('stock', 'Cannot update stock with stock unlimited');
  }
  if (stock_unlimited) return { kind: 'set', stock: null, stock_unlimited };
  // Only who says that the stock is limited may set it to null, as the plugin's callers may.
  const stock = args.stock ?? null;
  if (!given || (stock === null && stock_unlimited !== false)) {
    throw invalid('stock', 'stock is required when stock limited');
  }
  if (stock !== null && stock < 0) {
    throw invalid('stock', 'stock must be a positive integer', 'STOCK_NEGATIVE');
  }
  return { kind: 'set', stock, stock_unlimited: stock_unlimited ?? undefined };
}

function reasonOf({ reason, reference }: StockArgs): StockReason {
  const faults = Object.entries({ reason, reference }).flatMap(([argument, value]) => {
    const text = tooLong(value, MOST_CHARACTERS);
    return text ? [{ argument, text }] : [];
  });
  if (faults.length > 0) throw new InvalidArgument(faults);
  return { reason: kept(reason), reference: kept(reference) };
}

const kept = (text: string | null | undefined): string | null => (text ? withoutNul(text) : null);

/** What the row is to hold. Throws when it does not allow the wish. */
export function wishedStock(row: StockedClass, { target, from }: StockWish): Stock {
  const current = row.stock_unlimited ? null : stockOf(row);
  if (from !== undefined && from !== current) {
    const found = current === null ? 'unlimited' : String(current);
    throw fault('changeFromStock', `The stock is ${found}, not ${from}`, 'STOCK_STALE', current);
  }
  if (target.kind === 'set') return settled(row, target);
  if (current === null) throw unlimited('delta', 'The stock is unlimited');
  const stock = current + target.by;
  if (stock < 0) throw fault('delta', `The stock is ${current}`, 'STOCK_NEGATIVE', current);
  if (stock > MOST_STOCK) throw fault('delta', `The stock is ${current}`, 'INVALID', current);
  return { stock, stock_unlimited: false };
}

function settled(row: StockedClass, target: Extract<Target, { kind: 'set' }>): Stock {
  const { stock, stock_unlimited } = target;
  if (stock_unlimited === undefined && row.stock_unlimited) {
    throw unlimited('stock', 'The stock is unlimited; stock_unlimited: false limits it');
  }
  return { stock, stock_unlimited: stock_unlimited ?? false };
}

const unlimited = (argument: string, text: string): InvalidArgument =>
  invalid(argument, text, 'STOCK_UNLIMITED');

const fault = (argument: string, text: string, code: ErrorCode, current: number | null): InvalidArgument =>
  new InvalidArgument([{ argument, text, code, current }]);
