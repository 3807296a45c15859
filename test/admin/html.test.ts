/** What the HTML itself must and must not hold, without a browser. */
import { describe, expect, test } from 'vitest';
import { loadAssets } from '../../src/admin/assets.ts';
import { consentPage } from '../../src/admin/authorize/consent.tsx';
import { csrfToken } from '../../src/admin/cookies.ts';
import { homePage } from '../../src/admin/home/home.tsx';
import { loginPage } from '../../src/admin/login/login.tsx';
import { adminPaths, sampleContext, samples } from './samples.ts';

const assets = loadAssets(adminPaths);
const all = (['ja', 'en'] as const).flatMap((locale) =>
  samples(locale, assets).map(([name, html]) => ({ locale, name, html })),
);
const context = sampleContext('ja', assets);
const quietHome = {
  clientCount: { n: 1, more: false },
  liveGrantCount: { n: 0, more: false },
  days: [],
  events: [],
  expiringSecrets: [],
  webhookTroubles: [],
  accountNews: { failures: [], changes: [] },
};

describe.each(all)('$locale $name', ({ locale, name, html }) => {
  test('holds nothing inline that the policy would block', () => {
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:/i);
    const { script, explorerScript } = assets.urls;
    const own = ['explorer', 'tester-result'].includes(name) ? [script, explorerScript] : [script];
    expect(html.match(/<script[^>]*>/g)).toEqual(own.map((url) => `<script src="${url}" defer>`));
  });

  test('every form that changes something carries the token', () => {
    const forms = html.match(/<form method="post".*?<\/form>/gs) ?? [];
    expect(
      forms.filter((form) => !form.includes(`name="_token" value="${csrfToken('a-browser-of-the-tests')}"`)),
    ).toEqual([]);
  });

  test('speaks its language and leaves no hole in a sentence', () => {
    expect(html).toContain(`<html lang="${locale}">`);
    expect(html).not.toMatch(/undefined|\[object Object\]|NaN|=&gt;/);
  });
});

describe('what others wrote is text, never markup', () => {
  const evil = '"><script>alert(1)</script>';

  test.each([
    ['login', loginPage(context, { loginId: evil, request: { id: evil, clientName: evil } })],
    ['shop name', loginPage({ ...context, shopName: evil }, { loginId: '' })],
    [
      'consent',
      consentPage(context, {
        requestId: evil,
        clientName: evil,
        redirectUri: 'https://a.example/',
        scopes: [evil],
        member: { name: evil, loginId: evil },
        accessTokenSeconds: 3600,
        refreshTokenSeconds: null,
      }),
    ],
  ])('%s', (_name, html) => {
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script');
  });
});

describe('navigation', () => {
  test('a disabled API has no menu', () => {
    const html = homePage({ ...context, apiEnabled: false }, quietHome);
    expect(html).not.toContain(`href="${adminPaths.clients}"`);
    expect(html).toContain(`href="${adminPaths.plugins}"`);
  });

  test('pages that do not exist or are denied are not linked, nor the groups that held only them', () => {
    const html = homePage({ ...context, menuPages: ['home', 'clients'] }, quietHome);
    expect(html).toContain(`href="${adminPaths.clients}"`);
    expect(html).not.toContain(adminPaths.webhooks);
    expect(html).not.toContain('オーナーズストア');
  });
});
