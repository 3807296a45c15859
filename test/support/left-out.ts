/**
 * A group of tests that needs something a machine may lack. Where it is lacking the group is left out and its name says
 * why, so that the closing line can count it; in CI nothing may be lacking, so there the group fails instead.
 */
import { describe, test } from 'vitest';

/** `concurrent`: its tests run side by side, and beside those of the next group. */
export type SuiteOptions = { readonly concurrent?: boolean };

/** `lacking`: why the group cannot run here; undefined when it can. */
export function describeUnless(
  lacking: string | undefined,
  name: string,
  define: () => void,
  options: SuiteOptions = {},
): void {
  if (lacking === undefined) {
    describe(name, options, define);
  } else if (process.env.CI) {
    test(name, () => {
      throw new Error(`CI must run this: ${lacking}`);
    });
  } else {
    describe.skipIf(true)(`${name} [left out: ${lacking}]`, define);
  }
}
