/** Why a delivery did not arrive, in the reader's language where the reason is a known one. */
import type { Messages } from '../i18n/ja/messages.ts';

const KNOWN: readonly (readonly [pattern: RegExp, word: keyof Messages['webhookErrors']['words']])[] = [
  [/^no answer in time/, 'noAnswer'],
  [/^no connection in time/, 'noConnection'],
  [/^refused: /, 'addressRefused'],
  [/ECONNREFUSED/, 'connectionRefused'],
  [/ENOTFOUND|EAI_AGAIN/, 'unknownHost'],
  [/ECONNRESET|socket hang up/, 'cut'],
  [/certificate/i, 'certificate'],
];

/** The words, and behind them the reason as it was written down. */
export function webhookErrorText(error: string, { webhookErrors: t }: Messages): string {
  const word = KNOWN.find(([pattern]) => pattern.test(error))?.[1];
  return word === undefined ? error : t.said(t.words[word], error);
}
