/** Every endpoint under nonsense: 6,000 cases in each run of the tests; `npm run fuzz` goes on for a million and more. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AREAS } from './areas.ts';
import { ASSERTION_KEYS } from './assertion-area.ts';
import { startTarget, type Target } from './target.ts';

const { TEGATA_FUZZ_CASES, TEGATA_FUZZ_SEED } = process.env;
const CASES = Number(TEGATA_FUZZ_CASES ?? 6_000);
const AT_ONCE = 20;
const TIMEOUT_MS = TEGATA_FUZZ_CASES === undefined ? 240_000 : 0;
// The same cases in every run, so that a change and not the dice makes this fail.
const SEED = Number(TEGATA_FUZZ_SEED ?? 20_260_401);

describe('fuzzing', () => {
  let target: Target;
  const lost: unknown[] = [];
  const note = (reason: unknown) => lost.push(reason);
  beforeAll(async () => {
    process.on('unhandledRejection', note);
    target = await startTarget(ASSERTION_KEYS);
  });
  afterAll(async () => {
    await target?.close();
    process.off('unhandledRejection', note);
    expect(lost).toEqual([]);
  });

  const shares = AREAS.reduce((sum, { share }) => sum + share, 0);
  test.each(AREAS.map((area) => [area.name, area] as const))(
    'ASVS-16.5.1, ASVS-16.5.3: %s: never an error of the server, never taken without proof',
    async (_name, { share, property }) => {
      const numRuns = Math.ceil((CASES * share) / shares / AT_ONCE);
      await fc.assert(property(target, AT_ONCE), { numRuns, seed: SEED });
    },
    TIMEOUT_MS,
  );
});
