/**
 * The vocabulary in which the arguments of a list query are declared: EC-CUBE's admin search forms as data
 * (docs/eccube/graphql.md, Searches). The GraphQL arguments, their judgement and the conditions are derived from it.
 * To add an argument: one line in `search-products.ts`, `search-orders.ts` or `search-customers.ts`.
 */

import type { Text } from '../text.ts';
import type { Condition } from './condition.ts';

/** How a text is prepared before it is searched for. Every text is trimmed first. */
export type Cleaning = 'as it is' | 'without spaces';

export type Bound = 'start' | 'end';

type Named = { readonly name: string; readonly label: Text };

export type SearchArgument = Named &
  (
    | {
        /** A number that is the id, or a text found in any of several places. */
        readonly kind: 'keyword';
        readonly id: string;
        readonly idCleaning: Cleaning;
        readonly places: readonly { readonly fields: readonly string[]; readonly cleaning: Cleaning }[];
        /** `%` and `_` in the text mean themselves. */
        readonly escaped?: boolean;
        readonly maxLength?: number;
      }
    | {
        readonly kind: 'contains';
        readonly fields: readonly string[];
        readonly cleaning: Cleaning;
        readonly maxLength?: number;
        /** The rows searched are reached along this way and need not be shown. */
        readonly some?: readonly string[];
        /** Of these rows those are left out whose field has one of these values. */
        readonly except?: { readonly field: string; readonly values: readonly number[] };
      }
    | { readonly kind: 'equals'; readonly field: string }
    | { readonly kind: 'kana'; readonly fields: readonly string[] }
    | { readonly kind: 'phone'; readonly field: string }
    | {
        readonly kind: 'choices';
        readonly field: string;
        /** The entity whose rows are the choices. */
        readonly among: string;
        readonly default?: readonly string[];
        /** What no choice means: all but these. */
        readonly otherwiseNot?: readonly number[];
      }
    | {
        readonly kind: 'choice';
        readonly field: string;
        readonly among: string;
        /** A choice stands for itself and all below it. */
        readonly tree?: boolean;
        readonly some?: readonly string[];
      }
    | { readonly kind: 'month'; readonly field: string }
    /** `["1"]` and `["2"]` are two halves; both together are everything. */
    | { readonly kind: 'halves'; readonly of: 'stock' | 'presence'; readonly fields: readonly string[] }
    | {
        readonly kind: 'day';
        readonly field: string;
        readonly bound: Bound;
        /** The argument that wins over this one when both are given. */
        readonly instant?: string;
        /** The argument that this one must not lie before. */
        readonly notBefore?: string;
        readonly fault?: 'date' | 'birth';
      }
    | {
        readonly kind: 'instant';
        readonly field: string;
        readonly bound: Bound;
        readonly notBefore?: string;
      }
    | {
        readonly kind: 'amount';
        readonly field: string;
        readonly bound: Bound;
        /** 0…2147483647 */
        readonly ranged?: boolean;
        readonly maxLength?: number;
      }
    | { readonly kind: 'count'; readonly field: string; readonly bound: Bound; readonly maxDigits: number }
  );

export type Search = {
  /** The root field, `products`. */
  readonly name: string;
  readonly entity: string;
  readonly arguments: readonly SearchArgument[];
  /**
   * To-many relations whose rows the arguments choose among: a searched row shows only the chosen ones
   * (docs/eccube/graphql.md, Partial lists, partial collections). `required`: a row without any is not found.
   */
  readonly joins: readonly {
    readonly relation: string;
    readonly required: boolean;
    /** Boolean field that must be true. */
    readonly only?: string;
  }[];
  /** Arguments that name rows one by one. */
  readonly lookUps?: readonly LookUp[];
  /** `sortkey` → field. */
  readonly sortKeys: Readonly<Record<string, string>>;
  /** The order without a `sortkey`, ending in the primary key. Default: `update_date` and `id`, newest first. */
  readonly usual?: readonly SortKey[];
};

/** By the primary key, or by a text that is exactly the field's. */
export type LookUp = Named & { readonly by: 'key' | { readonly field: string } };

export type SortKey = { readonly field: string; readonly direction: 'asc' | 'desc' };

/** A search with its arguments read. */
export type Filter = {
  readonly entity: string;
  readonly own: readonly Condition[];
  /** There must be a row that meets `of`, and only such rows are shown. */
  readonly joined: readonly { readonly relation: string; readonly of: readonly Condition[] }[];
  /** Ends in the primary key, so that the order is total. */
  readonly sort: readonly SortKey[];
  readonly values: readonly unknown[];
};

const DATE_WORDS = {
  start: { ja: '(開始)', en: ' (from)' },
  end: { ja: '(終了)', en: ' (to)' },
} as const satisfies Record<Bound, Text>;

export const bounded = (label: Text, bound: Bound): Text => ({
  ja: label.ja + DATE_WORDS[bound].ja,
  en: label.en + DATE_WORDS[bound].en,
});

/** The four arguments of a date: a day and an instant, from and to. `day` is the stem of the names of the days. */
export function dateArguments(
  field: string,
  label: Text,
  names: { day: string; instant: string; daysOrdered?: boolean; instantsOrdered?: boolean },
): SearchArgument[] {
  const { day, instant, daysOrdered = false, instantsOrdered = true } = names;
  const pair = (bound: Bound): SearchArgument[] => [
    {
      kind: 'day',
      name: `${day}_${bound}`,
      label: bounded(label, bound),
      field,
      bound,
      instant: `${instant}_${bound}`,
      ...(bound === 'end' && daysOrdered ? { notBefore: `${day}_start` } : {}),
    },
    {
      kind: 'instant',
      name: `${instant}_${bound}`,
      label: bounded(label, bound),
      field,
      bound,
      ...(bound === 'end' && instantsOrdered ? { notBefore: `${instant}_start` } : {}),
    },
  ];
  return [...pair('start'), ...pair('end')];
}
