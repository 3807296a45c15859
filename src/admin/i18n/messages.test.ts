import { expect, test } from 'vitest';
import { localeFor } from './messages.ts';

test.each([
  [undefined, 'ja'],
  ['', 'ja'],
  ['*', 'ja'],
  ['fr', 'ja'],
  ['ja', 'ja'],
  ['en', 'en'],
  ['EN-us', 'en'],
  ['en-GB,en;q=0.9', 'en'],
  ['en-US,en;q=0.9,ja;q=0.8', 'ja'],
  ['en, ja;q=0', 'en'],
  ['en;q=0', 'ja'],
  ['fr, en;q=0.1', 'en'],
  [',;q=,,', 'ja'],
])('Accept-Language %j reads %s', (header, locale) => {
  expect(localeFor('ja', header)).toBe(locale);
  expect(localeFor('en', header)).toBe('en');
});
