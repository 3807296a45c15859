/** Letters as numbers that are equal where the shop's LIKE takes the letters for equal; ASCII letters have those below 128. */
import { type RawBuilder, sql } from 'kysely';
import type { LetterWeights } from '../../database/dialect/kit.ts';
import type { Store } from '../../database/open.ts';
import { ASCII_LETTERS } from '../text-grams.ts';

export type LetterNumbers = {
  /** The numbers of the texts' letters; asks the database about those it has not met. */
  of(texts: readonly string[]): Promise<number[][]>;
};

const LETTERS_IN_ONE_QUESTION = 500;
/** Letters of two UTF-16 units: collations before UCA 9 take all of them for one, whatever weights they say. */
const BEYOND = Number.MAX_SAFE_INTEGER;

/** `columns`: where the letters stand, `[table, column]`. undefined = these columns differ, so no letters can be compared once for all. */
export async function letterNumbers(
  { db, kit }: Pick<Store, 'db' | 'kit'>,
  columns: readonly (readonly [string, string])[],
): Promise<LetterNumbers | undefined> {
  const { sameLetters } = kit;
  if (typeof sameLetters === 'function') {
    return { of: async (texts) => texts.map((text) => codePoints(sameLetters(text))) };
  }
  const collations = await Promise.all(
    columns.map(([table, column]) => collationOf(db, sameLetters, table, column)),
  );
  const [collation] = collations;
  if (collation === undefined || collations.some((one) => one !== collation)) return undefined;
  return weighed({ db }, sameLetters, collation);
}

function codePoints(text: string): number[] {
  const points: number[] = [];
  for (const letter of text) points.push(letter.codePointAt(0) ?? 0);
  return points;
}

async function collationOf(
  db: Store['db'],
  { collation }: LetterWeights,
  table: string,
  column: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`${collation(table, column)}`.execute(db);
  return rows[0]?.name;
}

async function weighed(
  { db }: Pick<Store, 'db'>,
  { weights }: LetterWeights,
  collation: string,
): Promise<LetterNumbers> {
  const known = new Map<string, number>();
  const numbers = new Map<string, number>(); // by weight
  let next = 0;
  const learn = async (letters: readonly string[]): Promise<void> => {
    for (let from = 0; from < letters.length; from += LETTERS_IN_ONE_QUESTION) {
      const some = letters.slice(from, from + LETTERS_IN_ONE_QUESTION);
      const columns = some.map(
        (letter, at): RawBuilder<unknown> => sql`${weights(letter, collation)} as ${sql.id(`w${at}`)}`,
      );
      const { rows } = await sql<Record<string, string>>`select ${sql.join(columns)}`.execute(db);
      some.forEach((letter, at) => {
        const weight = rows[0]?.[`w${at}`] ?? '';
        const number = numbers.get(weight) ?? next++;
        numbers.set(weight, number);
        known.set(letter, number);
      });
    }
  };
  await learn(Array.from({ length: ASCII_LETTERS }, (_, code) => String.fromCharCode(code)));
  next = ASCII_LETTERS;
  return {
    of: async (texts) => {
      const spelled = texts.map((text) => Array.from(text));
      await learn([...new Set(spelled.flat())].filter((letter) => letter.length === 1 && !known.has(letter)));
      return spelled.map((letters) => letters.map((letter) => known.get(letter) ?? BEYOND));
    },
  };
}
