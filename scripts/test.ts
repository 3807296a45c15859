/**
 * `npm test`: everything there is to check, the same on a desk and in CI. Installs what the machine lacks, and while
 * PostgreSQL and MariaDB start, checks types, lint, unused code and documents and builds, unless that is done, two at a time;
 * then runs every test, and stops what it started whatever happens. It goes on after a failure, and the tests come last
 * since their closing line counts them. Arguments go to vitest, and then the tests that they name are all that runs:
 * `npm test -- test/oauth`.
 */
import { installMissing } from './programs.ts';
import { startServers } from './servers/both.ts';
import { scriptSucceeds, succeeds } from './steps.ts';

/** npm scripts: those of a row follow each other, beside those of the other row, which takes as long. */
const CHECKS = [['types'], ['built', 'lint', 'unused', 'documents']] as const;

const wanted = process.argv.slice(2);
const failed: string[] = [];
const missing = installMissing();
const starting = startServers();
const rows = wanted.length === 0 ? CHECKS : [['built'] as const];
await Promise.all(rows.map(check));
const servers = await starting;
let passed = false;
try {
  for (const name of missing) warn(`${name} is not installed (only root on Debian is helped with that)`);
  for (const failure of servers.failures) warn(failure);
  if (failed.length > 0) console.error(`\n!!! failed before the tests: ${failed.join(', ')}\n`);
  passed = (await succeeds('vitest', ['run', ...wanted], servers.env)) && failed.length === 0;
} finally {
  await servers.stop();
}
process.exitCode = passed ? 0 : 1;

function warn(text: string): void {
  console.error(`\n!!! ${text}\n!!! the tests that need it do not run\n`);
}

async function check(names: readonly string[]): Promise<void> {
  for (const name of names) if (!(await scriptSucceeds(name))) failed.push(name);
}
