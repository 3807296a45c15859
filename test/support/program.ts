/**
 * The program itself, as a person starts it: `node dist/main.js serve` with a data folder and a port of its own.
 * Nothing of this process's environment reaches it but `PATH` and where Node keeps compiled modules (vitest.config.ts), so a
 * developer's variables cannot change a test.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { scratchFolder } from './scratch.ts';

const MAIN = join(import.meta.dirname, '../../dist/main.js');
/** The real cost is proven in src/staff/rules/password.test.ts. */
const CHEAP_BCRYPT_COST = '4';
const INHERITED = ['PATH', 'NODE_COMPILE_CACHE'] as const;
const READY_LIMIT_MS = 240_000; // on a machine with much else to do
const STOP_LIMIT_MS = 15_000;
const POLL_MS = 50;

export type ProgramOptions = {
  /** Variables of docs/configuration.md; `undefined` takes a default of this harness away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What follows `serve` on the command line. */
  readonly args?: readonly string[];
  /** A data folder that outlives the program, for a second start. Left out: a new one, removed at `stop`. */
  readonly dataDir?: string;
};

export type Program = {
  /** `http://localhost:PORT`, without a trailing slash. */
  readonly url: string;
  readonly adminPassword: string;
  readonly dataDir: string;
  readonly pid: number;
  /** Everything written to standard output and standard error so far. */
  output(): string;
  /** Asks it to end (SIGTERM) and returns its exit code; null when it had to be killed. */
  stop(): Promise<number | null>;
};

/** Starts the server and returns when `/ready` answers 200. */
export async function startProgram(options: ProgramOptions = {}): Promise<Program> {
  const dataDir = options.dataDir ?? scratchFolder('tegata-program-');
  const port = await freePort();
  const env = {
    ...inherited(),
    PORT: String(port),
    TEGATA_DATA_DIR: dataDir,
    TEGATA_ADMIN_PASSWORD: 'correct-horse-1',
    TEGATA_PASSWORD_COST: CHEAP_BCRYPT_COST,
    TEGATA_DRAIN: '0',
    ...options.env,
  };
  const child = spawn(process.execPath, [MAIN, 'serve', ...(options.args ?? [])], {
    env: defined(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect(child.stdout, child.stderr);
  const url = `http://localhost:${env.PORT}`;
  const stop = async () => {
    const code = await endOf(child);
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    return code;
  };
  try {
    await untilReady(url, child, output);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, adminPassword: env.TEGATA_ADMIN_PASSWORD ?? '', dataDir, pid: child.pid!, output, stop };
}

export type Finished = { code: number | null; stdout: string; stderr: string };

/** Runs one command of the program to its end: `runProgram(['client', 'list', '--json'], { TEGATA_DATA_DIR })`. */
export async function runProgram(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Finished> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: commandEnv(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: stdout(), stderr: stderr() };
}

/** What one command of the program sees. */
export const commandEnv = (env: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  defined({ ...inherited(), TEGATA_PASSWORD_COST: CHEAP_BCRYPT_COST, ...env });

const inherited = (): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(INHERITED.map((name) => [name, process.env[name]]));

function defined(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

function collect(...streams: (Readable | null)[]): () => string {
  const chunks: string[] = [];
  for (const stream of streams) stream?.setEncoding('utf8').on('data', (text: string) => chunks.push(text));
  return () => chunks.join('');
}

async function untilReady(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + READY_LIMIT_MS;
  while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
    const answer = await fetch(`${url}/ready`).catch(() => undefined);
    if (answer?.status === 200) return;
    await sleep(POLL_MS);
  }
  throw new Error(
    `the program is not ready (${child.signalCode ?? `exit code ${child.exitCode}`}); it wrote:\n${output()}`,
  );
}

async function endOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  const [code] = (await ended) as [number | null];
  clearTimeout(patience);
  return code;
}
