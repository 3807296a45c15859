/** What `tegata doctor` says of each database server. */
import { expect, test } from 'vitest';
import { readServerFacts } from '../../src/database/server-facts.ts';
import { eachDatabase } from '../support/databases.ts';

const HOUR_SECONDS = 3600; // far more than two clocks of one machine differ, far less than a wrong time zone

eachDatabase((database) => {
  test('tells its kind, its version and its time in epoch seconds', async () => {
    const { kind, version, now } = await readServerFacts(database.open());
    expect(kind).toBe(database.name);
    expect(version).toMatch(/^\d+\./);
    expect(Number.isInteger(now)).toBe(true);
    expect(Math.abs(now - Date.now() / 1000)).toBeLessThan(HOUR_SECONDS);
  });
});
