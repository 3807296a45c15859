import { expect, test } from 'vitest';
import { systemClock } from './clock.ts';

// Durations are kept in integer columns; PostgreSQL refuses a fraction there.
test.each(['now', 'nowMs', 'monotonicMs'] as const)('%s of the real clock is whole', (read) => {
  for (let i = 0; i < 100; i++) expect(systemClock[read]()).toSatisfy(Number.isInteger);
});
