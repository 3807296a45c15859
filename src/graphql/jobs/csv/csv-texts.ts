/** What is said of rows and of files, in EC-CUBE's words where it has them. */
import type { Locale, Text } from '../../../shop/text.ts';
import type { ErrorCode } from '../../errors.ts';
import { JobRefused } from '../job-refused.ts';

export const csvTexts = {
  missing: { ja: 'が設定されていません', en: 'is missing' },
  unknown: { ja: 'が存在しません', en: 'does not exist' },
  negative: { ja: 'は0以上の数値を設定してください。', en: 'must be a number of 0 or more' },
  whole: { ja: 'は0以上の整数を設定してください。', en: 'must be a whole number of 0 or more' },
  date: { ja: 'の日付フォーマットが異なります', en: 'must be a day written YYYY-MM-DD' },
  form: { ja: 'のフォーマットが異なります', en: 'has a wrong form' },
  sameClass: {
    ja: 'と規格分類2(ID)には同じ値を使用できません',
    en: 'and 規格分類2(ID) must not be the same',
  },
  imagePath: {
    ja: 'には末尾に"/"や"../"を使用できません',
    en: 'must not hold "../" or end in "/"',
  },
  sameParent: { ja: 'と親カテゴリIDが同じです。', en: 'and 親カテゴリID are the same' },
} as const satisfies Record<string, Text>;

export const quoted = (value: string, { ja, en }: Text): Text => {
  const short = [...value].slice(0, 50).join('');
  return { ja: `「${short}」${ja}`, en: `“${short}” ${en}` };
};

export const shortRow: Text = {
  ja: 'CSVフォーマットが一致しません',
  en: 'the row has not as many cells as the header',
};

/** `2行目の販売価格が設定されていません`; without a column the row itself is meant. */
export function rowMessage(locale: Locale, line: number, column: string | undefined, text: Text): string {
  if (locale === 'ja') return `${line}行目の${column ?? ''}${text.ja}`;
  return column === undefined ? `Row ${line}: ${text.en}` : `Row ${line}: ${column} ${text.en}`;
}

/** A whole sentence about a row or one of its cells. */
export function toldMessage(locale: Locale, line: number, column: string | undefined, text: string): string {
  if (locale === 'en') return [`Row ${line}`, column, text].filter((part) => part !== undefined).join(': ');
  return column === undefined ? `${line}行目: ${text}` : `${line}行目の${column}: ${text}`;
}

const workbook = (kind: string): Text => ({
  ja: `これは Excel ブック（${kind}）です。CSV 形式で保存してください`,
  en: `This is an Excel workbook (${kind}). Save it as CSV`,
});

export const fileTexts = {
  empty: { ja: '空のファイルは許可されていません。', en: 'The file is empty' },
  noRows: { ja: 'CSVデータが存在しません', en: 'The file has no rows' },
  xlsx: workbook('xlsx'),
  xls: workbook('xls'),
  utf16: {
    ja: 'UTF-16 のファイルです。UTF-8 か Shift_JIS で保存してください',
    en: 'This is UTF-16. Save the file as UTF-8 or Shift_JIS',
  },
  packed: {
    ja: '圧縮されたファイルです。CSV ファイルをそのまま送ってください',
    en: 'This is compressed. Send the CSV file itself',
  },
  nul: { ja: '使えない文字（NUL）があります', en: 'There is a NUL' },
  openQuote: {
    ja: '引用符（"）が閉じていません。CSVのフォーマットが一致しません',
    en: 'A quote is not closed',
  },
  strayQuote: {
    ja: '引用符（"）の位置が正しくありません。引用符の中では "" と書いてください',
    en: 'A quote stands where none may: write a quote within quotes twice',
  },
} as const satisfies Record<string, Text>;

export const notIn = (charset: string): Text => ({
  ja: `${charset} として読めない文字があります`,
  en: `This is not ${charset}`,
});

export const tooLarge = (what: Text, bytes: number): Text => ({
  ja: `${what.ja}は ${bytes} バイトまでです`,
  en: `${what.en} has at most ${bytes} bytes`,
});

export const LINE: Text = { ja: '1行', en: 'A line' };
export const ONE_PRODUCT: Text = { ja: '1つの商品の行の合計', en: 'One product with all its rows' };
export const FILE: Text = { ja: 'ファイル', en: 'A file' };

export const tooManyRows = (rows: number): Text => ({
  ja: `1回に ${rows} 行までです`,
  en: `At most ${rows} rows are taken`,
});

export const unknownColumns = (names: string, known: string): Text => ({
  ja: `CSVのフォーマットが一致しません。次の項目は使えません: ${names}（使える項目: ${known}）`,
  en: `Unknown columns: ${names}. Known are: ${known}`,
});

export const missingColumns = (names: string): Text => ({
  ja: `CSVのフォーマットが一致しません。次の項目がありません: ${names}`,
  en: `Missing columns: ${names}`,
});

export const columnsTwice = (names: string): Text => ({
  ja: `CSVのフォーマットが一致しません。同じ項目が2つあります: ${names}`,
  en: `Columns that come twice: ${names}`,
});

/** Why the whole file is not taken; `line` undefined: not for one of its lines. */
export function fileRefused(
  locale: Locale,
  text: Text,
  line?: number,
  code: ErrorCode = 'INVALID',
): JobRefused {
  const message = line === undefined ? text[locale] : toldMessage(locale, line, undefined, text[locale]);
  return new JobRefused(code, message, line === undefined ? undefined : `line ${line}`);
}
