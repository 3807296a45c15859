/** Which language a page speaks, and its words. */
import Negotiator from 'negotiator';
import type { Locale } from '../../shop/text.ts';
import { en } from './en/messages.ts';
import { ja, type Messages } from './ja/messages.ts';

const CATALOGUES: Readonly<Record<Locale, Messages>> = { ja, en };

const LOCALES = Object.keys(CATALOGUES);

export const messagesFor = (locale: Locale): Messages => CATALOGUES[locale];

/**
 * The language of one request. `ECCUBE_LOCALE=en` settles it; otherwise a browser that takes English and no Japanese gets
 * English (RFC 9110 §12.5.4). Every other one reads Japanese, the shop's own language.
 */
export function localeFor(configured: Locale, acceptLanguage: string | undefined): Locale {
  if (configured === 'en') return 'en';
  const taken = new Negotiator({ headers: { 'accept-language': acceptLanguage ?? '*' } }).languages(LOCALES);
  return taken.includes('en') && !taken.includes('ja') ? 'en' : 'ja';
}
