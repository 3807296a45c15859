/** Some seconds of `npm run faults`: two real nodes, clients that try again, and the record of what they were told beside the database. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FAULTS } from '../../bench/faults/faults.ts';
import { LOAD_PRODUCTS, runFault } from '../../bench/faults/run.ts';
import { makeWorld, type World } from '../../bench/faults/world.ts';

const TIMES = { warmMs: 500, faultMs: 3_500, afterMs: 1_500 };
const LIMIT_MS = 240_000;

let world: World | undefined;
beforeAll(async () => {
  world = await makeWorld('sqlite', LOAD_PRODUCTS);
}, LIMIT_MS);
afterAll(() => world?.stop());

test.each(['killed-nodes', 'paused'])(
  '%s: nothing is lost, doubled, or works on after its revocation',
  {
    timeout: LIMIT_MS,
  },
  async (name) => {
    const fault = FAULTS.find((one) => one.name === name)!;
    const { record, webhookSeconds } = await runFault(world!, fault, TIMES);
    expect(record.acknowledged).toBeGreaterThan(0);
    const { lost, doubled, revokedButWorking } = record;
    expect({ lost, doubled, revokedButWorking }).toEqual({ lost: [], doubled: [], revokedButWorking: [] });
    expect(webhookSeconds, 'until the last webhook had come').toBeDefined();
  },
);
