/** .github/workflows: they parse, call only what this repository has, and hold no more rights than they need. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';

const ROOT = join(import.meta.dirname, '..');
const FILES = globSync('.github/workflows/*.yml', { cwd: ROOT }).sort();
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

type Step = { uses?: string; run?: string; with?: Record<string, unknown> };
type Job = {
  steps: Step[];
  permissions?: Record<string, string>;
  'timeout-minutes'?: number;
  needs?: string;
};
type Workflow = { permissions: Record<string, string>; jobs: Record<string, Job> };

const workflow = (file: string): Workflow => {
  const document = parseDocument(readFileSync(join(ROOT, file), 'utf8'));
  expect([...document.errors, ...document.warnings]).toEqual([]);
  return document.toJS() as Workflow;
};
const stepsOf = (file: string): Step[] => Object.values(workflow(file).jobs).flatMap(({ steps }) => steps);
const commandsOf = (file: string): string[] => stepsOf(file).flatMap(({ run }) => run ?? []);

test('there are two', () => {
  expect(FILES).toEqual(['.github/workflows/ci.yml', '.github/workflows/release.yml']);
});

describe.each(FILES)('%s', (file) => {
  test('runs scripts and files that are here', () => {
    const text = commandsOf(file).join('\n');
    const named = [...text.matchAll(/npm run (?:-s )?([\w-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    const paths = text.match(/(?<![\w@:/.])(?:\.ci|test|deploy|scripts)\/[\w./-]+/g) ?? [];
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const built = stepsOf(file).flatMap((step) =>
      typeof step.with?.file === 'string' ? step.with.file : [],
    );
    expect(built.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test('every action has a version, every job an end, and no checkout leaves a credential', () => {
    const used = stepsOf(file).flatMap(({ uses }) => uses ?? []);
    expect(used.filter((uses) => !/^[\w-]+\/[\w-]+@(?:v\d+|[\da-f]{40})$/.test(uses))).toEqual([]);
    const checkouts = stepsOf(file).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
    expect(Object.values(workflow(file).jobs).filter((job) => !job['timeout-minutes'])).toEqual([]);
  });

  test('reads by default, and no command holds what others wrote', () => {
    expect(workflow(file).permissions).toEqual({ contents: 'read' });
    // An expression in a command is replaced before the shell reads it: a branch's name could hold a command.
    expect(commandsOf(file).filter((run) => run.includes('${{'))).toEqual([]);
  });
});

test('a release is tested first, signed by a token of the moment, and writes to nothing else', () => {
  const { test: tested, npm, image, ...others } = workflow('.github/workflows/release.yml').jobs;
  expect(others).toEqual({});
  expect(tested?.permissions).toBeUndefined();
  expect([npm?.needs, image?.needs]).toEqual(['test', 'test']);
  expect(npm?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
  expect(image?.permissions).toEqual({
    contents: 'read',
    packages: 'write',
    'id-token': 'write',
    attestations: 'write',
  });
  expect(npm?.steps.at(-1)?.run).toBe('npm publish --provenance --access public');
  expect(image?.steps.map(({ uses }) => uses?.split('@')[0])).toContain('actions/attest-build-provenance');
});

test('the package is tried on each Node that README names', () => {
  const { package: tried } = workflow('.github/workflows/ci.yml').jobs as Record<
    string,
    Job & { strategy: { matrix: { node: number[] } } }
  >;
  expect(tried?.strategy.matrix.node).toEqual([20, 22, 24, 26]);
});
