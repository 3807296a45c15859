/**
 * Passwords that are guessed first. Only those that the other rules (12 characters, letter and digit) let through need
 * a line; the stems stand for all their prolongations by digits and signs.
 */

const STEMS = [
  'password',
  'passw0rd',
  'p@ssword',
  'p@ssw0rd',
  'administrator',
  'admin',
  'welcome',
  'letmein',
  'iloveyou',
  'changeme',
  'qwerty',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'abc',
  'abcdefg',
  'abcdefgh',
  'abcdefghijkl',
  'test',
  'eccube',
  'ec-cube',
  'tegata',
  'sakura',
  'nihon',
  'tokyo',
];

const WHOLE = new Set([
  '1q2w3e4r5t6y',
  '1q2w3e4r5t6y7u',
  '1q2w3e4r5t6y7u8i',
  '1qaz2wsx3edc',
  '1qaz2wsx3edc4rfv',
  'q1w2e3r4t5y6',
  'qazwsxedc123',
  'zaq12wsxcde3',
  '123qweasdzxc',
  'qwe123qwe123',
  'abc123abc123',
  'asd123asd123',
  'a1b2c3d4e5f6',
  '123456789abc',
  '1234567890ab',
  'qwerty123456',
  'trustno1trustno1',
]);

/** Whether the password is one of the list, whatever its case and the digits and signs around it. */
export function isCommonPassword(plain: string): boolean {
  const lower = plain.toLowerCase();
  if (WHOLE.has(lower) || new Set(lower).size <= 3) return true;
  const core = lower.replace(/^[^a-z]+/, '').replace(/[^a-z]+$/, '');
  return STEMS.some((stem) => core === stem || core === stem + stem);
}
