/** Starts the long files first, so that no worker is left alone with one at the end. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Browsers and whole programs take their time; most first. The rest follows in vitest's own order, which keeps files that
 * share a process together (vitest.config.ts).
 */
const SLOW = [
  '/test/admin/pages',
  '/test/race/two',
  '/test/webhook/killed',
  '/test/cli/start',
  '/test/cli/faults',
  '/test/fuzz/',
  '/test/e2e/',
  '/test/jobs/killed',
  '/test/database/silent',
  '/test/graphql/large-shop',
  '/test/graphql/queries',
];

export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  const index = SLOW.findIndex((part) => moduleId.includes(part));
  return index === -1 ? SLOW.length : index;
}
