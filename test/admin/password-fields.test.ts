/** Fields for passwords and codes on every page: masked, open to paste and to password managers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadAssets } from '../../src/admin/assets.ts';
import { adminPaths, samples } from './samples.ts';

const ROOT = join(import.meta.dirname, '../..');
const assets = loadAssets(adminPaths);
const inputs = samples('ja', assets).flatMap(([page, html]) =>
  (html.match(/<input[^>]*>/g) ?? []).map((input) => ({
    page,
    input,
    name: /name="([^"]*)"/.exec(input)?.[1] ?? '',
  })),
);
const NEW = ['next', 'again', 'secret'];
/** What an app proves itself with: no member's, so that no password manager may offer one there. */
const OF_APPS = ['proof'];
const PASSWORDS = ['password', 'current', ...NEW, ...OF_APPS];
const MADE = 'webhook-new-secret'; // the page shows the secret that it has made, so that it can be copied
const fields = inputs.filter(
  ({ name, input }) => PASSWORDS.includes(name) || (name !== '' && input.includes('type="password"')),
);

describe('password fields', () => {
  test('there are some on the login, the change and the pages that ask again', () => {
    expect(fields.length).toBeGreaterThan(8);
    expect(new Set(fields.map(({ name }) => name))).toEqual(new Set(PASSWORDS));
  });

  test('ASVS-6.2.6: each is masked, and what was typed never comes back in the page', () => {
    expect(
      fields
        .filter(({ input }) => !input.includes('type="password"') || /\svalue=/.test(input))
        .map(({ page, name }) => `${page}: ${name}`),
    ).toEqual([`${MADE}: secret`]);
  });

  test('ASVS-6.2.7: each takes paste, password managers and any length', () => {
    for (const { page, name, input } of fields) {
      const own = NEW.includes(name) ? 'new-password' : 'current-password';
      const autocomplete = OF_APPS.includes(name) ? 'off' : own;
      expect(input, page).toContain(`autocomplete="${autocomplete}"`);
      expect(input, page).not.toMatch(/maxlength|readonly|pattern=|onpaste/i);
    }
    expect(readFileSync(join(ROOT, 'assets/tegata.js'), 'utf8')).not.toMatch(
      /['"](?:paste|beforeinput|drop)['"]/,
    );
  });
});
