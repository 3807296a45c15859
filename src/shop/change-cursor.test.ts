import { expect, test } from 'vitest';
import { changeCursor, readChangeCursor } from './change-cursor.ts';

test.each([0, 1, 41, Number.MAX_SAFE_INTEGER])('%i comes back', (position) => {
  expect(readChangeCursor(changeCursor(position))).toBe(position);
});

const text = (plain: string) => Buffer.from(plain).toString('base64url');

test.each([
  '',
  '7',
  'Y2hhbmdlOjc=', // padded
  text('change:'),
  text('change:-1'),
  text('change:07'),
  text('change:9007199254740993'),
  text('other:7'),
  `${changeCursor(7)}!`,
])('%j is none', (cursor) => {
  expect(readChangeCursor(cursor)).toBeUndefined();
});
