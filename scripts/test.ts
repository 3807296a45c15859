/**
 * `npm test`: everything there is to check, the same on a desk and in CI. Installs what the machine lacks, and while
 * PostgreSQL and MariaDB start, checks types, lint, unused code and documents and builds; then runs every test, and stops
 * what it started whatever happens. It goes on after a failure, and the tests come last since their closing line counts
 * them. Arguments go to vitest, and then the tests that they name are all that runs: `npm test -- test/oauth`.
 */
import { installMissing } from './programs.ts';
import { startServers } from './servers/both.ts';
import { succeeds } from './steps.ts';

/** npm scripts in their order. */
const CHECKS = ['types', 'lint', 'unused', 'documents'] as const;

const wanted = process.argv.slice(2);
const failed: string[] = [];
const missing = installMissing();
const starting = startServers();
for (const name of wanted.length === 0 ? CHECKS : []) {
  console.log(`\n── ${name}`);
  if (!(await succeeds('npm', ['run', '-s', name]))) failed.push(name);
}
const built = await succeeds('npm', ['run', '-s', 'build']);
const servers = await starting;
let passed = false;
try {
  for (const name of missing) warn(`${name} is not installed (only root on Debian is helped with that)`);
  for (const failure of servers.failures) warn(failure);
  if (!built) console.error('\n!!! the build failed: see above\n');
  if (failed.length > 0) console.error(`\n!!! failed before the tests: ${failed.join(', ')}\n`);
  passed = (await succeeds('vitest', ['run', ...wanted], servers.env)) && built && failed.length === 0;
} finally {
  await servers.stop();
}
process.exitCode = passed ? 0 : 1;

function warn(text: string): void {
  console.error(`\n!!! ${text}\n!!! the tests that need it do not run\n`);
}
