/**
 * The pieces of a text by which it can be found: every two letters that stand side by side, and of ASCII letters, of which
 * there are few and which come in long rows, every three. A text that contains another contains all of its pieces.
 * Letters come as numbers that are equal where the shop's LIKE takes the letters for equal.
 */

/** Below this a letter's number is an ASCII letter's. */
export const ASCII_LETTERS = 128;

const NO_THIRD = ASCII_LETTERS;

/** How many different pieces are told apart; two that fall together cost a look at the row, no more. */
export const GRAM_BUCKETS = 1 << 16;

/** Odd and without a pattern: what they multiply is spread over all bits. */
const [FIRST, SECOND, THIRD] = [0x9e37_79b1, 0x85eb_ca77, 0xc2b2_ae3d];

function bucketOf(one: number, two: number, three: number): number {
  let mixed = Math.imul(one, FIRST);
  mixed = Math.imul((mixed ^ (mixed >>> 15)) + two, SECOND);
  mixed = Math.imul((mixed ^ (mixed >>> 13)) + three, THIRD);
  return (mixed ^ (mixed >>> 16)) & (GRAM_BUCKETS - 1);
}

/** The buckets of a text's pieces, some perhaps more than once; none where it is too short to have any. */
export function gramsOf(letters: readonly number[]): number[] {
  const grams: number[] = [];
  for (let at = 0; at + 1 < letters.length; at += 1) {
    const one = letters[at] ?? 0;
    const two = letters[at + 1] ?? 0;
    const three = letters[at + 2] ?? ASCII_LETTERS;
    if (one >= ASCII_LETTERS || two >= ASCII_LETTERS) grams.push(bucketOf(one, two, NO_THIRD));
    else if (three < ASCII_LETTERS) grams.push(bucketOf(one, two, three));
  }
  return grams;
}
