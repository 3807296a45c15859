/** How much one request may ask for, and what is said when it asks for more. */
import type { Locale, Text } from '../../shop/text.ts';

export type ApiLimits = {
  /** Rows in one page. */
  readonly pageSize: number;
  /** Fields inside fields. */
  readonly depth: number;
  /** Fields under another name, in the whole document. */
  readonly aliases: number;
  /** Fields in the whole document, fragments counted wherever they are spread. */
  readonly fields: number;
  /** Objects in the response: estimated before the database is asked, counted while it answers. */
  readonly cost: number;
  /** Characters in the texts of all arguments, each counted wherever it is used. */
  readonly argumentCharacters: number;
  /** Values in the lists of all arguments, counted so too. */
  readonly argumentItems: number;
  /** Bytes of a response: counted in characters while rows are read and shown, exactly at the end. */
  readonly resultBytes: number;
  /** Seconds until a request is given up. */
  readonly seconds: number;
  /** Seconds after that in which its resolvers may end by themselves. */
  readonly graceSeconds: number;
  /** Seconds after that for which a mutation that is under way is waited for. */
  readonly mutationGraceSeconds: number;
};

export const DEFAULT_LIMITS: ApiLimits = {
  pageSize: 1000,
  depth: 20,
  aliases: 200,
  fields: 5000,
  cost: 200_000,
  argumentCharacters: 1_000_000,
  argumentItems: 100_000,
  resultBytes: 16 * 1024 * 1024,
  seconds: 20,
  graceSeconds: 1,
  mutationGraceSeconds: 10,
};

/** Rows that a to-many relation is guessed to have, for the estimate. */
export const GUESSED_LIST_LENGTH = 5;

export type Breach = Exclude<keyof ApiLimits, 'pageSize' | 'graceSeconds' | 'mutationGraceSeconds'>;

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
  argumentCharacters: (most) => ({
    ja: `引数の文字が多すぎます。合計${most}文字以内にしてください。`,
    en: `The arguments are too long. At most ${most} characters are allowed in all.`,
  }),
  argumentItems: (most) => ({
    ja: `引数の値が多すぎます。合計${most}個以内にしてください。`,
    en: `The arguments have too many values. At most ${most} are allowed in all.`,
  }),
  resultBytes: (most) => ({
    ja: `クエリの結果が大きすぎます（${most}バイトまで）。limit を小さくするか、項目を減らしてください。`,
    en: `The answer would be too large (at most ${most} bytes). Lower limit or ask for less.`,
  }),
  seconds: (most) => ({
    ja: `クエリの処理に時間がかかりすぎたため中断しました（${most}秒まで）。`,
    en: `The query took too long and was given up (at most ${most} seconds).`,
  }),
};

/** What is said where no limit of one request is broken. */
const OTHERS = {
  throttled: {
    ja: 'このクライアントの割り当て（1分間のコスト）を使い切りました。Retry-After の秒数だけ待ってから、もう一度お試しください。',
    en: 'This client has used up its quota of cost points; wait as long as Retry-After says, then try again.',
  },
  quota: {
    ja: 'このクエリのコストは、クライアントの1分間の割り当てを超えています。limit を小さくするか、項目を減らしてください。',
    en: 'This costs more than the client’s quota of a whole minute. Lower limit or ask for less.',
  },
  busy: {
    ja: '現在、処理が集中しています。しばらくしてから、もう一度お試しください。',
    en: 'The server has too much in hand at the moment. Try again in a little while.',
  },
  notRun: {
    ja: 'この更新は実行していません。先にクエリの処理が打ち切られました。',
    en: 'This mutation was not run: the contextValue had ended before.',
  },
  unknown: {
    ja: 'この更新は処理中に打ち切られました。保存されている可能性があります。',
    en: 'This mutation was under way when the contextValue ended; it may have been saved.',
  },
  done: {
    ja: 'この更新は保存済みです。結果を返す前にクエリの処理が打ち切られました。',
    en: 'This mutation has been saved; the contextValue ended before its result could be given.',
  },
} as const satisfies Record<string, Text>;

export const breachText = (breach: Breach | keyof typeof OTHERS, limits: ApiLimits, locale: Locale): string =>
  (breach in OTHERS ? OTHERS[breach as keyof typeof OTHERS] : textOf(breach as Breach, limits))[locale];

const textOf = (breach: Breach, limits: ApiLimits): Text => TEXTS[breach](limits[breach]);

/** Why a request is given up. `quota`: it costs more than the client may ever spend; `throttled`: more than it may now. */
export type EndReason = Breach | 'busy' | 'quota' | 'throttled';

export function breachCode(reason: EndReason): 'LIMIT' | 'TIMEOUT' | 'BUSY' | 'THROTTLED' {
  if (reason === 'busy') return 'BUSY';
  if (reason === 'throttled') return 'THROTTLED';
  return reason === 'seconds' ? 'TIMEOUT' : 'LIMIT';
}

export const breachCategory = (reason: EndReason): string =>
  reason === 'throttled' ? 'throttled' : 'graphql';
