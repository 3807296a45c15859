/** `npm run docs` and `--help`: what is written about the program is what the program says. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildSchema } from 'graphql';
import { afterAll, expect, test } from 'vitest';
import { VARIABLES } from '../../src/app/config/variables.ts';
import { MANY_COMMANDS_MS, useCli } from './cli.ts';

const { run } = useCli();
const folder = mkdtempSync(join(tmpdir(), 'tegata-docs-'));
const docs = join(folder, 'docs');
cpSync(join(import.meta.dirname, '../../docs'), docs, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const SCRIPT = join(import.meta.dirname, '../../scripts/docs/docs.ts');

/** The script as `npm run docs` runs it, on the copy. */
const writeDocs = (...args: string[]): Promise<{ code: number; stderr: string }> =>
  promisify(execFile)(process.execPath, [SCRIPT, '--folder', docs, ...args]).then(
    ({ stderr }) => ({ code: 0, stderr }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr }),
  );

const page = (name: string) => readFileSync(join(docs, name), 'utf8');

test('npm run docs writes what is stale, and --check refuses it', { timeout: MANY_COMMANDS_MS }, async () => {
  expect((await writeDocs()).code).toBe(0);
  expect((await writeDocs('--check')).code).toBe(0);
  for (const { name } of Object.values(VARIABLES)) {
    expect(page('configuration.md')).toContain(`\`${name}\``);
    expect(page('ja/configuration.md')).toContain(`\`${name}\``);
  }
  expect(page('ja/scopes.md')).toContain('参照');
  expect(page('cli.md')).toContain('## tegata client rotate-secret');

  const written = page('errors.md');
  writeFileSync(join(docs, 'errors.md'), written.replace('`invalid_grant`', '`invalid_grunt`'));
  const refused = await writeDocs('--check');
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('errors.md');
  expect((await writeDocs()).code).toBe(0);
  expect(page('errors.md')).toBe(written);
});

test('schema prints a schema, the same as the documents hold', async () => {
  const { code, stdout } = await run('schema');
  expect(code).toBe(0);
  expect(Object.keys(buildSchema(stdout).getQueryType()?.getFields() ?? {})).toContain('products');
  expect(stdout).toBe(page('schema.graphql'));
});

test('every command has help with an example', async () => {
  const commands = [...page('cli.md').matchAll(/^## tegata (.+)$/gm)].map(([, words = '']) => words);
  expect(commands.length).toBeGreaterThan(20);
  const sections = page('cli.md').split(/^## /m).slice(1);
  const bare = sections.filter((section) => !/Examples?:\n {2}\$ tegata /.test(section));
  expect(bare.map((section) => section.split('\n')[0])).toEqual([]);
  const help = await run('client', 'create', '--help');
  expect([help.code, help.stderr]).toEqual([0, '']);
  expect(page('cli.md')).toContain(help.stdout.trimEnd());
});
