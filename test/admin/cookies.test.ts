import { describe, expect, test } from 'vitest';
import {
  checkCsrf,
  clearCookie,
  csrfToken,
  readCookies,
  setBack,
  setCookie,
  setFlash,
} from '../../src/admin/cookies.ts';

const TOKEN = 'q3Vb0y7m1Xc9Rk2Lz8Wd4Ns6Tf5Hj0Pg_uYeAaBbCcD';
const HTTPS = { https: true, basePath: '' };
const PLAIN = { https: false, basePath: '' };
const asHeader = (setCookieHeader: string): string => setCookieHeader.split(';')[0] ?? '';

describe('attributes', () => {
  test('on HTTPS the session is bound to the host', () => {
    expect(setCookie('session', TOKEN, HTTPS)).toBe(
      `__Host-tegata_session=${TOKEN}; Path=/; HttpOnly; Secure; SameSite=Lax`,
    );
  });

  test('on plain http it carries neither prefix nor Secure', () => {
    expect(setCookie('session', TOKEN, PLAIN)).toBe(
      `tegata_session=${TOKEN}; Path=/; HttpOnly; SameSite=Lax`,
    );
  });

  test('clearing ends it at once, under the same name and path', () => {
    expect(clearCookie('browser', HTTPS)).toContain('__Host-tegata_browser=; Max-Age=0; Path=/');
  });
});

describe('reading', () => {
  test('gives back what was set', () => {
    const header = [
      setCookie('session', TOKEN, HTTPS),
      setCookie('browser', TOKEN, HTTPS),
      setFlash('tokensCleared', HTTPS, 12),
      setBack('/admin/api/oauth?q=%E5%9C%A8', HTTPS),
    ]
      .map(asHeader)
      .join('; ');
    expect(readCookies(header, HTTPS)).toEqual({
      session: TOKEN,
      browser: TOKEN,
      flash: { key: 'tokensCleared', count: 12 },
      back: '/admin/api/oauth?q=%E5%9C%A8',
    });
  });

  // ADV-31: a malformed cookie is no cookie.
  test.each([
    '',
    'tegata_session',
    'tegata_session=',
    'tegata_session=short',
    `tegata_session=${TOKEN}%00`,
    `tegata_session="${TOKEN}`,
    `tegata_session=${'a'.repeat(129)}`,
    'tegata_session=%E0%A4%A',
  ])('takes %j for no session', (header) => {
    expect(readCookies(header, PLAIN).session).toBeUndefined();
  });

  test('on HTTPS a cookie without the prefix is not ours', () => {
    expect(readCookies(`tegata_session=${TOKEN}`, HTTPS).session).toBeUndefined();
  });

  test.each(['constructor.0', 'saved', 'saved.x', 'saved.9999999999', '<b>.1', 'toString.1'])(
    'takes flash %j for none',
    (value) => {
      expect(readCookies(`tegata_flash=${value}`, PLAIN).flash).toBeUndefined();
    },
  );
});

describe('CSRF', () => {
  test('only the token of this browser passes', () => {
    expect(checkCsrf(TOKEN, csrfToken(TOKEN))).toBe(true);
    expect(checkCsrf(TOKEN, csrfToken('another browser'))).toBe(false);
    expect(checkCsrf(TOKEN, undefined)).toBe(false);
    expect(checkCsrf(TOKEN, ['x'])).toBe(false);
    expect(checkCsrf(undefined, csrfToken(TOKEN))).toBe(false);
  });
});
