/** Which language a page speaks, and its words. */

import type { Locale } from '../../shop/text.ts';
import { en } from './en/messages.ts';
import { ja, type Messages } from './ja/messages.ts';

const CATALOGUES: Readonly<Record<Locale, Messages>> = { ja, en };

export const messagesFor = (locale: Locale): Messages => CATALOGUES[locale];

/**
 * The language of one request. `ECCUBE_LOCALE=en` settles it; otherwise a browser that asks for English and not for
 * Japanese gets English (RFC 9110 §12.5.4, order only: browsers list by preference). Everybody else reads Japanese.
 */
export function localeFor(configured: Locale, acceptLanguage: string | undefined): Locale {
  if (configured === 'en') return 'en';
  const asked = (acceptLanguage ?? '')
    .toLowerCase()
    .split(',')
    .map((range) => range.trim());
  const speaks = (language: Locale) =>
    asked.some(
      (range) => range === language || range.startsWith(`${language}-`) || range.startsWith(`${language};`),
    );
  return speaks('en') && !speaks('ja') ? 'en' : 'ja';
}
