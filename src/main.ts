#!/usr/bin/env node
/** The entry: a server begins again with the runtime's flags for servers; then cli/program.ts picks the command. */
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { isOursAlone } from './cli/compile-cache.ts';

/**
 * V8's usual choices are made for a page on many cores. One collector thread: others make a server wait for them. Room for 8 MB
 * that requests leave behind, old objects marked in one go, and memory that is free given back to the system: half the memory
 * under load, for no more CPU. And no debugger at SIGUSR1, which tools send that rotate logs: anyone who reached its port on
 * this machine could run code here (docs/decisions/0015-flags-of-the-server.md).
 */
const SERVER_FLAGS = [
  '--disable-sigusr1',
  '--single-threaded-gc',
  '--max-semi-space-size=8',
  '--initial-old-space-size=64',
  '--heap-growing-percent=40',
  '--no-incremental-marking',
  '--no-memory-pool',
  '--expose-gc',
];
/** glibc lets threads take memory from eight places a core, and each place keeps what one thread has had once. */
const SERVER_MEMORY = { MALLOC_ARENA_MAX: '2' };

/** Older ones lack node:sqlite and more. */
const NEEDED = 26;

const { argv, env, execArgv, execPath, versions } = process;
if (Number(versions.node.split('.')[0]) < NEEDED) {
  process.stderr.write(
    `tegata: needs Node ${NEEDED} or newer; this is Node ${versions.node}. Start it by npm start, npx tegata or node_modules/.bin/node, which bring their own\n`,
  );
  process.exit(1);
}
if (argv.includes('serve') && !SERVER_FLAGS.every((flag) => execArgv.includes(flag))) {
  // The same process with the same id. Windows has no such call and goes on as it is. Behind `--` Node looks for no
  // options of its own: `--env-file` is ours.
  const args = [execPath, ...execArgv, ...SERVER_FLAGS, '--', ...argv.slice(1)];
  process.execve?.(execPath, args, { ...SERVER_MEMORY, ...env });
}
const cache = fileURLToPath(new URL('.cache', import.meta.url));
if (isOursAlone(cache)) module.enableCompileCache(cache);
const { heedOutput, runCommand } = await import('./cli/program.ts');
if (!argv.includes('serve')) heedOutput(); // a server goes on without its output (cli/serve.ts)
await runCommand(argv);
