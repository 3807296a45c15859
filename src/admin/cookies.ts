/**
 * The admin's five cookies and the CSRF token drawn from them. Values that cannot be ours are read as absent.
 * Nothing else of the program writes a cookie.
 */
import { parseCookie, stringifySetCookie } from 'cookie';
import { constantTimeEqual, hmacBase64url } from '../base/bytes.ts';
import { ja, type Messages } from './i18n/ja/messages.ts';

/** `session`: the logged-in member. `browser`: the browser before login. `flash`: one message for the next page. `back`: the page to come to after the login. `link`: a login by EC-CUBE's admin that has begun. */
export type CookieKind = 'session' | 'browser' | 'flash' | 'back' | 'link';

/** One message of the closed set, with its number; never free text. */
export type FlashKey = keyof Messages['flash'];
export type Flash = { readonly key: FlashKey; readonly count: number };

/** What only this browser knows of a login by EC-CUBE's admin, and the authorization request that waits for it. */
export type LinkTry = { readonly nonce: string; readonly requestId: string };

export type AdminCookies = {
  readonly session: string | undefined;
  readonly browser: string | undefined;
  readonly flash: Flash | undefined;
  /** A path of ours with its query. */
  readonly back: string | undefined;
  readonly link: LinkTry | undefined;
};

const FLASH_SECONDS = 60;
const BACK_SECONDS = 600;
const LINK_SECONDS = 600;
const BACK_MAX_LENGTH = 1000; // characters
const TOKEN = /^[\w-]{20,128}$/;
const LINK = /^([\w-]{43})\.([\w-]{0,128})$/;
const FLASH = /^([a-zA-Z]{1,40})\.(\d{1,9})$/;

/** `__Host-` binds a cookie to this host and to HTTPS (RFC 6265bis §4.1.3.2); plain http on loopback cannot carry it. */
const cookieName = (kind: CookieKind, https: boolean): string => `${https ? '__Host-' : ''}tegata_${kind}`;

export function readCookies(header: string | undefined, https: boolean): AdminCookies {
  const jar = parseCookie(header ?? '');
  const token = (kind: CookieKind) => tokenOnly(jar[cookieName(kind, https)]);
  return {
    session: token('session'),
    browser: token('browser'),
    flash: readFlash(jar[cookieName('flash', https)]),
    back: readBack(jar[cookieName('back', https)]),
    link: readLink(jar[cookieName('link', https)]),
  };
}

const tokenOnly = (value: string | undefined): string | undefined =>
  value !== undefined && TOKEN.test(value) ? value : undefined;

function readFlash(value: string | undefined): Flash | undefined {
  const [, key, count] = FLASH.exec(value ?? '') ?? [];
  return key !== undefined && isFlashKey(key) ? { key, count: Number(count) } : undefined;
}

function readLink(value: string | undefined): LinkTry | undefined {
  const [, nonce, requestId] = LINK.exec(value ?? '') ?? [];
  return nonce === undefined ? undefined : { nonce, requestId: requestId ?? '' };
}

/** Returns a path with one leading slash and no way out of it, which is on this host in any case; else undefined. */
const readBack = (value: string | undefined): string | undefined =>
  value !== undefined && value.length <= BACK_MAX_LENGTH && /^\/[\w-][\x21-\x5b\x5d-\x7e]*$/.test(value)
    ? value
    : undefined;

const isFlashKey = (key: string): key is FlashKey => Object.hasOwn(ja.flash, key);

/** A `Set-Cookie` value. Without `maxAge` (seconds) the cookie ends with the browser. */
export function setCookie(
  kind: 'session' | 'browser',
  value: string,
  https: boolean,
  maxAge?: number,
): string {
  return serialise(kind, value, https, maxAge);
}

export const setFlash = (key: FlashKey, https: boolean, count = 0): string =>
  serialise('flash', `${key}.${count}`, https, FLASH_SECONDS);

export const setBack = (path: string, https: boolean): string => serialise('back', path, https, BACK_SECONDS);

export const setLink = ({ nonce, requestId }: LinkTry, https: boolean): string =>
  serialise('link', `${nonce}.${requestId}`, https, LINK_SECONDS);

export const clearCookie = (kind: CookieKind, https: boolean): string => serialise(kind, '', https, 0);

function serialise(kind: CookieKind, value: string, https: boolean, maxAge: number | undefined): string {
  return stringifySetCookie({
    name: cookieName(kind, https),
    value,
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: https,
    ...(maxAge === undefined ? {} : { maxAge }),
  });
}

/** The form token of one browser: `secret` is the session cookie when logged in, the browser cookie before. */
export const csrfToken = (secret: string): string => hmacBase64url(secret, 'csrf');

export const checkCsrf = (secret: string | undefined, given: unknown): boolean =>
  secret !== undefined && typeof given === 'string' && constantTimeEqual(csrfToken(secret), given);
