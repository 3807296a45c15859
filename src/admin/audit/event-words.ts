/** Events in words: what the detail of one says, and for failures what to do about it. */
import type { EventKind } from '../../audit/kinds.ts';
import type { Messages } from '../i18n/ja/messages.ts';
import { sayingInJapanese } from '../i18n/ja/sayings.ts';

type Value = string | number | boolean | null | readonly string[];
export type Detail = Readonly<Record<string, Value>>;

/** Facts that the rules say in English. */
const SPOKEN: readonly string[] = ['description', 'detail', 'fault', 'why'];

/** `words[key]` where the language has it. */
const look = <T>(words: Readonly<Record<string, T>>, key: unknown): T | undefined =>
  typeof key === 'string' && Object.hasOwn(words, key) ? words[key] : undefined;

/** One line a fact, the reason first. */
export function eventFacts(detail: Detail, messages: Messages): string[] {
  const { audit: t } = messages;
  const { reason, differs, ...others } = detail;
  const named: Readonly<Record<string, string>> = t.names;
  return [
    ...(reason === undefined ? [] : [t.reason(reasonInWords(reason, messages))]),
    ...(Array.isArray(differs) ? [t.differs(partsInWords(differs, messages))] : []),
    ...Object.entries(others)
      .filter(([, value]) => value !== null && value !== '')
      .map(([key, value]) => t.fact(look(named, key) ?? key, factInWords(key, value, messages))),
  ];
}

const partsInWords = (parts: readonly string[], { audit, lang }: Messages): string =>
  parts.map((part) => look<string>(audit.parts, part) ?? part).join(lang === 'ja' ? '・' : ', ');

const reasonInWords = (reason: Value, messages: Messages): string =>
  look<string>(messages.audit.loginReasons, reason) ??
  look<{ text: string }>(messages.authorizeErrors.reasons, reason)?.text ??
  look<{ text: string }>(messages.failures.errors, reason)?.text ??
  saying(reason, messages);

/** A sentence of the rules, in the page's language; what is not known is told to be in the export. */
function saying(value: Value, messages: Messages): string {
  const text = valueInWords(value, messages);
  if (messages.lang !== 'ja' || !isEnglish(text)) return text;
  return sayingInJapanese(text) ?? messages.audit.untranslated;
}

/** Two words of letters or more and no other script; one word is a code, and stays. */
const isEnglish = (text: string): boolean => /^[\x20-\x7e’“”]+$/.test(text) && /[a-z] [a-z]/i.test(text);

const factInWords = (key: string, value: Value, messages: Messages): string =>
  (key === 'secondStep' ? look<string>(messages.audit.secondSteps, value) : undefined) ??
  (key === 'csv' ? look<string>(messages.jobs.kinds, value) : undefined) ??
  (key === 'form' ? look<string>(messages.audit.fileForms, value) : undefined) ??
  (key === 'kept' ? look<string>(messages.audit.keptKinds, value) : undefined) ??
  (key === 'pkce' ? look<string>(messages.form.pkceNames, value) : undefined) ??
  (SPOKEN.includes(key) ? saying(value, messages) : valueInWords(value, messages));

function valueInWords(value: Value, { audit }: Messages): string {
  if (typeof value === 'boolean') return value ? audit.yes : audit.no;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : (value ?? []).join(' ');
}

/** What went wrong and what helps. */
export function failureAdvice(
  kind: EventKind,
  detail: Detail,
  { failures, authorizeErrors }: Messages,
): { text: string; todo: string } {
  const onPage = look<{ text: string; next: string }>(authorizeErrors.reasons, detail.reason);
  if (onPage) return { text: onPage.text, todo: onPage.next };
  const known: Readonly<Record<string, { text: string; todo: string }>> = failures.errors;
  return look(known, kind) ?? look(known, detail.error) ?? look(known, detail.reason) ?? failures.unknown;
}
