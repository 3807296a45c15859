/** Prices as a writer of the shop must give them: digits, never a float. */
import { amount, fractionDigitsOf } from './search/values.ts';

/** EC-CUBE's `eccube_price_max`. */
const HIGHEST = 2_147_483_647n;

/** Decimal places of the price columns. */
const STORED_DIGITS = 2;

/** Decimal places that a price in this currency may have: JPY 0, USD 2. */
export const priceDigits = (currency: string): number => Math.min(fractionDigitsOf(currency), STORED_DIGITS);

export type ReadPrice = { readonly price: string } | { readonly fault: 'no number' | 'digits' | 'range' };

/** `1200`, `1200.50`; an amount that would have to be rounded is refused, trailing zeros are not. */
export function readPrice(text: string, currency: string): ReadPrice {
  const digits = priceDigits(currency);
  const parts = /^-?\d{1,30}(?:\.(\d{1,30}))?$/.exec(text);
  if (!parts) return { fault: 'no number' };
  if (/[1-9]/.test((parts[1] ?? '').slice(digits))) return { fault: 'digits' };
  const price = amount(text, digits);
  if (price === undefined) return { fault: 'no number' };
  const whole = BigInt(price.split('.')[0] ?? '0');
  const isWhole = !/\.\d*[1-9]/.test(price);
  if (price.startsWith('-') || whole > HIGHEST || (whole === HIGHEST && !isWhole)) return { fault: 'range' };
  return { price };
}
