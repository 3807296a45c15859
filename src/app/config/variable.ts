/** One variable of the environment: its name, how its text becomes a value, what is said of it. */
import type { Parser } from './parsers.ts';

export type Variable<T = unknown> = {
  readonly name: string;
  readonly parse: Parser<T>;
  /** Text that is parsed when the variable is unset; undefined = the value is undefined. */
  readonly fallback?: string;
  readonly meaning: string;
  readonly unit?: string;
  readonly example: string;
  readonly secret?: boolean;
};

export const variable = <T>(
  name: string,
  parse: Parser<T>,
  about: Omit<Variable<T>, 'name' | 'parse' | 'fallback'> & { fallback: string },
): Variable<T> & { fallback: string } => ({ name, parse, ...about });

export const optional = <T>(
  name: string,
  parse: Parser<T>,
  about: Omit<Variable<T>, 'name' | 'parse' | 'fallback'>,
): Variable<T> => ({ name, parse, ...about });
