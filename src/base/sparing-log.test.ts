import { afterEach, expect, test, vi } from 'vitest';
import { LINES_WRITTEN, sparingLog, WINDOW_MS } from './sparing-log.ts';

afterEach(() => vi.useRealTimers());

test('the first lines of a window are written, the rest are one number, and then it begins again', () => {
  vi.useFakeTimers();
  const lines: unknown[] = [];
  const write = (detail: object, message: string) => void lines.push([detail, message]);
  const log = { info: write, warn: write, error: write };
  const sparing = sparingLog();
  const many = (count: number) => {
    for (let i = 0; i < count; i += 1) sparing.write('error', log, { i }, 'away');
  };
  many(LINES_WRITTEN + 30);
  expect(lines).toHaveLength(LINES_WRITTEN);
  vi.advanceTimersByTime(WINDOW_MS);
  expect(lines.slice(LINES_WRITTEN)).toEqual([[{ repeated: 30, seconds: 60 }, 'away']]);
  many(1);
  vi.advanceTimersByTime(WINDOW_MS);
  expect(lines.slice(LINES_WRITTEN + 1)).toEqual([[{ i: 0 }, 'away']]);
});
