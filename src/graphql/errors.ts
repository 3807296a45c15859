/** The errors that a caller of the API may see, each with EC-CUBE's category (docs/eccube/graphql.md, Errors). */
import { GraphQLError } from 'graphql';
import type { Text } from '../shop/text.ts';

/** What a program can tell an error by, as `extensions.code`. The table in docs/graphql.md is made from this. */
export const ERROR_CODES = {
  SYNTAX: { ja: 'クエリの文法が正しくありません', en: 'The document cannot be parsed' },
  VALIDATION: {
    ja: 'クエリまたは変数がスキーマに合っていません',
    en: 'The document, or a variable, does not fit the schema',
  },
  INVALID: { ja: '引数の値が受け付けられません', en: 'The value of an argument is not accepted' },
  NOT_FOUND: { ja: '指定された行がありません', en: 'There is no such row' },
  AMBIGUOUS: {
    ja: '該当する行が複数あります。ID で指定してください',
    en: 'Several rows are meant; choose one by its ID',
  },
  CONFLICT: {
    ja: '他の更新が先にありました。現在の状態を読み直してください',
    en: 'The row has changed in the meantime; read it again',
  },
  CURSOR_EXPIRED: {
    ja: 'このカーソルより後の変更の一部は削除済みです。全件を取得し直してください',
    en: 'Changes behind this cursor are no longer kept; read everything again',
  },
  FORBIDDEN: {
    ja: 'このトークンではできません',
    en: 'The token does not allow it',
  },
  UNAUTHENTICATED: {
    ja: '有効なアクセストークンがありません',
    en: 'There is no access token, or it is no longer valid',
  },
  BAD_REQUEST: {
    ja: 'HTTP リクエストの形式が正しくありません',
    en: 'The HTTP request is malformed, or of a kind that is not taken',
  },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    ja: 'ハッシュだけのクエリには対応していません。クエリの本文を送ってください',
    en: 'Send the text of the query; hashes alone are not known here',
  },
  STOCK_STALE: {
    ja: '在庫数が想定と違います。extensions.current に現在の在庫数があります',
    en: 'The stock is not what the caller expected; extensions.current says what it is',
  },
  STOCK_NEGATIVE: { ja: '在庫数が 0 を下回ります', en: 'The stock would fall below 0' },
  STOCK_UNLIMITED: {
    ja: '在庫無制限の商品規格には増減を指定できません',
    en: 'A product class with unlimited stock has none to change',
  },
  BAD_TRACKING_NUMBER: {
    ja: 'お問い合わせ番号に使えない文字があるか、長すぎます',
    en: 'The tracking number holds other characters than letters, digits and hyphens, or is too long',
  },
  BAD_TRANSITION: {
    ja: '現在の状態からは変更できません',
    en: 'The present state does not allow this change',
  },
  IN_USE: { ja: '関連するデータがあります', en: 'Other rows depend on it' },
  MAIL_FAILED: { ja: 'メールを送信できませんでした', en: 'The mail could not be sent' },
  LIMIT: {
    ja: '上限（深さ・件数・文字数・大きさ）を超えています',
    en: 'Too deep, too large, too many',
  },
  TIMEOUT: { ja: '時間がかかりすぎました', en: 'Too slow' },
  BUSY: {
    ja: 'サーバーが混み合っています。しばらくしてから同じリクエストを送ってください',
    en: 'The server has too much in hand; the same request may be answered later',
  },
  THROTTLED: {
    ja: 'リクエストが多すぎます。Retry-After の秒数だけ待ってください',
    en: 'Too many requests; wait as long as Retry-After says',
  },
  UNAVAILABLE: {
    ja: 'データベースに接続できないか、サーバーが停止中です。しばらくしてから再度お試しください',
    en: 'The database is away, or the server stops; try again later',
  },
  INTERNAL: {
    ja: 'サーバー内部のエラーです。ログを extensions.requestId で調べてください',
    en: 'A fault of the server; look for extensions.requestId in its log',
  },
  NOT_RUN: {
    ja: 'リクエストが先に終わったため、このミューテーションは実行されていません',
    en: 'A mutation that was not begun, because the request had ended',
  },
  UNKNOWN: {
    ja: '実行中にリクエストが終わりました。保存された可能性があります',
    en: 'A mutation that was under way when the request ended: it may yet be saved',
  },
  DONE: {
    ja: 'リクエストが終わる前に保存されたミューテーション',
    en: 'A mutation that was saved before the request ended',
  },
} as const satisfies Record<string, Text>;

export type ErrorCode = keyof typeof ERROR_CODES;

export type Fault = {
  /** The argument at fault, as the caller wrote it. */
  readonly argument: string;
  readonly text: string;
  /** Default: `INVALID`. */
  readonly code?: ErrorCode;
  /** Where the fault is, as a path: `items[3].stock`. Default: the argument. */
  readonly field?: string;
  /** What the row holds now, for a caller whose expectation was wrong. */
  readonly current?: unknown;
  /** What was asked for is done all the same; only what should have followed is not. */
  readonly saved?: true;
};

/** Faults of one error: a list of thousands would come back many times as long as it was sent. */
const MOST_TOLD = 100;

/**
 * Arguments that cannot be honoured. Message: `argument: text;`, one after the other without a separator. The extensions
 * say code and field of the first fault; `faults` says them of each where there are several.
 */
export class InvalidArgument extends GraphQLError {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    const shown = faults.slice(0, MOST_TOLD);
    const told = shown.map(faultExtensions);
    super(shown.map(({ argument, text }) => `${argument}: ${text};`).join(''), {
      extensions: {
        category: 'Invalid argument',
        ...told[0],
        ...(shown.length > 1 && {
          faults: shown.map(({ text }, i) => ({ ...told[i], message: text })),
        }),
      },
    });
    this.faults = faults;
  }
}

const faultExtensions = ({ argument, code, field, current, saved }: Fault) => ({
  code: code ?? 'INVALID',
  // The plugin's own operations name arguments as Symfony does: `[id]`.
  field: field ?? argument.replace(/^\[(.*)\]$/, '$1'),
  ...(current !== undefined && { current }),
  ...(saved && { saved }),
});

/** The request itself is refused. */
export const refusal = (message: string, code: ErrorCode, field?: string): GraphQLError =>
  new GraphQLError(message, {
    extensions: { category: 'graphql', code, ...(field !== undefined && { field }) },
  });

/** The token lacks scopes; the message is the plugin's. `field`: what requires them. */
export const insufficientPermission = (scopes: readonly string[], field?: string): GraphQLError =>
  refusal(`Insufficient permission. (${scopes.join(',')})`, 'FORBIDDEN', field);

export const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);

/** graphql-js's own error, with the code that it leaves by. */
export const coded = (error: GraphQLError, code: ErrorCode, field?: string): GraphQLError =>
  new GraphQLError(error.message, {
    nodes: error.nodes,
    source: error.source,
    positions: error.positions,
    path: error.path,
    originalError: error.originalError,
    extensions: { ...error.extensions, code, ...(field !== undefined && { field }) },
  });

export const limitRefusal = (message: string): GraphQLError => refusal(message, 'LIMIT');
