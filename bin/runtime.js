/**
 * The Node that Tegata runs on where the machine's is older (docs/decisions/0035-runtime-fetched-when-needed.md): one that is
 * installed beside Tegata, one that an earlier start fetched, else one fetched now by npm, which checks what it got. Plain
 * JavaScript for an old Node.
 */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

const LOCK_LIMIT_MS = 300_000;
const LOCK_PAUSE_MS = 250;
const WINDOWS = process.platform === 'win32';
const LIBATOMIC = 'It lacks libatomic: apt-get install libatomic1';

/** npm's packages of Node's own programs, without install scripts. */
const SYSTEM = WINDOWS ? 'win' : process.platform;
const PACKAGE = `${SYSTEM === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'}-${SYSTEM}-${process.arch}`;
const PROGRAM = WINDOWS ? 'node.exe' : 'node';

/** `{ ok: true, node }` or `{ ok: false, reason }`, a sentence that says what to do. */
export async function findRuntime(needed) {
  const version = testedVersion();
  const folder = join(cacheFolder(), `node-${version}-${SYSTEM}-${process.arch}`);
  const fetched = programIn(folder);
  for (const node of [...installedBeside(), fetched]) {
    const tried = tryOut(node, needed);
    if (tried.ok) return tried;
    if (tried.lacksLibatomic) return { ok: false, reason: `${node} does not start. ${LIBATOMIC}` };
  }
  try {
    await fetchOnce(version, folder, () => tryOut(fetched, needed).ok);
  } catch (error) {
    return { ok: false, reason: whatToDo(needed, error) };
  }
  const tried = tryOut(fetched, needed);
  if (tried.ok) return tried;
  return {
    ok: false,
    reason: tried.lacksLibatomic ? `${fetched} does not start. ${LIBATOMIC}` : whatToDo(needed, tried),
  };
}

/** The version that this release is tested with. */
function testedVersion() {
  const own = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return own.devDependencies.node.replace(/^[^\d]*/, '');
}

function cacheFolder() {
  if (process.env.TEGATA_RUNTIME_DIR) return process.env.TEGATA_RUNTIME_DIR;
  if (WINDOWS && process.env.LOCALAPPDATA) return join(process.env.LOCALAPPDATA, 'tegata');
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tegata');
}

const programIn = (folder) => join(folder, 'node_modules', PACKAGE, 'bin', PROGRAM);

/** Of the npm package `node`: whoever installed it beside Tegata need not fetch. */
function installedBeside() {
  try {
    return [join(createRequire(import.meta.url).resolve('node/package.json'), '..', 'bin', PROGRAM)];
  } catch {
    return [];
  }
}

function tryOut(node, needed) {
  if (!existsSync(node)) return { ok: false, message: 'npm brought no program' };
  const { stdout, stderr, error } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  const [, major] = /^v(\d+)\./.exec(stdout ?? '') ?? [];
  if (Number(major) >= needed) return { ok: true, node };
  const message = (error?.message ?? stderr ?? '').trim().split('\n').at(-1) || `${node} is Node ${major}`;
  return { ok: false, message, lacksLibatomic: /libatomic/.test(stderr ?? '') };
}

function whatToDo(needed, { message }) {
  const instead = `Install Node ${needed} (https://nodejs.org/), or name a folder that can be written in TEGATA_RUNTIME_DIR`;
  return `One could not be fetched from npm: ${message.replace(/\s+/g, ' ').slice(0, 300)}. ${instead}`;
}

/** What is fetched gets its name when it is whole: a start that is killed in between leaves nothing that another would run. */
async function fetchOnce(version, folder, isThere) {
  const cache = join(folder, '..');
  mkdirSync(cache, { recursive: true });
  const lock = join(cache, '.fetching');
  await takeLock(lock);
  const staging = mkdtempSync(join(cache, `.fetch-${process.pid}-`));
  try {
    if (isThere()) return; // another start has fetched meanwhile
    removeLeftovers(cache, staging);
    process.stderr.write(`tegata: fetching Node ${version} into ${cache}, once (50 MB) …\n`);
    install(`${PACKAGE}@${version}`, staging);
    // Headers for compiling against Node: a third of the size.
    rmSync(join(staging, 'node_modules', PACKAGE, 'include'), { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
    renameSync(staging, folder);
  } finally {
    rmSync(staging, { recursive: true, force: true });
    rmSync(lock, { force: true });
  }
}

/** A lock whose holder has died is taken over. Two that take over at once both fetch, which harms nothing. */
async function takeLock(lock) {
  for (const deadline = Date.now() + LOCK_LIMIT_MS; ; ) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!holderLives(lock) || Date.now() > deadline) rmSync(lock, { force: true });
    await new Promise((resolve) => setTimeout(resolve, LOCK_PAUSE_MS));
  }
}

function holderLives(lock) {
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    // Not written yet: it lives.
    return holder === 0 || lives(holder);
  } catch {
    return false;
  }
}

function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Those of starts that were killed. What npm is still writing there, by itself, goes at the next fetch. */
function removeLeftovers(cache, own) {
  for (const name of readdirSync(cache)) {
    const [, pid] = /^\.fetch-(\d+)-/.exec(name) ?? [];
    const path = join(cache, name);
    if (pid === undefined || path === own || lives(Number(pid))) continue;
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {}
  }
}

/** npm compares the package with the registry's sum of it. No script runs. */
function install(wanted, folder) {
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const options = ['--prefix', folder, '--no-global', '--no-save', '--no-package-lock', '--ignore-scripts'];
  const quiet = [
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--fetch-retry-mintimeout=1000',
    '--fetch-retry-maxtimeout=5000',
  ];
  const { error, status, stderr } = spawnSync('npm', ['install', ...options, ...quiet, wanted], {
    cwd: folder,
    encoding: 'utf8',
    shell: WINDOWS,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (error) throw error;
  if (status !== 0) throw new Error(reasonOf(stderr));
}

/** npm's own sentence, without the codes before it and the path of its log behind. */
function reasonOf(stderr) {
  const lines = stderr.split('\n').map((line) => line.replace(/^npm (?:error|ERR!) ?/, '').trim());
  return (
    lines.find((line) => line !== '' && !/^(?:code|errno|syscall|network$|A complete log)/.test(line)) ??
    'npm failed'
  );
}
