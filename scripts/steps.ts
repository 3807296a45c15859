/** Runs commands one after another on this Node, passing an interrupt on to the one that runs. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';

let current: ChildProcess | undefined;
let interrupted = false;

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interrupted = true;
    current?.kill(signal);
  });
}

/** Runs a local package's command or a program; true when it ended well and nobody interrupted. */
export async function succeeds(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<boolean> {
  if (interrupted) return false;
  current = spawn(command, args, { stdio: 'inherit', env: { ...process.env, PATH: path, ...env } });
  const [code] = await once(current, 'exit');
  current = undefined;
  return code === 0 && !interrupted;
}

// Local commands start with `env node`: they must find this Node, not the machine's.
const path = ['node_modules/.bin', dirname(process.execPath), process.env.PATH ?? ''].join(':');
