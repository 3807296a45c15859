/** Runs commands on this Node, one after another or side by side, passing an interrupt on to those that run. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';

const running = new Set<ChildProcess>();
let interrupted = false;

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interrupted = true;
    for (const child of running) child.kill(signal);
  });
}

/** Runs a local package's command or a program; true when it ended well and nobody interrupted. */
export async function succeeds(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<boolean> {
  if (interrupted) return false;
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, PATH: path, ...env } });
  return endsWell(child);
}

/** Runs an npm script beside others: what it writes is printed in one piece, once it has ended. */
export async function scriptSucceeds(name: string): Promise<boolean> {
  if (interrupted) return false;
  const child = spawn('npm', ['run', '-s', name], { env: { ...process.env, PATH: path } });
  const written = Promise.all([text(child.stdout), text(child.stderr)]);
  const well = await endsWell(child);
  console.log(`\n── ${name}\n${(await written).join('')}`.trimEnd());
  return well;
}

async function endsWell(child: ChildProcess): Promise<boolean> {
  running.add(child);
  const [code] = await once(child, 'exit');
  running.delete(child);
  return code === 0 && !interrupted;
}

// Local commands start with `env node`: they must find this Node, not the machine's.
const path = ['node_modules/.bin', dirname(process.execPath), process.env.PATH ?? ''].join(':');
