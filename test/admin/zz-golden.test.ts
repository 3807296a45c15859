import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'vitest';
import { loadAssets } from '../../src/admin/assets.ts';
import { adminPaths, samples } from './samples.ts';

test('dump', () => {
  const to = process.env.GOLDEN ?? '/tmp/golden/x';
  mkdirSync(to, { recursive: true });
  const assets = loadAssets(adminPaths);
  for (const locale of ['ja', 'en'] as const)
    for (const [name, html] of samples(locale, assets))
      writeFileSync(
        `${to}/${locale}-${name}.html`,
        html.replaceAll(/name="_token" value="[^"]*"/g, 'TOKEN').replaceAll('><', '>\n<'),
      );
});
