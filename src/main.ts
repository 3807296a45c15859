#!/usr/bin/env node
/** The entry: a server begins again with the runtime's flags for servers; then cli/program.ts picks the command. */
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { isOursAlone } from './cli/compile-cache.ts';

/**
 * One collector thread, and room for 64 MB that requests leave behind: V8's usual choice, made for a page on many cores,
 * spends a fifth of a server's CPU on threads that wait for each other (docs/performance.md). And no debugger at SIGUSR1,
 * which tools send that rotate logs: anyone who reached its port on this machine could run code here.
 */
const SERVER_FLAGS = ['--disable-sigusr1', '--single-threaded-gc', '--max-semi-space-size=64', '--expose-gc'];

/** Older ones lack node:sqlite and more. */
const NEEDED = 26;

const { argv, execArgv, execPath, versions } = process;
if (Number(versions.node.split('.')[0]) < NEEDED) {
  process.stderr.write(
    `tegata: needs Node ${NEEDED} or newer; this is Node ${versions.node}. Start it by npm start, npx tegata or node_modules/.bin/node, which bring their own\n`,
  );
  process.exit(1);
}
if (argv.includes('serve') && !SERVER_FLAGS.every((flag) => execArgv.includes(flag))) {
  // The same process with the same id. Windows has no such call and goes on as it is. Behind `--` Node looks for no
  // options of its own: `--env-file` is ours.
  process.execve?.(execPath, [execPath, ...execArgv, ...SERVER_FLAGS, '--', ...argv.slice(1)]);
}
const cache = fileURLToPath(new URL('.cache', import.meta.url));
if (isOursAlone(cache)) module.enableCompileCache(cache);
const { runCommand } = await import('./cli/program.ts');
await runCommand(argv);
