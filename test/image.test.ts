/**
 * The image of deploy/docker without Docker: what its last stage copies is laid out in a folder with the libraries of its
 * base, and started there by the file's own words, as its user, who can write nothing but the volume.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  globSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasProgram } from '../scripts/programs.ts';
import { freePort } from './support/free-port.ts';
import { describeUnless } from './support/left-out.ts';
import { scratchFolder } from './support/scratch.ts';

const PROJECT = join(import.meta.dirname, '..');
const [, lastStage = ''] = readFileSync(join(PROJECT, 'deploy/docker/Dockerfile'), 'utf8').split(
  /^FROM \$\{RUN_IMAGE\}$/m,
);
const word = (pattern: RegExp): string => pattern.exec(lastStage)?.[1] ?? '';
const list = (pattern: RegExp): string[] => JSON.parse(word(pattern));

const USER = word(/^USER (\S+)$/m);
const START = [...list(/^ENTRYPOINT (.+)$/m), ...list(/^CMD (.+)$/m)];
const HEALTH = list(/^ {2}CMD (\[.+\])$/m);
const ENVIRONMENT = Object.fromEntries(
  [...word(/^ENV ((?:.*\\\n)*.*)$/m).matchAll(/([A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name, value]),
);

const lacking =
  process.getuid?.() === 0 && hasProgram('chroot') && hasProgram('ldd')
    ? undefined
    : 'another root folder is for root alone';

describeUnless(lacking, 'the image, laid out in a folder', () => {
  const root = scratchFolder('tegata-image-');
  let env: Record<string, string | undefined>;

  beforeAll(async () => {
    layOut(root);
    env = { PATH: process.env.PATH, ...ENVIRONMENT, TEGATA_DRAIN: '0', PORT: String(await freePort()) };
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const inside = (command: readonly string[]) => ['--userspec', USER, root, ...command];

  test('starts as its user, says that it is well, keeps to its volume and ends when told', async () => {
    const server = spawn('chroot', inside(START), { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: string[] = [];
    for (const stream of [server.stdout, server.stderr])
      stream.on('data', (text) => output.push(String(text)));
    const ended = once(server, 'exit');
    try {
      const health = () => spawnSync('chroot', inside(HEALTH), { env }).status;
      await expect.poll(health, { interval: 200 }).toBe(0);
      const ready = await fetch(`http://127.0.0.1:${env.PORT}/ready`);
      expect(ready.status).toBe(200);
      expect(writtenIn(root)).toEqual(['data/keys', 'data/shop.db']);
    } catch (error) {
      throw new Error(output.join(''), { cause: error });
    } finally {
      server.kill(word(/^STOPSIGNAL (\S+)$/m) as NodeJS.Signals);
    }
    expect(await ended).toEqual([0, null]);
    expect(spawnSync('chroot', inside(HEALTH), { env }).status).toBe(1);
  });
});

/** What `COPY --from=build` brings, as the build stage makes it: the built program and the packages of production. */
function layOut(root: string): void {
  const app = join(root, 'app');
  chmodSync(root, 0o755);
  mkdirSync(join(app, 'lib'), { recursive: true });
  for (const name of ['package.json', 'sbom.cdx.json', 'dist', 'assets']) {
    const isKept = (path: string) => !path.endsWith('dist/.cache');
    cpSync(join(PROJECT, name), join(app, name), { recursive: true, filter: isKept });
  }
  const packages = execFileSync('npm', ['ls', '--omit=dev', '--all', '--parseable'], { cwd: PROJECT });
  for (const path of packages.toString().trim().split('\n').slice(1)) {
    cpSync(path, join(app, relative(PROJECT, path)), { recursive: true });
  }
  copyFileSync(process.execPath, join(app, 'node'));
  copyLibraries(root, app);
  for (const [name, mode] of [
    ['data', 0o700],
    ['tmp', 0o1777],
  ] as const) {
    mkdirSync(join(root, name));
    chmodSync(join(root, name), mode);
  }
  const [uid, gid] = USER.split(':').map(Number);
  chownSync(join(root, 'data'), uid!, gid!);
}

/** The base has those of C and C++; libatomic comes along with the program. */
function copyLibraries(root: string, app: string): void {
  const binaries = [join(app, 'node'), ...globSync(join(app, 'node_modules/**/*.node'))];
  const told = execFileSync('ldd', binaries).toString();
  for (const [, path = ''] of told.matchAll(/(?:=> |^\t)(\/(?:usr\/)?lib\S*) \(0x/gm)) {
    const place = path.includes('/libatomic.') ? join(app, 'lib/libatomic.so.1') : join(root, path);
    mkdirSync(dirname(place), { recursive: true });
    copyFileSync(realpathSync(path), place);
  }
}

/** What belongs to the user of the image, at most two levels deep; SQLite's files beside its own are left out. */
function writtenIn(root: string): string[] {
  const [uid = ''] = USER.split(':');
  const found = execFileSync('find', [root, '-uid', uid, '-mindepth', '1']).toString().trim().split('\n');
  const places = found.map((path) => relative(root, path)).filter((path) => path !== 'data');
  const short = places.map((path) => path.split('/').slice(0, 2).join('/'));
  return [...new Set(short)].filter((path) => !/-(?:wal|shm)$/.test(path)).toSorted();
}
