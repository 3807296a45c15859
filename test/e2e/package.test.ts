/** What `npm pack` holds, and that it runs where nothing else of the repository is, on Node 26 and on an older one. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';

const ROOT = join(import.meta.dirname, '../..');
const INSTALL_LIMIT_MS = 300_000;
const WANTED =
  /^(?:bin|deploy|dist|assets|eccube-plugin)\/|^docs\/(?:(?:ja|guides|ja\/guides|eccube|decisions|deploy|ja\/deploy)\/)?(?!architecture|performance)[\w-]+\.(?:md|graphql|conf)$|^(?:package\.json|LICENSE|README\.md|README\.ja\.md|CHANGELOG\.md|SECURITY\.md|sbom\.cdx\.json)$/;

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'tegata-package-'));
let files: string[] = [];

/** CI names others in turn. Where it is no older one, the program runs on it at once. */
const olderNode = process.env.TEGATA_TEST_OLDER_NODE ?? '/usr/bin/node';
const isOlder =
  existsSync(olderNode) &&
  Number((await run(olderNode, ['-p', 'process.versions.node'])).stdout.split('.')[0]) < 26;
/** Where the launcher keeps the Node that it fetches: from npm's cache, which has it since `npm ci`. */
const runtimes = join(folder, 'runtimes');
const onOlder = {
  TEGATA_RUNTIME_DIR: runtimes,
  npm_config_prefer_offline: 'true',
  HOME: process.env.HOME ?? folder,
  PATH: `${dirname(olderNode)}:/usr/bin:/bin`,
};

beforeAll(async () => {
  // Without scripts: `npm test` has built already, and other tests run on that build.
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: ROOT,
  });
  const packed = Object.values(JSON.parse(stdout))[0] as { filename: string; files: { path: string }[] };
  files = packed.files.map(({ path }) => path);
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  await run(
    'npm',
    ['install', '--no-audit', '--no-fund', '--prefer-offline', join(folder, packed.filename)],
    // By the npm of a shop that has an older Node.
    { cwd: folder, env: isOlder ? onOlder : process.env },
  );
}, INSTALL_LIMIT_MS);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the package holds what a user needs and nothing else', () => {
  expect(files.filter((path) => !WANTED.test(path))).toEqual([]);
  expect(files.filter((path) => /(?<!\.d)\.ts$|\.(?:tsx|map)$|\.test\./.test(path))).toEqual([]);
  for (const needed of [
    'bin/tegata.js',
    'dist/main.js',
    'dist/extension/tools.js',
    'assets/vendor/explorer.js',
    'assets/tegata.css',
    'assets/vendor/bootstrap.css',
    'dist/LICENSES.txt',
    'assets/vendor/LICENSES.txt',
    'sbom.cdx.json',
    'LICENSE',
    'README.md',
  ]) {
    expect(files).toContain(needed);
  }
});

test.each(['README.md', 'README.ja.md'])('%s leads to no page that the package lacks', (page) => {
  const links = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\(([\w./-]+)\)/g)].map(
    ([, to]) => to ?? '',
  );
  // The last rows are for those who work on Tegata, in a clone.
  const forDevelopers = /^(?:docs\/(?:architecture\.md|decisions\/)|CONTRIBUTING\.md)$/;
  expect(links.filter((to) => !forDevelopers.test(to) && !files.includes(to))).toEqual([]);
});

test('what a shop installs is as large as docs/operating.md says, and below 150 MB', async () => {
  const { stdout } = await run('du', ['-sm', join(folder, 'node_modules')]);
  const said = ['docs/operating.md', 'docs/ja/operating.md'].map((page) =>
    Number(/npm install tegata[^\n]*?\b(\d+) MB/.exec(readFileSync(join(ROOT, page), 'utf8'))?.[1]),
  );
  expect(said[1]).toBe(said[0]);
  expect(Number.parseInt(stdout, 10)).toBeLessThanOrEqual(said[0] ?? 0);
  expect(said[0]).toBeLessThanOrEqual(150);
});

const launcher = join(folder, 'node_modules/tegata/bin/tegata.js');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

describe.runIf(isOlder)('on an older Node', () => {
  const failing = (env: Record<string, string>): Promise<{ code: number; stderr: string }> =>
    run(olderNode, [launcher, '--version'], { env: { ...onOlder, ...env } }).catch((error) => error);

  test('a start that is killed while it fetches leaves nothing half; of two at once one fetches', {
    timeout: INSTALL_LIMIT_MS,
  }, async () => {
    const killed = spawn(olderNode, [launcher, '--version'], {
      env: onOlder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await once(killed.stderr, 'data');
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect(readdirSync(runtimes).filter((name) => !name.startsWith('.'))).toEqual([]);
    expect(existsSync(join(runtimes, '.fetching')), 'its lock is still there').toBe(true);

    const both = await Promise.all(
      [1, 2].map(() => run(olderNode, [launcher, '--version'], { env: onOlder })),
    );
    expect(both.map(({ stdout }) => stdout.trim())).toEqual([version, version]);
    expect(
      both
        .map(({ stderr }) => stderr)
        .join('')
        .match(/fetching Node 26/g),
    ).toHaveLength(1);
    const again = await run(olderNode, [launcher, '--version'], { env: onOlder });
    expect(again.stderr).toBe('');
    expect(existsSync(join(runtimes, '.fetching'))).toBe(false);
  });

  test.each([
    [
      'npm is not reached',
      {
        TEGATA_RUNTIME_DIR: join(folder, 'other'),
        npm_config_registry: 'http://127.0.0.1:9',
        npm_config_cache: join(folder, 'no-cache'),
        npm_config_fetch_retries: '0',
      },
    ],
    ['the folder cannot be written', { TEGATA_RUNTIME_DIR: join(folder, 'package.json/below') }],
  ])('where %s, one line says what to do', async (_what, env) => {
    const { code, stderr } = await failing(env);
    expect(code).toBe(1);
    const told = stderr
      .trim()
      .split('\n')
      .filter((line) => !line.includes('fetching Node'));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(
      /^tegata: needs Node 26; this is Node \d+\.\d+\.\d+\. One could not be fetched from npm: .+Install Node 26 .+TEGATA_RUNTIME_DIR$/,
    );
  });

  describe.runIf(process.platform === 'linux')('where libatomic is missing, one line says so', () => {
    // The loader takes this for the library, and gives up on it as it does on none.
    const broken = join(folder, 'broken-libraries');
    mkdirSync(broken);
    writeFileSync(join(broken, 'libatomic.so.1'), '');

    test.each([
      ['the launcher', olderNode, [launcher, '--version']],
      ['npm start', 'npm', ['run', '-s', 'prestart']],
      ['npm ci', 'npm', ['run', '-s', 'prepare']],
    ])('%s', async (_what, program, args) => {
      const env = { ...onOlder, LD_LIBRARY_PATH: broken };
      const failed = await run(program, args, { cwd: ROOT, env }).catch((error) => error);
      expect(failed.code).toBe(1);
      expect(failed.stderr.trim().split('\n')).toHaveLength(1);
      expect(failed.stderr).toContain('apt-get install libatomic1');
    });
  });
});

const npxOn = (path: string) => ({ ...onOlder, PATH: `${path}:/usr/bin:/bin` });

test.each([
  ['Node 26', npxOn(join(ROOT, 'node_modules/.bin'))],
  ["the machine's own Node", onOlder],
])('npx tegata --version on %s', async (_what, env) => {
  const { stdout } = await run('npx', ['--no-install', 'tegata', '--version'], { cwd: folder, env });
  expect(stdout.trim()).toBe(version);
});

test('npx tegata serve makes the shop and is ready', async () => {
  const port = await freePort();
  const env = { ...onOlder, PORT: String(port) };
  const child = spawn('npx', ['--no-install', 'tegata', 'serve'], { cwd: folder, env, detached: true });
  const printed: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  try {
    const ready = async () => (await fetch(`http://localhost:${port}/ready`).catch(() => undefined))?.status;
    await expect.poll(ready, { timeout: 30_000, interval: 100 }).toBe(200);
    await expect.poll(() => printed.join('')).toContain(`http://localhost:${port}/admin`);
    expect(printed.join('')).toMatch(/Password: \S+/);
    const login = await fetch(`http://localhost:${port}/admin/login`);
    expect(login.status).toBe(200);
    const [style] = /\/admin\/assets\/\w+\/tegata\.css/.exec(await login.text()) ?? [];
    expect((await fetch(`http://localhost:${port}${style}`)).status).toBe(200);
  } finally {
    // The whole group: npx, the launcher and the program.
    process.kill(-child.pid!, 'SIGTERM');
    await once(child, 'exit');
  }
});

test('it comes without the client of S3, and says how to add it', async () => {
  const env = {
    ...npxOn(join(ROOT, 'node_modules/.bin')),
    TEGATA_IMAGE_DIR: 's3://shop-images',
    AWS_REGION: 'x',
  };
  const main = join(folder, 'node_modules/tegata/dist/main.js');
  const failed = await run(process.execPath, [main, 'serve'], { cwd: folder, env }).catch((error) => error);
  expect(failed.code).toBe(1);
  expect(failed.stderr.trim().split('\n')).toHaveLength(1);
  expect(failed.stderr).toContain('npm install @aws-sdk/client-s3');
});

test('started by another Node, the launcher goes on with the one that it fetched', async () => {
  const port = await freePort();
  const child = spawn(olderNode, [launcher, 'serve'], {
    cwd: folder,
    env: { ...onOlder, PORT: String(port) },
    stdio: 'ignore',
  });
  const ready = async () => (await fetch(`http://localhost:${port}/ready`).catch(() => undefined))?.status;
  await expect.poll(ready, { timeout: 30_000, interval: 100 }).toBe(200);
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect(code, 'a signal reaches the program, which ends well').toBe(0);
  expect(await ready()).toBeUndefined();
});
