/**
 * A command of the program in this process, as `node dist/main.js …` runs it in one of its own (`runProgram`): the same
 * arguments, environment, output and exit code, without the start. Not for `serve`, nor for what is typed in.
 */
import { runCommand } from '../../src/cli/program.ts';
import { commandEnv, type Finished } from './program.ts';

let before: Promise<unknown> = Promise.resolve();

/** One after another, since the environment and the outputs are the process's own. */
export function runCommandHere(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Finished> {
  const finished = before.then(() => run(args, env));
  before = finished.catch(() => {});
  return finished;
}

async function run(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Finished> {
  const { env: ownEnv, exitCode: ownCode } = process;
  const [stdout, stderr] = [kept(process.stdout), kept(process.stderr)];
  process.env = commandEnv(env);
  process.exitCode = undefined;
  try {
    await runCommand([process.execPath, 'tegata', ...args]);
    return { code: Number(process.exitCode ?? 0), stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    process.env = ownEnv;
    process.exitCode = ownCode;
    stdout.release();
    stderr.release();
  }
}

/** Keeps what is written to a stream from now on to itself. */
function kept(stream: NodeJS.WriteStream): { text(): string; release(): void } {
  const chunks: string[] = [];
  const { write } = stream;
  stream.write = (chunk: string | Uint8Array) => {
    chunks.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    return true;
  };
  const release = () => {
    stream.write = write;
  };
  return { text: () => chunks.join(''), release };
}
