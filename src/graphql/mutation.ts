/**
 * What a mutation is: one file in `mutations/` that declares name, scopes, arguments and result, and a `run` that does
 * it inside a transaction of its own. The GraphQL field, its documentation and the scope rule are derived from that.
 *
 * The result. Wherever `type`, or a field of one of `types`, names a shop entity (`ProductClass`, `[Shipping]`), `run`
 * hands back the row's primary key (a number, null, or a list of them); the fields that the caller asked for are read
 * after the commit. Everything else is handed back as plain values.
 *
 * After a deadlock `run` is begun again: what it does outside of the database must be its last deed, done by `outside`.
 *
 * Locks are taken in one order, so that a writer waits for another and never in a circle: orders, then shippings, then
 * customers, then stock rows, then product classes, then products, then what hangs on them, then the shop's settings; rows of
 * one table by their key.
 *
 * Wrong input: throw `InvalidArgument`; the transaction is rolled back. To add a mutation: its file, and a line in
 * `core-mutations.ts`, or in the list that `createApi` is given when it needs more than the database.
 */

import type { Principal } from '../oauth/rules/scope.ts';
import type { Writing } from '../shop/rows/write.ts';
import type { Locale, Text } from '../shop/text.ts';
import type { NameUse } from './request/first-results.ts';

export type MutationContext = Writing & {
  readonly principal: Principal;
  readonly timeZone: string;
  readonly locale: Locale;
  readonly requestId: string;
  /** What `prepare` gave. */
  readonly prepared: string | undefined;
  /** Told of a name that the caller gave this mutation. */
  readonly nameUse: NameUse;
  /** Everything is tried and nothing kept: the transaction is rolled back when its result has been read. */
  readonly validateOnly: boolean;
  /**
   * What is to follow the commit, before the result is read. What it throws is the field's error, though the mutation is
   * done. A dry run leaves it out.
   */
  afterCommit(deed: () => Promise<void>): void;
};

/** What is known before the transaction begins. */
export type PreparationContext = Pick<MutationContext, 'locale' | 'now'>;

export type Argument = {
  /** In GraphQL's own notation: `String!`, `[StockInput!]!`. `DateTime` arrives as epoch seconds, `ID` as text. */
  readonly type: string;
  readonly description?: Text;
  readonly default?: string | number | boolean | null;
  /**
   * The types whose rows the argument looks at: giving it needs their scopes too. Where a narrower scope than `read`
   * or `write` opens the field, every argument says so; none: [].
   */
  readonly crosses?: readonly string[];
  /** Characters that a text may have when it is more than 4,000. */
  readonly longest?: number;
};

/** A type that only this mutation uses, or that several declare by the same object. */
export type OwnType = {
  readonly name: string;
  readonly description?: Text;
} & (
  | { readonly kind: 'input' | 'object'; readonly fields: Readonly<Record<string, Argument>> }
  /** A value is given to `run` by its name. */
  | { readonly kind: 'enum'; readonly values: Readonly<Record<string, Text>> }
);

export type Mutation = {
  readonly name: string;
  /** All of these are needed. Every mutation needs `read` and `write`; an extension may ask for more. */
  readonly scopes: readonly string[];
  readonly description?: Text;
  /** A document that works on the demo shop as it is first made; the documentation shows it, a test runs it. */
  readonly example?: string;
  readonly args: Readonly<Record<string, Argument>>;
  readonly type: string;
  readonly types?: readonly OwnType[];
  /**
   * Slow work that needs no row, such as the hash of a password or where a host is: done before the transaction, told as
   * `context.prepared`.
   */
  prepare?(context: PreparationContext, args: Readonly<Record<string, unknown>>): Promise<string | undefined>;
  /** `args` holds a key only when the caller gave it or it has a default: absent and null are told apart. */
  run(context: MutationContext, args: Readonly<Record<string, unknown>>): Promise<unknown>;
};
