/**
 * What EC-CUBE's forms take in a field, as rules that are put together: each answers what is wrong with a value, or nothing.
 * A value that is left empty concerns `notBlank` alone. Values come prepared (`prepare.ts`): trimmed, folded.
 */
import type { Text } from '../text.ts';
import { formMessages as say } from './messages.ts';
import { isTwig } from './twig.ts';

export type FormValue = string | number | boolean | null | undefined;

/** Undefined: nothing is wrong. */
export type FormRule = (value: FormValue) => Text | undefined;

const isEmpty = (value: FormValue): value is null | undefined | '' =>
  value === null || value === undefined || value === '';

/** A rule for what is given, as text. */
const given =
  (isGood: (text: string) => boolean, message: Text): FormRule =>
  (value) =>
    isEmpty(value) || isGood(String(value)) ? undefined : message;

export const notBlank: FormRule = (value) => (isEmpty(value) ? say.blank : undefined);

export const maxLength = (most: number): FormRule =>
  given((text) => text.length <= most || [...text].length <= most, say.tooLong(most));

export const minLength = (least: number): FormRule =>
  given((text) => [...text].length >= least, say.tooShort(least));

export const digits: FormRule = given((text) => /^\d+$/.test(text), say.digits);

export const kana: FormRule = given((text) => /^[ァ-ヶｦ-ﾟー]+$/u.test(text), say.kana);

/** As loose as the form's: `a..b.@example.com` has been an address of Japanese carriers. */
export const email: FormRule = given((text) => /^[!-?A-~]+@[!-?A-~]+\.[!-?A-~]+$/.test(text), say.email);

export const url: FormRule = given((text) => URL.canParse(text) && /^https?:/i.test(text), say.url);

export const twig: FormRule = given(isTwig, say.twig);

export const trackingNumber: FormRule = given((text) => /^[0-9a-zA-Z-]*$/.test(text), say.trackingNumber);

export const passwordLetters: FormRule = given(
  (text) => /^[!-~]+$/.test(text) && /[a-z]/i.test(text) && /\d/.test(text),
  say.passwordLetters,
);

/** The first thing that is wrong, as a form shows one message a field. */
export function firstFault(rules: readonly FormRule[], value: FormValue): Text | undefined {
  for (const rule of rules) {
    const fault = rule(value);
    if (fault) return fault;
  }
  return undefined;
}
