/** How much one question may ask for, and what is said when it asks for more. */
import type { Locale, Text } from '../shop/text.ts';

export type ApiLimits = {
  /** Rows in one page. */
  readonly pageSize: number;
  /** Fields inside fields. */
  readonly depth: number;
  /** Fields under another name, in the whole document. */
  readonly aliases: number;
  /** Fields in the whole document, fragments counted wherever they are spread. */
  readonly fields: number;
  /** Objects in the answer: estimated before the database is asked, counted while it answers. */
  readonly cost: number;
  /** Seconds until a question is given up. */
  readonly seconds: number;
};

export const DEFAULT_LIMITS: ApiLimits = {
  pageSize: 1000,
  depth: 20,
  aliases: 200,
  fields: 5000,
  cost: 200_000,
  seconds: 20,
};

/** Rows that a to-many relation is guessed to have, for the estimate. */
export const GUESSED_LIST_LENGTH = 5;

type Breach = Exclude<keyof ApiLimits, 'pageSize'>;

const TEXTS: Record<Breach, (most: number) => Text> = {
  depth: (most) => ({
    ja: `クエリの入れ子が深すぎます。${most}段以内にしてください。`,
    en: `The query is nested too deeply. At most ${most} levels are allowed.`,
  }),
  aliases: (most) => ({
    ja: `別名（エイリアス）が多すぎます。${most}個以内にしてください。`,
    en: `The query has too many aliases. At most ${most} are allowed.`,
  }),
  fields: (most) => ({
    ja: `クエリの項目が多すぎます。${most}項目以内にしてください。`,
    en: `The query has too many fields. At most ${most} are allowed.`,
  }),
  cost: (most) => ({
    ja: `クエリの結果が大きすぎます（${most}件まで）。limit を小さくするか、項目を減らしてください。`,
    en: `The answer would be too large (at most ${most} objects). Lower limit or ask for less.`,
  }),
  seconds: (most) => ({
    ja: `クエリの処理に時間がかかりすぎたため中断しました（${most}秒まで）。`,
    en: `The query took too long and was given up (at most ${most} seconds).`,
  }),
};

export const breachText = (breach: Breach, limits: ApiLimits, locale: Locale): string =>
  TEXTS[breach](limits[breach])[locale];
