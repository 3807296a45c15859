/** `npm run check`: every check there is, the same on a desk and in CI. Goes on after a failure and names all that failed. */
import { succeeds } from './steps.ts';

/** npm scripts in order; `test` builds, and with it the program that `documents` asks. */
const CHECKS = ['types', 'lint', 'unused', 'test', 'documents'] as const;

const failed: string[] = [];
for (const name of CHECKS) {
  console.log(`\n── ${name}`);
  if (!(await succeeds('npm', ['run', '-s', name]))) failed.push(name);
}
console.log(failed.length === 0 ? '\nall checks passed' : `\nfailed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
