/** How the text behind an option becomes a value; what does not fit is wrong usage. */
import { InvalidArgumentError } from 'commander';

/** An option that may be given several times. */
export const collected = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** The same, of given values only. */
export const collectedFrom =
  (allowed: readonly string[]) =>
  (value: string, before: readonly string[] = []): string[] => [...before, oneFrom(allowed)(value)];

export const oneFrom =
  <T extends string>(allowed: readonly T[]) =>
  (value: string): T => {
    const found = allowed.find((one) => one === value);
    if (found === undefined) throw new InvalidArgumentError(`Give one of: ${allowed.join(', ')}.`);
    return found;
  };

export const wholeNumber =
  (min: number, max: number) =>
  (value: string): number => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < min || number > max) {
      throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
    }
    return number;
  };
