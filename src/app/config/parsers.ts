/** How the text of one environment variable becomes a value. A parser throws `InvalidValue` with what is wrong, never with the value. */
import { isIP } from 'node:net';
import { databaseUrlFault } from '../../database/open.ts';

export class InvalidValue extends Error {}

export type Parser<T> = (text: string) => T;

export const text: Parser<string> = (value) => value;

export const integer =
  (min: number, max: number): Parser<number> =>
  (value) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < min || number > max) {
      throw new InvalidValue(`must be a whole number from ${min} to ${max}`);
    }
    return number;
  };

export const oneOf =
  <T extends string>(...allowed: T[]): Parser<T> =>
  (value) => {
    const found = allowed.find((one) => one === value);
    if (!found) throw new InvalidValue(`must be one of ${allowed.join(', ')}`);
    return found;
  };

/** EC-CUBE's booleans: `1`/`true` and `0`/`false`. */
export const flag: Parser<boolean> = (value) => {
  if (['1', 'true', 'on', 'yes'].includes(value.toLowerCase())) return true;
  if (['0', 'false', 'off', 'no', ''].includes(value.toLowerCase())) return false;
  throw new InvalidValue('must be 1 or 0');
};

export const pattern =
  (form: RegExp, words: string): Parser<string> =>
  (value) => {
    if (!form.test(value)) throw new InvalidValue(words);
    return value;
  };

/** An absolute http(s) URL without query, fragment, credentials or trailing slash. */
export const baseUrl: Parser<string> = (value) => {
  const url = URL.parse(value);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new InvalidValue('must be an absolute http or https URL');
  if (url.search || url.hash || url.username)
    throw new InvalidValue('must have no query, fragment or user name');
  if (value.endsWith('/')) throw new InvalidValue('must not end with a slash');
  return value;
};

export const list: Parser<string[]> = (value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** EC-CUBE's host lists: a JSON array of IP addresses and CIDR ranges; a comma list is taken too. */
export const hostList: Parser<string[]> = (value) => {
  const items = value.trim().startsWith('[') ? jsonArray(value) : list(value);
  const wrong = items.find((item) => !isHostRange(item));
  if (wrong !== undefined)
    throw new InvalidValue('must be IP addresses or CIDR ranges, with commas between or as a JSON array');
  return items;
};

function jsonArray(value: string): string[] {
  try {
    const parsed: unknown = JSON.parse(value);
    if (Array.isArray(parsed) && parsed.every((item) => typeof item === 'string')) return parsed;
  } catch {
    // falls through to the refusal
  }
  throw new InvalidValue('must be a JSON array of strings');
}

function isHostRange(item: string): boolean {
  const [address = '', bits, ...rest] = item.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** Host names, addresses and CIDR ranges, with commas between. */
export const hostsAndRanges: Parser<string[]> = (value) => {
  const items = list(value);
  if (items.every((item) => !item.includes('/') || isHostRange(item))) return items;
  throw new InvalidValue('must be host names, IP addresses or CIDR ranges, with commas between');
};

/** What can be listened on: a name, or an address that is one. */
export const listenHost: Parser<string> = (value) => {
  if (isIP(value) !== 0 || (/^[a-z0-9.-]+$/i.test(value) && !/^[\d.]+$/.test(value))) return value;
  throw new InvalidValue('must be an IP address or a host name');
};

export const databaseUrl: Parser<string> = (value) => {
  const fault = databaseUrlFault(value);
  if (fault !== undefined) throw new InvalidValue(fault);
  return value;
};

export const timeZone: Parser<string> = (value) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return value;
  } catch {
    throw new InvalidValue('must be a time zone name');
  }
};
