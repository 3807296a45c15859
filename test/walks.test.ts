/** Holds the walks of docs/architecture.md to the code: their files follow from imports, their moves keep the bounds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { movesOf, strayFiles, WALKS, walkText } from '../scripts/walks.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../docs/architecture.md'), 'utf8');

describe.each(WALKS)('$name', (walk) => {
  test('goes along imports', () => {
    expect(strayFiles(walk)).toEqual([]);
  });

  test('keeps to its moves between rooms', () => {
    expect(movesOf(walk)).toBeLessThanOrEqual(walk.mostMoves);
  });

  test('stands in the document as it is', () => {
    expect(PAGE).toContain(walkText(walk));
  });
});

test('a file that nothing leads to is found', () => {
  const stray = { name: 'a', mostMoves: 0, files: ['oauth/clients.ts', 'http/accept.ts', 'outbound/dsn.ts'] };
  expect(strayFiles(stray)).toEqual(['http/accept.ts', 'outbound/dsn.ts']);
});
