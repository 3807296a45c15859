/** What is said about a search argument that cannot be honoured: EC-CUBE's own words (docs/eccube/graphql.md, Messages). */
import type { Locale } from '../text.ts';

export type SearchMessages = {
  choice: string;
  date: string;
  birth: string;
  tooEarly: string;
  order: string;
  amount: string;
  range: string;
  tooLong(length: number): string;
  kana: string;
  phone: string;
  number: string;
  positive: string;
  limit(most: number): string;
  sortKey(keys: readonly string[]): string;
  cursor: string;
  withFirst: string;
  withCursor: string;
};

// `order` is what the real shop answers: a key for which EC-CUBE has no text, in either language.
const RANGE_ORDER = 'admin.product.date_range_error';

export const searchMessages: Readonly<Record<Locale, SearchMessages>> = {
  ja: {
    choice: '選択した値は無効です。',
    date: '有効な日付を入力してください。',
    birth: '有効な生年月日を入力してください。',
    tooEarly: '不正な日付です。',
    order: RANGE_ORDER,
    amount: '有効な金額を入力してください。',
    range: '0以上2147483647以下でなければなりません。',
    tooLong: (length) => `値が長すぎます。${length}文字以内でなければなりません。`,
    kana: 'カタカナで入力してください。',
    phone: '半角英数字かハイフンのみを入力してください。',
    number: '数字で入力してください。',
    positive: '0より大きくなければなりません。',
    limit: (most) => `${most}以下でなければなりません。`,
    sortKey: (keys) => `並び替えの項目は次のいずれかです: ${keys.join(', ')}`,
    cursor: 'カーソルが正しくありません。同じ並び順の結果の endCursor を指定してください。',
    withFirst: 'first と limit は同時に指定できません。',
    withCursor: 'first・after と page は同時に指定できません。',
  },
  en: {
    choice: 'The selected choice is invalid.',
    date: 'Please enter a valid date.',
    birth: 'Please enter a valid birthdate.',
    tooEarly: 'The date is invalid.',
    order: RANGE_ORDER,
    amount: 'Please enter a valid money amount.',
    range: 'This value should be between 0 and 2147483647.',
    tooLong: (length) => `This value is too long. It should have ${length} characters or less.`,
    kana: 'Please enter in katakana.',
    phone: 'Please enter only half-width alphanumeric characters or hyphens.',
    number: 'Please enter a number.',
    positive: 'This value should be greater than 0.',
    limit: (most) => `This value should be ${most} or less.`,
    sortKey: (keys) => `The sort key must be one of: ${keys.join(', ')}`,
    cursor: 'The cursor is not valid. Give the endCursor of a result with the same sort order.',
    withFirst: 'first and limit cannot be given together.',
    withCursor: 'page cannot be given together with first or after.',
  },
};
