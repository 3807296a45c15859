#!/usr/bin/env node
/**
 * What `npx tegata` starts: runs the program on a Node that is new enough, whatever `node` the machine has. Plain
 * JavaScript, because an old Node has to read it.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const NEEDED = 26;
const main = new URL('../dist/main.js', import.meta.url);

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  await import(main.href);
} else {
  const { findRuntime } = await import('./runtime.js');
  const found = await findRuntime(NEEDED);
  if (found.ok) {
    runOn(found.node);
  } else {
    process.stderr.write(
      `tegata: needs Node ${NEEDED}; this is Node ${process.versions.node}. ${found.reason}\n`,
    );
    process.exitCode = 1;
  }
}

/** The child is the program: it gets every signal, and its end is ours. */
function runOn(node) {
  const child = spawn(node, ['--', fileURLToPath(main), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npx starts us by a shell that ends at SIGTERM without passing it on.
  const parent = process.ppid;
  const orphaned = () => process.ppid !== parent && child.kill('SIGTERM');
  if (process.env.npm_lifecycle_event === 'npx') setInterval(orphaned, 250).unref();
  child.on('error', (error) => {
    process.stderr.write(`tegata: ${node} does not start: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 128);
  });
}
