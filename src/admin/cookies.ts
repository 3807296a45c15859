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

/** Where cookies are set: what their names and attributes depend on. */
export type CookieJar = {
  readonly https: boolean;
  /** The path of `PUBLIC_URL`; '' = none. */
  readonly basePath: string;
};

/**
 * `__Host-` binds a cookie to this host and to HTTPS (RFC 6265bis §4.1.3.2); plain http on loopback cannot carry it. It takes
 * no path but `/`, so that the name tells two installations on one host apart. EC-CUBE's cookies begin with `eccube`.
 */
const cookieName = (kind: CookieKind, { https, basePath }: CookieJar): string =>
  `${https ? '__Host-' : ''}tegata_${kind}${basePath.replaceAll('/', '.')}`;

export function readCookies(header: string | undefined, jar: CookieJar): AdminCookies {
  const all = parseCookie(header ?? '');
  const token = (kind: CookieKind) => tokenOnly(all[cookieName(kind, jar)]);
  return {
    session: token('session'),
    browser: token('browser'),
    flash: readFlash(all[cookieName('flash', jar)]),
    back: readBack(all[cookieName('back', jar)]),
    link: readLink(all[cookieName('link', jar)]),
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
  jar: CookieJar,
  maxAge?: number,
): string {
  return serialise(kind, value, jar, maxAge);
}

export const setFlash = (key: FlashKey, jar: CookieJar, count = 0): string =>
  serialise('flash', `${key}.${count}`, jar, FLASH_SECONDS);

export const setBack = (path: string, jar: CookieJar): string => serialise('back', path, jar, BACK_SECONDS);

export const setLink = ({ nonce, requestId }: LinkTry, jar: CookieJar): string =>
  serialise('link', `${nonce}.${requestId}`, jar, LINK_SECONDS);

export const clearCookie = (kind: CookieKind, jar: CookieJar): string => serialise(kind, '', jar, 0);

function serialise(kind: CookieKind, value: string, jar: CookieJar, maxAge: number | undefined): string {
  return stringifySetCookie({
    name: cookieName(kind, jar),
    value,
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: jar.https,
    ...(maxAge === undefined ? {} : { maxAge }),
  });
}

/** The form token of one browser: `secret` is the session cookie when logged in, the browser cookie before. */
export const csrfToken = (secret: string): string => hmacBase64url(secret, 'csrf');

export const checkCsrf = (secret: string | undefined, given: unknown): boolean =>
  secret !== undefined && typeof given === 'string' && constantTimeEqual(csrfToken(secret), given);
