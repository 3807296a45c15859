import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { SlowestFirst } from './test/support/slowest-first.ts';

// The files' own processes, and the programs that they start, compile a module once and not at every start.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/node-compile');

// By this the end of a run knows the databases that it has made.
process.env.TEGATA_TEST_RUN ??= randomBytes(4).toString('hex');

const TESTS = ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts', 'test/**/*.test.tsx'];

/**
 * A process of its own for each: what starts programs and browsers and mostly waits for them, races, measures this process
 * or listens to it. All others follow each other in two processes, which load the server once.
 */
const ALONE = [
  'test/{e2e,fuzz,race}/**/*.test.ts',
  'test/cli/{failed-first-start,faults,read-only,shop-file,start,stop-signals}.test.ts',
  'test/admin/{behaviour,pages}.test.ts',
  'test/database/{database-tls,database-url}.test.ts',
  'test/graphql/{budget,undeclared-variables}.test.ts',
  'test/support/harness.test.ts',
  'test/webhook/{killed-workers,program}.test.ts',
];

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    reporters: ['default', './test/support/closing-line.ts'],
    testTimeout: 60_000, // a browser on a busy machine takes its time
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 3, // on two cores: many tests wait, for a browser, a lease or a database
    globalSetup: './test/support/global-teardown.ts',
    sequence: { sequencer: SlowestFirst },
    projects: [
      { extends: true, test: { name: 'alone', include: ALONE, isolate: true } },
      {
        extends: true,
        test: { name: 'shared', include: TESTS, exclude: [...ALONE, '**/node_modules/**'], isolate: false },
      },
    ],
  },
});
