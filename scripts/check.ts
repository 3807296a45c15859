/** `npm run check`: every check there is, the same on a desk and in CI. Goes on after a failure and names all that failed. */
import { succeeds } from './steps.ts';

const CHECKS: readonly { name: string; command: string; args: readonly string[] }[] = [
  { name: 'types', command: 'tsc', args: ['-p', 'tsconfig.json'] },
  { name: 'lint and format', command: 'biome', args: ['ci', '.'] },
  { name: 'unused code and dependencies', command: 'knip', args: [] },
  // Builds, and with it the program that the next check asks.
  { name: 'tests', command: 'npm', args: ['test'] },
  { name: 'generated documents', command: 'node', args: ['dist/main.js', 'docs', '--check'] },
];

const failed: string[] = [];
for (const { name, command, args } of CHECKS) {
  console.log(`\n── ${name}`);
  if (!(await succeeds(command, args))) failed.push(name);
}
console.log(failed.length === 0 ? '\nall checks passed' : `\nfailed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
