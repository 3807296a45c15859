/** Parameters of a query or form body, each at most once. */
import { OAuthError } from './errors.ts';

export type Params = ReadonlyMap<string, string>;

// A NUL or another control character belongs in no OAuth parameter and upsets databases (RFC 6749 appendix A: VSCHAR).
const CONTROL = /(?![\t\n\r])\p{Cc}/u;

export type ReadParams = {
  params: Params;
  /** `resource` is the one parameter that may come more than once (RFC 8707 §2). */
  resources: readonly string[];
  repeated: readonly string[];
  malformed: readonly string[];
};

/**
 * Reads `a=b&c=d`. RFC 6749 §3.1, §3.2: a parameter without a value counts as omitted, and none may come twice; what came
 * twice, holds control characters or is no UTF-8 is named, so that the caller can say it in its own form.
 */
export function readParams(encoded: string): ReadParams {
  const params = new Map<string, string>();
  const seen = new Set<string>();
  const repeated = new Set<string>();
  const malformed = new Set<string>();
  const resources: string[] = [];
  const pairs = [...new URLSearchParams(encoded)];
  const broken = holdsBrokenBytes(encoded, pairs);
  for (const [name, value] of pairs) {
    if (seen.has(name) && name !== 'resource') repeated.add(name);
    seen.add(name);
    if (CONTROL.test(value) || (broken && value.includes('\ufffd'))) malformed.add(name);
    if (value === '') continue;
    params.set(name, value);
    if (name === 'resource') resources.push(value);
  }
  return { params, resources, repeated: [...repeated], malformed: [...malformed] };
}

/** The decoder puts U+FFFD where bytes are no UTF-8: then there are more of it than were sent. */
const holdsBrokenBytes = (encoded: string, pairs: readonly [string, string][]): boolean =>
  pairs.some((pair) => pair.some((text) => text.includes('\ufffd'))) &&
  pairs.flat().join('').split('\ufffd').length !== encoded.split(/%EF%BF%BD/i).length;

/** The parameters of a token-style request; anything repeated or malformed is an `invalid_request`. */
export function strictParams(encoded: string): Pick<ReadParams, 'params' | 'resources'> {
  const { params, resources, repeated, malformed } = readParams(encoded);
  if (repeated[0] !== undefined) {
    throw new OAuthError(
      'invalid_request',
      `The parameter ${printable(repeated[0])} is sent more than once.`,
    );
  }
  if (malformed[0] !== undefined) {
    throw new OAuthError(
      'invalid_request',
      `The parameter ${printable(malformed[0])} holds characters that are not allowed.`,
    );
  }
  return { params, resources };
}

/** RFC 6749 §5.2: error_description keeps to %x20-21 / %x23-5B / %x5D-7E. */
export const printable = (text: string): string =>
  text.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?').slice(0, 64);

/** A parameter that must be there. */
export function required(params: Params, name: string): string {
  const value = params.get(name);
  if (value === undefined) throw new OAuthError('invalid_request', `The parameter ${name} is missing.`);
  return value;
}
