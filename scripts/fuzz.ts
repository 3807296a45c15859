/**
 * `npm run fuzz [-- cases [seed]]`: the cases of test/fuzz anew, a million unless told otherwise. A finding is printed with
 * its seed and the smallest case that shows it.
 */
import { succeeds } from './steps.ts';

const [cases = '1000000', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
console.log(`${cases} cases, seed ${seed}`);
const env = { TEGATA_FUZZ_CASES: cases, TEGATA_FUZZ_SEED: seed };
const passed = await succeeds('vitest', ['run', '--maxWorkers', '1', 'test/fuzz'], env);
process.exitCode = passed ? 0 : 1;
