/**
 * The last words of a test run: why tests were left out, counted by reason, and one plain line that any CI can read
 * (`N passed, N failed, N skipped`). A file that breaks before its first test counts as one failure.
 */
import type { Reporter, TestCase, TestModule } from 'vitest/node';

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const failed = count('failed') + broken + unhandledErrors.length;
    for (const [reason, number] of countReasons(tests)) console.log(`${number} tests left out: ${reason}`);
    console.log(`${count('passed')} passed, ${failed} failed, ${count('skipped')} skipped`);
  }
}

function countReasons(tests: readonly TestCase[]): Map<string, number> {
  const reasons = new Map<string, number>();
  for (const test of tests) {
    if (test.result().state !== 'skipped') continue;
    const reason = reasonOf(test);
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return reasons;
}

/** The note of the test itself, or what stands in brackets in the name of a group around it (see left-out.ts). */
function reasonOf(test: TestCase): string {
  const result = test.result();
  const note = 'note' in result ? result.note : undefined;
  return note ?? /\[left out: (.+?)\]/.exec(test.fullName)?.[1] ?? 'no reason given';
}
