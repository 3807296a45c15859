/** What stands behind `npm run bench --`: the benchmark's name, its words and its options, read and judged in one place. */
import { parseArgs } from 'node:util';

const OPTIONS = {
  rounds: { type: 'string' },
  posts: { type: 'string' },
  asks: { type: 'string' },
  place: { type: 'string' },
  json: { type: 'string' },
  memory: { type: 'boolean' },
  write: { type: 'boolean' },
} as const;

export type OptionName = keyof typeof OPTIONS;
type NumberName = 'rounds' | 'posts' | 'asks';
const NUMBERS: ReadonlySet<string> = new Set<NumberName>(['rounds', 'posts', 'asks']);

export type Taken = {
  readonly options: readonly OptionName[];
  /** Matches each word that may follow the name. */
  readonly words: RegExp;
};

/** Why the benchmark cannot follow this command line, in words; undefined = it can. */
export function givenFault({ options, words }: Taken, args: readonly string[]): string | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
    for (const [name, value] of Object.entries(values)) {
      if (!options.includes(name as OptionName)) return `--${name} is no option of this benchmark`;
      if (NUMBERS.has(name) && !/^[1-9]\d*$/.test(String(value))) return `--${name} takes a whole number`;
    }
    const strange = positionals.slice(1).find((word) => !words.test(word));
    return strange === undefined ? undefined : `no “${strange}” in this benchmark`;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Files read it when they are loaded, before it is judged, so that nothing is refused here. */
const { values: given, positionals } = parseArgs({ strict: false, allowPositionals: true, options: OPTIONS });

export const givenWords = (): readonly string[] => positionals.slice(1);

export const isGiven = (name: 'memory' | 'write'): boolean => given[name] === true;

export const givenText = (name: 'place' | 'json'): string | undefined => given[name]?.toString();

export const givenNumber = (name: NumberName, usual: number): number => Number(given[name] ?? usual);
