/** Tracking numbers (お問い合わせ番号) as EC-CUBE's order pages take them; with anything else staff could not save the order any more. */
import { formMessages } from '../../../shop/forms/messages.ts';
import type { Locale } from '../../../shop/text.ts';
import type { Fault } from '../../errors.ts';
import { tooLong } from '../arguments.ts';

const MOST_CHARACTERS = 200;
const PATTERN = /^[0-9a-zA-Z-]*$/;

/** EC-CUBE's order list folds full-width letters before it judges a number. */
export const foldedTrackingNumber = (text: string): string =>
  text.replace(/[！-～]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0));

/** `argument`: as the message is to name it. `locale`: of the words; the plugin's operations speak English. */
export function trackingNumberFaults(
  argument: string,
  text: string | null | undefined,
  locale: Locale,
): Fault[] {
  const long = tooLong(text, MOST_CHARACTERS) && formMessages.tooLong(MOST_CHARACTERS)[locale];
  const faults: Fault[] = [];
  if (long) faults.push({ argument, text: long, code: 'BAD_TRACKING_NUMBER' });
  if (!PATTERN.test(text ?? '')) {
    faults.push({
      argument,
      text: formMessages.trackingNumber[locale],
      code: 'BAD_TRACKING_NUMBER',
    });
  }
  return faults;
}
