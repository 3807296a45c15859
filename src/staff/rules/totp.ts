/**
 * Time-based one-time passwords as EC-CUBE's two-factor authentication makes and reads them (RFC 6238: SHA-1, six
 * digits, 30 seconds; two steps either way are accepted). That a code is not taken twice is `staff/store/two-factor.ts`.
 */
import { createHmac } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const PERIOD_SECONDS = 30;
const DIGITS = 6;
const ALGORITHM = 'SHA1';
const WINDOW_STEPS = 2; // RobThree TwoFactorAuth's discrepancy in EC-CUBE
const KEY_BYTES = 20; // RFC 4226 §4 R6 recommends 160 bits; EC-CUBE itself makes 80 and reads any length

/** What was typed, with the full-width digits of a Japanese keyboard made plain; undefined when it is not six digits. */
export function totpCode(typed: string): string | undefined {
  const code = typed.normalize('NFKC').replaceAll(/\s/g, '');
  return /^[0-9]{6}$/.test(code) ? code : undefined;
}

/** The time step that `code` belongs to; undefined when it is none near `now`, or the key is not Base32. */
export function totpStep(code: string, key: string, now: number): number | undefined {
  const secret = secretOf(key);
  if (!secret) return undefined;
  const delta = TOTP.validate({
    token: code,
    secret,
    algorithm: ALGORITHM,
    digits: DIGITS,
    period: PERIOD_SECONDS,
    timestamp: now * 1000,
    window: WINDOW_STEPS,
  });
  return delta === null ? undefined : Math.floor(now / PERIOD_SECONDS) + delta;
}

/**
 * The key offered for enrolment, drawn from the browser's session token: nothing has to be kept between showing the QR
 * code and the first right code, and no one but this session can be offered the same. `round` makes it another one
 * after each use of a factor.
 */
export function enrolmentKey(sessionToken: string, round: number): string {
  const mac = createHmac('sha256', sessionToken).update(`two-factor enrolment ${round}`).digest();
  return Secret.fromHex(mac.subarray(0, KEY_BYTES).toString('hex')).base32;
}

/** The `otpauth://` address that authenticator apps read from the QR code. */
export const enrolmentUri = (key: string, issuer: string, loginId: string): string =>
  new TOTP({
    issuer,
    label: loginId,
    secret: key,
    algorithm: ALGORITHM,
    digits: DIGITS,
    period: PERIOD_SECONDS,
  }).toString();

function secretOf(key: string): Secret | undefined {
  try {
    return Secret.fromBase32(key);
  } catch {
    return undefined;
  }
}
