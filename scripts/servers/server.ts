/**
 * What PostgreSQL and MariaDB have in common when a test run starts one for itself: a folder of its own, a user that is
 * not root (both refuse root), a log that is shown only when the start fails, and an end by process id.
 */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 15_000;
const POLL_MS = 100;

/** Runs a program to its end; rejects with what it wrote to standard error. */
export const runFile = promisify(execFile);

export type DatabaseServer = {
  /** What to call it in a report. */
  readonly name: string;
  /** URL of an account that may create databases. */
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
  /** Starts it once more where it was, after it has ended. */
  again(): Promise<DatabaseServer>;
};

type Owner = { uid?: number; gid?: number };

/** The account to run a server as: Debian's own user for it when we are root, else ourselves. */
export function serverOwner(user: string): Owner {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

export function makeFolder(path: string, owner: Owner): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(path, owner.uid, owner.gid);
  return path;
}

export type Launch = {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly owner: Owner;
  readonly logFile: string;
  readonly url: string;
  readonly stopSignal: NodeJS.Signals;
  /** Rejects until the server answers. */
  readonly ping: () => Promise<void>;
};

/** Starts the program and returns when it answers. */
export async function launch(what: Launch): Promise<DatabaseServer> {
  const log = openSync(what.logFile, 'a');
  const child = spawn(what.program, what.args, { ...what.owner, stdio: ['ignore', log, log] });
  const stop = () => stopChild(child, what.stopSignal);
  try {
    await untilAnswered(what, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { name: what.name, url: what.url, pid: Number(child.pid), stop, again: () => launch(what) };
}

async function untilAnswered(what: Launch, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline && child.exitCode === null && child.pid !== undefined) {
    if (
      await what.ping().then(
        () => true,
        () => false,
      )
    )
      return;
    await sleep(POLL_MS);
  }
  throw new Error(`${what.name} did not start:\n${readFileSync(what.logFile, 'utf8').slice(-2000)}`);
}

async function stopChild(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  const patience = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await ended;
  clearTimeout(patience);
}
