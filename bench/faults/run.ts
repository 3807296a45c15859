/** One fault from before to after: the load begins, the fault comes and goes, the load goes on, the record is checked. */
import { setTimeout as sleep } from 'node:timers/promises';
import { check } from './check.ts';
import type { Fault } from './faults.ts';
import { startLoad } from './load.ts';
import { Recorder } from './record.ts';
import { approveCodes } from './shop.ts';
import { accessToken, type World } from './world.ts';

const WARM_MS = 2_000;
const AFTER_MS = 12_000;
const CODES_PER_SECOND = 60;
const PRODUCTS = 1_200;
/** An answer that takes longer is no sign of health. */
const SLOW_MS = 3_000;

export type Outcome = {
  readonly fault: Fault;
  readonly database: string;
  readonly record: Recorder;
  readonly healedSeconds: number;
  /** From the end of the load until every change had been told; undefined = not at all. */
  readonly webhookSeconds: number | undefined;
};

export async function runFault(world: World, fault: Fault, seconds: number): Promise<Outcome> {
  const record = new Recorder();
  const wholeSeconds = seconds + (WARM_MS + AFTER_MS) / 1000;
  const codes = await world.withStore((store) =>
    approveCodes(store, world.client, Math.ceil(wholeSeconds * CODES_PER_SECOND)),
  );
  const front = await fault.before?.(world);
  const load = startLoad({
    urls: front?.urls ?? world.both.map(({ url }) => url),
    client: world.client,
    codes,
    products: world.takeProducts(PRODUCTS),
    accessToken: await accessToken(world),
    record,
  });
  await sleep(WARM_MS);
  const end = await fault.begin(world);
  await sleep(seconds * 1000);
  await end();
  const endMs = Date.now();
  await sleep(AFTER_MS);
  await load.stop();
  await front?.stop();
  const webhookSeconds = await check(world, record);
  const healedSeconds = record.healedAfter(endMs, SLOW_MS);
  return { fault, database: world.place.name, record, healedSeconds, webhookSeconds };
}
