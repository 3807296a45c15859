/** What an external id may be. */
import { formMessages } from '../../../shop/forms/messages.ts';
import type { Text } from '../../../shop/text.ts';

const MOST_CHARACTERS = 255;

const ODD: Text = {
  ja: '外部IDの前後の空白と制御文字は使えません。',
  en: 'An external ID has no blanks around it and no control characters.',
};

/** undefined: nothing is wrong with it. Blanks at an end would be told apart by some databases only. */
export function externalIdFault(text: string): Text | undefined {
  if (text === '') return formMessages.blank;
  if ([...text].length > MOST_CHARACTERS) return formMessages.tooLong(MOST_CHARACTERS);
  return text.trim() !== text || /\p{Cc}/u.test(text) || !text.isWellFormed() ? ODD : undefined;
}
