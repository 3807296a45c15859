/**
 * `npm test`: installs what the machine lacks, builds, starts PostgreSQL and MariaDB, runs every test, and stops what it
 * started whatever happens. Arguments go to vitest: `npm test -- test/store`.
 */
import { installMissing } from './programs.ts';
import { startServers } from './servers/both.ts';
import { succeeds } from './steps.ts';

const missing = installMissing();
const built = await succeeds('npm', ['run', '-s', 'build']);
const servers = await startServers();
let passed = false;
try {
  for (const name of missing) warn(`${name} is not installed (only root on Debian is helped with that)`);
  for (const failure of servers.failures) warn(failure);
  if (!built) console.error('\n!!! the build failed: see above\n');
  passed = (await succeeds('vitest', ['run', ...process.argv.slice(2)], servers.env)) && built;
} finally {
  await servers.stop();
}
process.exitCode = passed ? 0 : 1;

function warn(text: string): void {
  console.error(`\n!!! ${text}\n!!! the tests that need it do not run\n`);
}
