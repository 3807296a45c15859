/** Started the way the README says, through npm and its shell: a signal reaches the server, and nothing is built twice. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/free-port.ts';

const ROOT = join(import.meta.dirname, '../..');
const LIMIT_MS = 60_000;

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/health`).then(
    ({ ok }) => ok,
    () => false,
  );

async function until(wanted: boolean, port: number): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  while ((await answers(port)) !== wanted) {
    if (Date.now() > deadline)
      throw new Error(`after ${LIMIT_MS} ms the server ${wanted ? 'is not up' : 'still answers'}`);
    await sleep(200);
  }
}

async function started(
  command: string,
  args: readonly string[],
): Promise<{ child: ChildProcess; port: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'tegata-npm-'));
  const port = await freePort();
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    PORT: String(port),
    TEGATA_DATA_DIR: join(folder, 'data'),
    TEGATA_PASSWORD_COST: '4',
  };
  // A project that has Tegata installed; in its own folder npx would install it anew.
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(ROOT, join(folder, 'node_modules/tegata'));
  symlinkSync('../tegata/bin/tegata.js', join(folder, 'node_modules/.bin/tegata'));
  const cwd = command === 'npx' ? folder : ROOT;
  const child = spawn(command, args, { cwd, env, stdio: 'ignore', detached: true });
  onTestFinished(() => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL'); // whatever is left of what was started here
    } catch {
      // nothing is
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  await until(true, port);
  return { child, port };
}

test.each([
  ['npm start', 'npm', ['start'], 'SIGTERM'],
  // To npm alone, not to its group as Ctrl-C does.
  ['npm start', 'npm', ['start'], 'SIGINT'],
  ['npx tegata', 'npx', ['--no-install', 'tegata', 'serve'], 'SIGTERM'],
] as const)(
  '%s %s %j passes %s on: the port is free afterwards',
  { timeout: 3 * LIMIT_MS },
  async (_name, command, args, signal) => {
    const built = statSync(join(ROOT, 'dist/main.js')).mtimeMs;
    const { child, port } = await started(command, args);
    expect(statSync(join(ROOT, 'dist/main.js')).mtimeMs).toBe(built);
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    await until(false, port);
  },
);

test.each([
  ['npm start', ['start', '--']],
  ['npm run tegata', ['run', '-s', 'tegata', '--', 'serve']],
])(
  '%s passes its arguments on: an env file that is missing is told by a line of our own',
  async (_name, args) => {
    const folder = mkdtempSync(join(tmpdir(), 'tegata-npm-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, TEGATA_DATA_DIR: join(folder, 'data') };
    const child = spawn('npm', [...args, '--env-file', '/nowhere/.env'], { cwd: ROOT, env, detached: true });
    onTestFinished(() => void (child.exitCode ?? process.kill(-(child.pid ?? 0), 'SIGKILL')));
    let told = '';
    child.stderr.on('data', (text) => {
      told += String(text);
    });
    const [code] = await once(child, 'close');
    expect([code, told]).toEqual([
      1,
      expect.stringMatching(/^tegata: --env-file \/nowhere\/\.env: cannot be read \(ENOENT\)/m),
    ]);
  },
);
