/** Values of an input object judged by EC-CUBE's rules, with the path of each fault: `items[3].stock`. */
import { type FormRule, type FormValue, firstFault } from '../../shop/forms/rules.ts';
import type { Locale } from '../../shop/text.ts';
import { type Fault, InvalidArgument } from '../errors.ts';

/** Field of the input → its rules, in the order in which the form judges. */
export type FormRules = Readonly<Record<string, readonly FormRule[]>>;

/**
 * A field that is absent is not judged: an update leaves it alone. For a new row give null for what is absent (`whole`), so
 * that `notBlank` speaks. `place`: the path of the input object.
 */
export function formFaults(
  locale: Locale,
  rules: FormRules,
  values: Readonly<Record<string, unknown>>,
  place?: string,
): Fault[] {
  return Object.entries(rules).flatMap(([name, ofField]) => {
    if (values[name] === undefined) return [];
    const fault = firstFault(ofField, values[name] as FormValue);
    return fault ? [faultAt(fieldPath(place, name), fault[locale])] : [];
  });
}

/** Null for every field that has a rule and is absent. */
export const whole = <T extends Readonly<Record<string, unknown>>>(rules: FormRules, values: T): T => ({
  ...Object.fromEntries(Object.keys(rules).map((name) => [name, null])),
  ...values,
});

export const fieldPath = (place: string | undefined, name: string): string =>
  place === undefined ? name : `${place}.${name}`;

/** A fault at a path; its message begins with the path. */
export const faultAt = (path: string, text: string, code: Fault['code'] = 'INVALID'): Fault => ({
  argument: path,
  field: path,
  text,
  code,
});

/** @throws InvalidArgument of all of them, when there are any */
export function throwFaults(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new InvalidArgument(faults);
}
