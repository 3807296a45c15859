/** One fault from before to after: the load begins, the fault comes and goes, the load goes on, the record is checked. */
import { setTimeout as sleep } from 'node:timers/promises';
import { check } from './check.ts';
import type { Fault } from './faults.ts';
import { startLoad } from './load.ts';
import { secondsStarved } from './processes.ts';
import { Recorder } from './record.ts';
import { approveCodes } from './shop.ts';
import { accessToken, type World } from './world.ts';

const CODES_PER_SECOND = 60;
/** As many products as one load changes. */
export const LOAD_PRODUCTS = 1_200;
/** An answer that takes longer is no sign of health. */
const SLOW_MS = 3_000;

/** How long the load goes on before the fault, in it, and after it. */
export type Times = { readonly warmMs: number; readonly faultMs: number; readonly afterMs: number };

export const timesOf = (seconds: number): Times => ({
  warmMs: 2_000,
  faultMs: seconds * 1000,
  afterMs: 12_000,
});

export type Outcome = {
  readonly fault: Fault;
  readonly database: string;
  readonly record: Recorder;
  readonly healedSeconds: number;
  /** What was refused, or slow, after the fault's end. */
  readonly unhealed: string;
  /** Seconds after the fault's end in which each had no processor: the two nodes, and this process. */
  readonly starvedSeconds: readonly number[];
  /** From the end of the load until every change had been told; undefined = not at all. */
  readonly webhookSeconds: number | undefined;
};

export async function runFault(
  world: World,
  fault: Fault,
  { warmMs, faultMs, afterMs }: Times,
): Promise<Outcome> {
  const record = new Recorder();
  const wholeSeconds = (warmMs + faultMs + afterMs) / 1000;
  const codes = await world.withStore((store) =>
    approveCodes(store, world.client, Math.ceil(wholeSeconds * CODES_PER_SECOND)),
  );
  const front = await fault.before?.(world);
  const load = startLoad({
    urls: front?.urls ?? world.both.map(({ url }) => url),
    client: world.client,
    codes,
    products: world.takeProducts(LOAD_PRODUCTS),
    accessToken: await accessToken(world),
    record,
  });
  await sleep(warmMs);
  const end = await fault.begin(world);
  await sleep(faultMs);
  await end();
  const endMs = Date.now();
  const starvedBefore = starved(world);
  await sleep(afterMs);
  const starvedSeconds = starved(world).map((seconds, place) => seconds - starvedBefore[place]!);
  await load.stop();
  await front?.stop();
  const webhookSeconds = await check(world, record);
  const healedSeconds = record.healedAfter(endMs, SLOW_MS);
  const unhealed = record.unhealed(endMs, SLOW_MS);
  return {
    fault,
    database: world.place.name,
    record,
    healedSeconds,
    unhealed,
    starvedSeconds,
    webhookSeconds,
  };
}

const starved = ({ both }: World): number[] =>
  [...both.map((node) => node.pid()), process.pid].map(secondsStarved);
