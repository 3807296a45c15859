/** What reading one argument of a search needs to know, and what it can say. */

import type { ShopTime } from '../shop-time.ts';
import type { Values } from './condition.ts';
import type { SearchMessages } from './messages.ts';
import type { SearchArgument } from './search.ts';

/** The rows of an entity that serve as choices: id → id of the row above it, null at the top. */
export type Choices = ReadonlyMap<number, number | null>;

export type SearchArgs = Readonly<Record<string, unknown>>;

export type ReadingDeps = {
  readonly messages: SearchMessages;
  readonly time: ShopTime;
  /** Digits behind the point of the shop's currency. */
  readonly fractionDigits: number;
  /** By entity name; those that `neededChoices` named. */
  readonly choices: ReadonlyMap<string, Choices>;
};

/** One argument while it is read. */
export type Reading<K extends SearchArgument['kind'] = SearchArgument['kind']> = ReadingDeps & {
  readonly argument: Extract<SearchArgument, { kind: K }>;
  readonly args: SearchArgs;
  readonly values: Values;
  fail(text: string): undefined;
};

export type SearchFault = { readonly argument: string; readonly text: string };
