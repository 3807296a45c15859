/** Judges the form of an extension by a JSON Schema (Ajv) and says each fault with its place, in words for who wrote the file. */
import { Ajv, type ErrorObject } from 'ajv';

/** Beside JSON Schema's own keywords: */
export type Shape = {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | false;
  readonly items?: Shape;
  /** What a value must be, as in “a list of names”: said once for all that is wrong in it, and when it is missing. */
  readonly must?: string;
};

export const TEXT: Shape = { type: 'string', minLength: 1 };
export const TEXTS: Shape = { type: 'array', items: TEXT, must: 'a list of names' };
export const FUNCTION: Shape = { isFunction: true, must: 'a function' };

export const record = (
  properties: Readonly<Record<string, Shape>>,
  required: readonly string[] = [],
): Shape => ({
  type: 'object',
  properties,
  required,
});

/** An object that has no other fields than these. */
export const closed = (
  properties: Readonly<Record<string, Shape>>,
  required: readonly string[] = [],
): Shape => ({ ...record(properties, required), additionalProperties: false });

/** Names that the author chooses, each with a value of this form. */
export const named = (form: Shape): Shape => ({ type: 'object', additionalProperties: form });

export const listOf = (items: Shape): Shape => ({ type: 'array', items });

/** What may be left out by `null`, as an empty entry of YAML is. */
export const orNull = (form: Shape): Shape => ({ ...form, type: [form.type, 'null'] });

const ajv = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true });
ajv.addKeyword({ keyword: 'must', schemaType: 'string' });
ajv.addKeyword({
  keyword: 'isFunction',
  schemaType: 'boolean',
  validate: (_wanted: boolean, value: unknown) => typeof value === 'function',
});

/** Returns the judge of this form: one line for each fault, none when the value has it. */
export function formJudge(form: Shape): (value: unknown) => string[] {
  const judge = ajv.compile(form);
  return (value) =>
    judge(value) ? [] : [...new Set((judge.errors ?? []).map((error) => told(form, error)))];
}

function told(form: Shape, { keyword, instancePath, params, parentSchema }: ErrorObject): string {
  const names = instancePath.split('/').slice(1).map(unescaped);
  if (keyword === 'required') names.push(String(params.missingProperty));
  const { place, must } = faultIn(form, names);
  if (must !== undefined) return `${place}: must be ${must}`;
  if (keyword === 'required') return `${place}: is missing`;
  if (keyword === 'additionalProperties') {
    const known = Object.keys((parentSchema as Shape).properties ?? {}).join(', ');
    return `${within(place, String(params.additionalProperty))}: not known here; ${known} are`;
  }
  return `${place || 'the file'}: must ${MUST[String(params.type).split(',')[0] ?? ''] ?? 'be a text'}`;
}

const MUST: Readonly<Record<string, string>> = { object: 'hold names and values', array: 'be a list' };

/** The place, as far down as the first form that says all that is wrong in it. */
function faultIn(form: Shape, names: readonly string[]): { place: string; must: string | undefined } {
  let [at, place]: [Shape | undefined, string] = [form, ''];
  for (const name of names) {
    place = at?.items ? `${place}[${name}]` : within(place, name);
    at = at?.items ?? at?.properties?.[name] ?? (at?.additionalProperties || undefined);
    if (at?.must !== undefined) return { place, must: at.must };
  }
  return { place, must: undefined };
}

const within = (place: string, name: string): string => (place === '' ? name : `${place}.${name}`);

/** RFC 6901 §3. */
const unescaped = (name: string): string => name.replaceAll('~1', '/').replaceAll('~0', '~');
