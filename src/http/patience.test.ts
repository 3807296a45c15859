/** Who waits is told to come again only while nothing was done for him. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withPatience } from './patience.ts';
import { LateError } from './unavailable.ts';

const MS = 1_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('an answer in time', async () => {
  expect(await withPatience({}, MS, async () => 'done')).toBe('done');
  expect(vi.getTimerCount()).toBe(0);
});

test('too late: the work commits nothing any more', async () => {
  const { promise: silence, resolve: end } = Promise.withResolvers<void>();
  let committed = false;
  const asked = withPatience({}, MS, async (patience) => {
    await silence;
    patience.beforeCommit();
    committed = true;
  });
  vi.advanceTimersByTime(MS);
  await expect(asked).rejects.toThrow(LateError);
  end();
  await vi.advanceTimersByTimeAsync(MS);
  expect(committed).toBe(false);
});

test('a commit that began in time is waited for', async () => {
  const { promise: commit, resolve: end } = Promise.withResolvers<void>();
  const asked = withPatience({}, MS, async (patience) => {
    patience.beforeCommit();
    await commit;
    return 'issued';
  });
  vi.advanceTimersByTime(MS - 1);
  end();
  expect(await asked).toBe('issued');
});

test('a commit that never ends is waited for as long again, not for ever', async () => {
  const asked = withPatience({}, MS, async (patience) => {
    vi.advanceTimersByTime(MS - 1);
    patience.beforeCommit();
    await new Promise(() => {});
  });
  let ended = false;
  void asked
    .catch(() => {})
    .finally(() => {
      ended = true;
    });
  await vi.advanceTimersByTimeAsync(MS - 1);
  expect(ended).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await expect(asked).rejects.toThrow(LateError);
});

test('two waits of one caller share one patience; that of a commit is whole', async () => {
  const caller = {};
  const { promise: silence, resolve: end } = Promise.withResolvers<void>();
  const first = withPatience(caller, MS, () => silence);
  await vi.advanceTimersByTimeAsync(MS - 1);
  end();
  await first;
  await vi.advanceTimersByTimeAsync(MS); // between them it waits for nothing of ours
  const never = withPatience(caller, MS, () => new Promise(() => {})).catch((error: unknown) => error);
  const committing = withPatience(caller, MS, async ({ beforeCommit }) => {
    beforeCommit();
    await new Promise((resolve) => setTimeout(resolve, MS - 1));
    return 'issued';
  });
  await vi.advanceTimersByTimeAsync(1);
  expect(await Promise.race([never, 'waits on'])).toBeInstanceOf(LateError);
  await vi.advanceTimersByTimeAsync(MS);
  expect(await committing).toBe('issued');
});

test('an error of the work comes through', async () => {
  await expect(withPatience({}, MS, async () => Promise.reject(new Error('refused')))).rejects.toThrow(
    'refused',
  );
  expect(vi.getTimerCount()).toBe(0);
});
