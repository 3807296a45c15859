/** What `npm pack` holds, and that it runs where nothing else of the repository is, on this Node and on an older one. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';

const ROOT = join(import.meta.dirname, '../..');
const INSTALL_LIMIT_MS = 300_000;
const WANTED =
  /^(?:bin|deploy|dist|assets)\/|^docs\/(?:(?:ja|guides|ja\/guides|eccube|decisions|deploy|ja\/deploy)\/)?(?!architecture|performance)[\w-]+\.(?:md|graphql|conf)$|^(?:package\.json|LICENSE|README\.md|README\.ja\.md|CHANGELOG\.md|SECURITY\.md)$/;

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'tegata-package-'));
let files: string[] = [];

beforeAll(async () => {
  // Without scripts: `npm test` has built already, and other tests run on that build.
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: ROOT,
  });
  const packed = Object.values(JSON.parse(stdout))[0] as { filename: string; files: { path: string }[] };
  files = packed.files.map(({ path }) => path);
  writeFileSync(join(folder, 'package.json'), '{"private":true,"allowScripts":{"node":true}}');
  await run(
    'npm',
    ['install', '--no-audit', '--no-fund', '--prefer-offline', join(folder, packed.filename)],
    {
      cwd: folder,
    },
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

const olderNode = '/usr/bin/node';
const npxOn = (path: string) => ({ PATH: `${path}:/usr/bin:/bin`, HOME: process.env.HOME ?? folder });

test.each([
  ['the Node that the package brings', npxOn(join(folder, 'node_modules/.bin'))],
  ["the machine's own Node", npxOn('/usr/local/bin')],
])('npx tegata --version on %s', async (_what, env) => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const { stdout } = await run('npx', ['--no-install', 'tegata', '--version'], { cwd: folder, env });
  expect(stdout.trim()).toBe(version);
});

test('npx tegata serve makes the shop and is ready', async () => {
  const port = await freePort();
  const env = { ...npxOn('/usr/local/bin'), PORT: String(port) };
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
    ...npxOn(join(folder, 'node_modules/.bin')),
    TEGATA_IMAGE_DIR: 's3://shop-images',
    AWS_REGION: 'x',
  };
  const main = join(folder, 'node_modules/tegata/dist/main.js');
  const failed = await run(process.execPath, [main, 'serve'], { cwd: folder, env }).catch((error) => error);
  expect(failed.code).toBe(1);
  expect(failed.stderr.trim().split('\n')).toHaveLength(1);
  expect(failed.stderr).toContain('npm install @aws-sdk/client-s3');
});

test('started by another Node, the launcher goes on with the one that npm brings', async () => {
  const main = join(folder, 'node_modules/tegata/bin/tegata.js');
  const port = await freePort();
  const child = spawn(olderNode, [main, 'serve'], {
    cwd: folder,
    env: { PORT: String(port) },
    stdio: 'ignore',
  });
  const ready = async () => (await fetch(`http://localhost:${port}/ready`).catch(() => undefined))?.status;
  await expect.poll(ready, { timeout: 30_000, interval: 100 }).toBe(200);
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect(code, 'a signal reaches the program, which ends well').toBe(0);
  expect(await ready()).toBeUndefined();
});

test('an older Node without the one that npm brings gets one clear line', async () => {
  const { stdout } = await run(olderNode, ['--version']).catch(() => ({ stdout: 'v99' }));
  if (Number(stdout.slice(1).split('.')[0]) >= 26) return;
  const bare = mkdtempSync(join(tmpdir(), 'tegata-bare-'));
  try {
    await run('cp', ['-r', join(folder, 'node_modules/tegata'), bare]);
    const main = join(bare, 'tegata/bin/tegata.js');
    const failed = await run(olderNode, [main, 'serve']).catch((error) => error);
    expect(failed.code).toBe(1);
    expect(failed.stderr.trim().split('\n')).toHaveLength(1);
    expect(failed.stderr).toContain('needs Node 26 or newer');
  } finally {
    rmSync(bare, { recursive: true, force: true });
  }
});
