/** Single values of a search form, prepared as EC-CUBE prepares them (docs/eccube/graphql.md, Searches). */
import type { Cleaning } from './search.ts';

/** The highest id of any database: EC-CUBE's ids are `int unsigned` on MySQL. PostgreSQL's end at half of it. */
export const MAX_ID = 4_294_967_295;

/** Trimmed at both ends of all Unicode space and control characters; '' when nothing is left. No stored text holds NUL or half a letter. */
export function trimmed(text: string): string {
  const whole = text.toWellFormed().replaceAll('\0', '');
  let end = whole.length;
  // A pattern for blanks at the end would look behind every blank in the middle.
  while (end > 0 && BLANK.test(whole[end - 1] ?? '')) end--;
  return whole.slice(0, end).replace(/^[\p{Z}\p{Cc}]+/u, '');
}

const BLANK = /^[\p{Z}\p{Cc}]$/u;

export const cleaned = (text: string, cleaning: Cleaning): string =>
  cleaning === 'without spaces' ? text.replace(/[\s\p{Z}]+/gu, '') : text;

/** The id that a search word stands for: up to ten digits; undefined when it can be no id. */
export function searchedId(text: string): number | undefined {
  if (!/^\d{1,10}$/.test(text)) return undefined;
  const id = Number(text);
  return id > 0 && id <= MAX_ID ? id : undefined;
}

export const likePattern = (text: string, escaped = false): string =>
  `%${escaped ? text.replace(/[\\%_]/g, '\\$&') : text}%`;

/** Hiragana as katakana. */
export const asKatakana = (text: string): string =>
  text.replace(/[ぁ-ゖ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60));

/** Characters of an amount that any currency and any column could hold, its commas and leading zeros included. */
const LONGEST_AMOUNT = 40;

/**
 * An amount of money as digits, rounded half up to the currency's fraction; thousands may be set apart by commas.
 * Never a float: `1000.5` with no fraction digits is `1001`. undefined when it is no number.
 */
export function amount(text: string, fractionDigits: number): string | undefined {
  if (text.length > LONGEST_AMOUNT) return undefined;
  const parts = /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)?(?:\.(\d*))?$/.exec(text);
  if (!parts) return undefined;
  const whole = (parts[2] ?? '').replaceAll(',', '');
  const fraction = parts[3] ?? '';
  if (whole + fraction === '') return undefined;
  const kept = BigInt(`${whole}${fraction.slice(0, fractionDigits).padEnd(fractionDigits, '0')}` || '0');
  const scaled = kept + ((fraction[fractionDigits] ?? '0') >= '5' ? 1n : 0n);
  const digits = scaled.toString().padStart(fractionDigits + 1, '0');
  const split = digits.length - fractionDigits;
  const sign = parts[1] === '-' && scaled !== 0n ? '-' : '';
  return `${sign}${digits.slice(0, split)}${fractionDigits > 0 ? `.${digits.slice(split)}` : ''}`;
}

/** Digits behind the point that a currency has: JPY 0, USD 2. */
export const fractionDigitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 0;
