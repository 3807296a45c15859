/** How much may be looked up by ids, numbers or codes at once. */
import type { Locale } from '../shop/text.ts';
import { InvalidArgument } from './errors.ts';

/** Values in one look-up, doubles left out. */
export const MOST_LOOKED_UP = 1000;

export function tooManyLookedUp(argument: string, most: number, locale: Locale): InvalidArgument {
  const text = {
    ja: `値が多すぎます。合わせて${most}個以内にしてください。`,
    en: `Too many values. At most ${most} are allowed in all.`,
  }[locale];
  return new InvalidArgument([{ argument, text, code: 'LIMIT' }]);
}
