/** The files of deploy/: they parse, and name only variables, paths and versions that are. */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { hasProgram } from '../scripts/programs.ts';
import { VARIABLES } from '../src/app/config/variables.ts';
import { describeUnless } from './support/left-out.ts';
import { scratchFolder } from './support/scratch.ts';

const DEPLOY = join(import.meta.dirname, '../deploy');
const FILES = globSync('**/*', { cwd: DEPLOY, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));
const known = new Set(Object.values(VARIABLES).map(({ name }) => name));
const OTHERS = /^(?:NODE_ENV|LD_LIBRARY_PATH|BUILD_IMAGE|RUN_IMAGE)$/;
const text = (path: string): string => readFileSync(join(DEPLOY, path), 'utf8');

test.each(FILES)('%s names no variable that is not read', (file) => {
  const named =
    readFileSync(file, 'utf8').match(/\b(?:TEGATA|ECCUBE|PUBLIC|DATABASE|TRUSTED|MAILER)_[A-Z][A-Z_]+\b/g) ??
    [];
  expect(named.filter((name) => !known.has(name) && !OTHERS.test(name))).toEqual([]);
});

test('the manifest is whole: what a pod names, stands in it', () => {
  const documents = parseAllDocuments(text('kubernetes/tegata.yaml'), { merge: true });
  expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
  const kinds = documents.map((document) => document.toJS() as { kind: string; metadata: { name: string } });
  const named = kinds.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  expect(named).toEqual(['Secret tegata', 'ConfigMap tegata', 'Deployment tegata', 'Service tegata']);
});

test.each(['kubernetes/tegata.yaml', 'helm/tegata/templates/deployment.yaml'])(
  '%s probes what the server answers, as no root, on a root that is only read',
  (path) => {
    expect([...new Set(text(path).match(/path: \/\w+, port/g))].sort()).toEqual([
      'path: /health, port',
      'path: /ready, port',
    ]);
    for (const line of [
      'runAsNonRoot: true',
      'automountServiceAccountToken: false',
      'type: RuntimeDefault',
    ]) {
      expect(text(path)).toContain(line);
    }
  },
);

test('the chart and the manifest are of this version', () => {
  const { version } = JSON.parse(readFileSync(join(DEPLOY, '../package.json'), 'utf8')) as {
    version: string;
  };
  expect(text('helm/tegata/Chart.yaml')).toContain(`\nversion: ${version}\nappVersion: ${version}\n`);
  expect(text('kubernetes/tegata.yaml').match(/tegata:(\d[\d.]*)/g)).toEqual([
    `tegata:${version}`,
    `tegata:${version}`,
  ]);
});

test('the image runs as no root, asks /health, and takes the stop signal that drains', () => {
  const file = text('docker/Dockerfile');
  for (const line of [
    'USER 65532:65532',
    'STOPSIGNAL SIGTERM',
    'VOLUME /data',
    'ENTRYPOINT ["/app/node", "--", "/app/dist/main.js"]',
  ]) {
    expect(file).toContain(`\n${line}\n`);
  }
  expect(file).toContain('/health');
  expect(file).not.toMatch(/\b(?:curl|wget)\b|:latest/);
});

const lacksSystemd = hasProgram('systemd-analyze') ? undefined : 'systemd-analyze is not installed';

describeUnless(lacksSystemd, 'the unit file, as systemd reads it', () => {
  const unit = text('systemd/tegata.service');
  const folder = scratchFolder('tegata-unit-');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What systemd says against a unit, but that the program is not installed on this machine. */
  const faultsOf = (words: string): string[] => {
    const file = join(folder, 'tegata.service');
    writeFileSync(file, words);
    const { stderr, error } = spawnSync('systemd-analyze', ['verify', '--man=no', file], {
      encoding: 'utf8',
    });
    if (error) throw error;
    const missing =
      'Command /opt/tegata/node_modules/.bin/tegata is not executable: No such file or directory';
    return stderr.split('\n').filter((line) => line !== '' && !line.endsWith(missing));
  };

  test('it knows every line, and takes every value', () => {
    expect(faultsOf(unit)).toEqual([]);
  });

  test.each([
    ['a name that it does not know', 'ProtectSystem=strict', 'ProtectSytem=strict', 'ProtectSytem'],
    ['a value that it does not know', 'Restart=on-failure', 'Restart=sometimes', 'sometimes'],
    ['a section that it does not know', '[Service]', '[Servce]', 'Servce'],
  ])('%s would be told', (_what, right, wrong, named) => {
    expect(unit).toContain(`\n${right}\n`);
    expect(faultsOf(unit.replace(`\n${right}\n`, `\n${wrong}\n`)).join('\n')).toContain(named);
  });
});
