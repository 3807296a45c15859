/** An authenticator app: shows the code of a key at a time. */
import { TOTP } from 'otpauth';

/** The six digits for `key` (Base32, spaces allowed) at `now`, `steps` half-minutes later. */
export const appCode = (key: string, now: number, steps = 0): string =>
  TOTP.generate({
    secret: new TOTP({ secret: key.replaceAll(' ', '') }).secret,
    timestamp: (now + steps * 30) * 1000,
  });

/** The key that an enrolment page shows as text. */
export const shownKey = (html: string): string =>
  /<textarea[^>]*id="two-factor-key"[^>]*>([^<]+)</.exec(html)?.[1] ?? '';

/** The recovery codes that a page shows this once. */
export const shownCodes = (html: string): string[] =>
  (/<textarea[^>]*id="recovery-codes"[^>]*>([^<]+)</.exec(html)?.[1] ?? '').split('\n');
