import { expect, test } from 'vitest';
import { table } from './table.ts';

test('D9: a list of 300,000 rows is one table as wide as its widest cell', () => {
  const rows = Array.from({ length: 300_000 }, (_, i) => [i === 150_000 ? 'widest' : 'x', 'y']);
  const lines = table(['A', 'B'], rows);
  expect([lines.length, lines[0], lines[1]]).toEqual([300_001, 'A       B', 'x       y']);
});
