/** What EC-CUBE's forms make of a typed value before they judge and store it. Null: nothing was typed. */
import { asKatakana, trimmed } from '../search/values.ts';

/** Trimmed of blanks, full-width ones too; nothing left is null, not ''. */
export function formText(value: string | null | undefined): string | null {
  const text = value === null || value === undefined ? '' : trimmed(value);
  return text === '' ? null : text;
}

/** Full-width letters, digits and signs as ASCII. */
export const halfWidth = (text: string): string =>
  text.replace(/[！-～]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0));

/** Phone numbers and postal codes: ASCII, without hyphens. */
export const withoutHyphens = (text: string): string => halfWidth(text).replace(/[-‐−ー–—]/g, '');

/** Hiragana becomes katakana. */
export const kanaText = (text: string): string => asKatakana(text);

/** A price as it is typed, for `readPrice`: full-width digits and commas between thousands are taken. */
export const priceText = (text: string): string => halfWidth(text).replace(/,(?=\d{3}(?!\d))/g, '');
