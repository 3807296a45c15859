/** Language, policy and files: what surrounds the pages. */
import { describe, expect, test } from 'vitest';
import { loadAssets } from '../../src/admin/assets.ts';
import { contentSecurityPolicy, leadingOutPolicy } from '../../src/admin/csp.ts';
import { localeFor, messagesFor } from '../../src/admin/i18n/messages.ts';
import { paths } from '../../src/admin/paths.ts';
import { duration } from '../../src/admin/ui/time.ts';

describe('language', () => {
  test.each([
    ['ja', undefined, 'ja'],
    ['ja', 'ja,en-US;q=0.9,en;q=0.8', 'ja'],
    ['ja', 'en-US,en;q=0.9', 'en'],
    ['ja', 'fr-FR', 'ja'],
    ['ja', 'en;q=0.5, JA-jp', 'ja'],
    ['en', 'ja', 'en'],
  ] as const)('configured %s, browser %s → %s', (configured, accept, expected) => {
    expect(localeFor(configured, accept)).toBe(expected);
  });

  test('durations take the largest whole unit', () => {
    expect([3600, 2_592_000, 600, 90].map((seconds) => duration(seconds, messagesFor('ja')))).toEqual([
      '1時間',
      '30日',
      '10分',
      '90秒',
    ]);
    expect(duration(3600, messagesFor('en'))).toBe('1 hour');
  });
});

describe('policy', () => {
  test('lets forms lead to this very origin, but for pages whose form ends at a client', () => {
    expect(contentSecurityPolicy()).toBe(`${leadingOutPolicy()}; form-action 'self'`);
    expect(leadingOutPolicy()).not.toContain('form-action');
  });
});

describe('files', () => {
  const { urls, byUrl } = loadAssets(paths('kanri'));

  test('every URL lies under the admin route, carries a hash, and is served with its type', () => {
    for (const url of Object.values(urls)) {
      expect(url).toMatch(/^\/kanri\/assets\/[0-9a-f]{16}\/[a-z.]+$/);
      expect(byUrl.get(url)?.body.length).toBeGreaterThan(100);
    }
    expect(byUrl.get(urls.style)?.type).toBe('text/css; charset=utf-8');
    expect(byUrl.get(urls.script)?.etag).toBe(`"${urls.script.split('/')[3]}"`);
  });

  test('no style sheet asks for a file that is not there', () => {
    const css = [urls.bootstrap, urls.style].map((url) => byUrl.get(url)?.body.toString() ?? '').join('\n');
    const asked = [...css.matchAll(/url\(["']?([^"')]*)/g)].map(([, target]) => target ?? '');
    expect(asked.filter((target) => !/^(data:|#|%23)/.test(target))).toEqual([]);
    expect(css).not.toContain('sourceMappingURL');
  });
});
