/** sbom.cdx.json and the licence texts, as `npm run build` made them: whole, valid, and nothing in them that binds a shop. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

type Component = {
  group?: string;
  name: string;
  version: string;
  purl: string;
  hashes?: { alg: string; content: string }[];
  licenses?: { license?: { id?: string }; expression?: string }[];
  properties: { name: string; value: string }[];
};
const bom = JSON.parse(read('sbom.cdx.json')) as {
  metadata: { component: Component };
  components: Component[];
};
const fullName = ({ group, name }: Component): string => (group ? `${group}/${name}` : name);
const placesOf = ({ properties }: Component): string[] => properties[0]?.value.split(', ') ?? [];
const licenceOf = ({ licenses }: Component): string =>
  licenses?.map(({ license, expression }) => license?.id ?? expression).join(', ') ?? '';
const inFolder = (folder: string): Component[] =>
  bom.components.filter((component) => placesOf(component).includes(folder));

/** None of them asks for more than its own text beside the copy. */
const PERMISSIVE = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT-0',
];
/** Shared libraries of their own files, which anybody may replace; npm installs them beside Tegata, which holds no part of them. */
const REPLACEABLE = /^@img\/sharp-(?:libvips|wasm32|win32)/;

test('it is CycloneDX 1.6', async () => {
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  expect(await validator.validate(read('sbom.cdx.json'))).toBeNull();
  expect(
    await validator.validate('{"bomFormat":"CycloneDX","specVersion":"1.6","components":1}'),
  ).not.toBeNull();
});

test('it names this version, and each package once with version, address and sum', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  expect(bom.metadata.component.purl).toBe(`pkg:npm/tegata@${version}`);
  expect(new Set(bom.components.map(({ purl }) => purl)).size).toBe(bom.components.length);
  for (const component of bom.components) {
    expect(component.purl).toBe(`pkg:npm/${fullName(component).replace('@', '%40')}@${component.version}`);
  }
  const withoutSum = bom.components.filter(
    ({ hashes }) => !/^[\da-f]{128}$/.test(hashes?.[0]?.content ?? ''),
  );
  expect(withoutSum.filter((component) => !isOfAnotherPlatform(component)).map(fullName)).toEqual([]);
});

test('what is bundled, served and installed beside is in it', () => {
  const names = (folder: string) => inFolder(folder).map(fullName);
  expect(names('dist')).toEqual(
    expect.arrayContaining(['fastify', 'graphql', 'jose', 'kysely', 'mysql2', 'pg']),
  );
  expect(names('assets/vendor')).toEqual(expect.arrayContaining(['bootstrap', 'graphiql', 'react']));
  expect(names('node_modules')).toEqual(
    expect.arrayContaining(['sharp', '@node-rs/bcrypt', '@node-rs/argon2', '@opentelemetry/api']),
  );
  expect(bom.components.map(fullName)).not.toContain('vitest');
});

test('bundles hold packages of permissive licences only; beside them libvips is the one exception', () => {
  const binding = bom.components.filter((component) => !PERMISSIVE.includes(licenceOf(component)));
  expect(binding.filter((component) => !REPLACEABLE.test(fullName(component))).map(fullName)).toEqual([]);
  expect(new Set(binding.flatMap(placesOf))).toEqual(new Set(['node_modules']));
});

test.each(['dist', 'assets/vendor'])('%s/LICENSES.txt has a text for each of its packages', (folder) => {
  const texts = read(`${folder}/LICENSES.txt`);
  const heads = [...texts.matchAll(/^(\S+) (\d\S*) \([^)]+\)\n\n(.+)/gm)];
  const wanted = inFolder(folder).map((component) => `${fullName(component)} ${component.version}`);
  expect(wanted.length).toBeGreaterThan(30);
  expect(wanted.filter((head) => !heads.some(([, name, version]) => `${name} ${version}` === head))).toEqual(
    [],
  );
  expect(
    heads.filter(([, , , first = '']) => PERMISSIVE.includes(first.trim())).map(([head]) => head),
  ).toEqual([]);
});

/** npm leaves out the packages of other platforms, of which the lock file knows the name and version then. */
function isOfAnotherPlatform(component: Component): boolean {
  return globSync(`node_modules/${fullName(component)}/package.json`, { cwd: ROOT }).length === 0;
}
