/**
 * Passwords that are guessed first. Only those of twelve characters and more need a line, the shorter ones are refused
 * anyway; the stems stand for all their prolongations by digits and signs, the runs for all stretches of a keyboard's rows.
 */

const STEMS = [
  'password',
  'passw0rd',
  'p@ssword',
  'p@ssw0rd',
  'administrator',
  'admin',
  'root',
  'guest',
  'login',
  'master',
  'super',
  'superuser',
  'welcome',
  'letmein',
  'iloveyou',
  'changeme',
  'secret',
  'qwerty',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'abc',
  'abcdefg',
  'test',
  'hello',
  'helloworld',
  'computer',
  'internet',
  'whatever',
  'unbelievable',
  'monkey',
  'dragon',
  'dragonball',
  'shadow',
  'sunshine',
  'princess',
  'football',
  'baseball',
  'basketball',
  'superman',
  'batman',
  'spiderman',
  'starwars',
  'pokemon',
  'doraemon',
  'naruto',
  'samsung',
  'google',
  'michael',
  'michaeljackson',
  'jordan',
  'charlie',
  'christopher',
  'jessica',
  'jesuschrist',
  'liverpool',
  'manchesterunited',
  'chelsea',
  'arsenal',
  'barcelona',
  'trustno',
  'eccube',
  'ec-cube',
  'tegata',
  'sakura',
  'nihon',
  'nippon',
  'japan',
  'tokyo',
  'osaka',
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

const ROWS = ['0123456789012345678901', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const RUNS = ROWS.flatMap((row) => [row, [...row].reverse().join('')]);
const SHORTEST_STRETCH = 4;
const FEW_CHARACTERS = 3; // different ones

/** Whether the password is one of the list, whatever its case and the digits and signs around it. */
export function isCommonPassword(plain: string): boolean {
  const lower = plain.toLowerCase();
  if (WHOLE.has(lower) || new Set(lower).size <= FEW_CHARACTERS || isRepeated(lower)) return true;
  const core = lower.replace(/^[^a-z]+/, '').replace(/[^a-z]+$/, '');
  return isStretches(lower) || STEMS.includes(core);
}

/** `abcabcabcabc`, `passwordpassword`. */
const isRepeated = (lower: string): boolean => /^(.+?)\1+$/su.test(lower);

/** `123456789012`, `qwertyuiopasdfghjkl`, `abcdefgh12345678`: nothing but stretches of four and more. */
function isStretches(lower: string): boolean {
  let from = 0;
  while (from < lower.length) {
    let length = 0;
    while (from + length < lower.length && isStretch(lower.slice(from, from + length + 1))) length += 1;
    if (length < SHORTEST_STRETCH) return false;
    from += length;
  }
  return true;
}

const isStretch = (text: string): boolean => RUNS.some((run) => run.includes(text));
