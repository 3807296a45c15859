/**
 * Recovery codes stand in for a lost authenticator. Each holds 125 bits, so that a plain hash keeps them (ASVS 6.5.2
 * wants a slow one below 112).
 */
import { Secret } from 'otpauth';
import { sha256Hex } from '../../base/bytes.ts';

export const RECOVERY_CODES = 10; // made at once
export const RECOVERY_SEED_BYTES = 16; // random bytes behind one code

const LENGTH = 25;
const GROUP = /.{5}/g;

/** Random bytes in hex → `ABCDE-FGHIJ-KLMNO-PQRST-UVWXY`. */
export const recoveryCode = (seedHex: string): string =>
  (Secret.fromHex(seedHex).base32.slice(0, LENGTH).match(GROUP) ?? []).join('-');

/** What is stored; bound to member and key: the codes go with the key, even when EC-CUBE's own page replaced it. */
export const recoveryCodeHash = (memberId: number, key: string, code: string): string =>
  sha256Hex(`${memberId}:${key}:${code}`);

/** What was typed, in the written form; undefined when it cannot be a code. Digits that Base32 lacks are its letters. */
export function typedRecoveryCode(typed: string): string | undefined {
  const letters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('0', 'O')
    .replaceAll('1', 'I')
    .replaceAll('8', 'B');
  if (letters.length !== LENGTH || !/^[A-Z2-7]+$/.test(letters)) return undefined;
  return (letters.match(GROUP) ?? []).join('-');
}
