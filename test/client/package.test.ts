/** What `npm pack` makes of the typed client: it compiles for its users, its README is true, and a bundle holds what is used. */
import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const SOURCE = join(ROOT, 'packages/client');
const folder = mkdtempSync(join(tmpdir(), 'tegata-client-'));
const installed = join(folder, 'node_modules/tegata-client');
const run = promisify(execFile);
const tsc = (args: readonly string[]) => run(join(ROOT, 'node_modules/.bin/tsc'), args, { cwd: folder });

beforeAll(async () => {
  await run('npm', ['pack', '--pack-destination', folder], { cwd: SOURCE });
  const [archive = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  mkdirSync(installed, { recursive: true });
  await run('tar', ['-xzf', join(folder, archive), '-C', installed, '--strip-components=1']);
  rmSync(join(SOURCE, 'dist'), { recursive: true, force: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const blocks = (page: string, language: string): string[] =>
  [
    ...readFileSync(join(SOURCE, page), 'utf8').matchAll(
      new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'),
    ),
  ].map(([, text = '']) => text);

test('it holds its modules with their types, and depends on nothing', () => {
  const files = readdirSync(installed, { recursive: true }).map(String);
  const { dependencies, exports } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  expect(dependencies).toBeUndefined();
  for (const path of Object.values<string>(exports)) expect(files).toContain(path.slice(2));
  for (const needed of ['README.md', 'README.ja.md', 'LICENSE', 'dist/main.d.ts'])
    expect(files).toContain(needed);
  expect(files.filter((name) => /(?<!\.d)\.ts$|test/.test(name))).toEqual([]);
});

test('every example of the README compiles against it, in both languages the same', async () => {
  const examples = blocks('README.md', 'ts');
  expect(blocks('README.ja.md', 'ts')).toEqual(examples);
  expect(examples.length).toBeGreaterThan(5);
  symlinkSync(join(ROOT, 'node_modules/@types'), join(folder, 'node_modules/@types'));
  const files = examples.map((text, i) => {
    writeFileSync(join(folder, `example-${i}.mts`), text);
    return `example-${i}.mts`;
  });
  // As a project on Node has it: without the DOM.
  const options = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext', '--types', 'node'];
  await tsc([...options, ...files]).catch(({ stdout }: { stdout: string }) => expect(stdout).toBe(''));
});

test('a bundle for the browser holds the operations that are used, and no others', async () => {
  const entry = join(folder, 'entry.mjs');
  writeFileSync(
    entry,
    "import { createClient } from 'tegata-client';\nimport { tags } from 'tegata-client/operations';\n" +
      "createClient({ url: '', token: '' }).run(tags({ id: true }));\n",
  );
  const bundle = await rolldown({ input: entry, cwd: folder, platform: 'browser', treeshake: true });
  const { output } = await bundle.generate({ format: 'esm', minify: true });
  await bundle.close();
  const [{ code, imports }] = output;
  expect(imports).toEqual([]);
  expect(code).toContain('tags');
  for (const unused of ['orderCreate', 'productSet', 'whsec_', '/api/jobs'])
    expect(code).not.toContain(unused);
  expect(code.length).toBeLessThan(12_000);
});
