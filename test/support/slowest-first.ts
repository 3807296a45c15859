/** Starts the long files first, so that no worker is left alone with one at the end. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Browsers and whole programs take their time; most first. The rest follows in vitest's own order. */
const SLOW = ['/test/pages/pages', '/test/race/two', '/test/webhook/killed', '/test/e2e/', '/test/cli/'];

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
