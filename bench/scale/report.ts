/** The simulation's tables: how it grows, beside a process for each shop, and what a noisy neighbour does. */
import {
  BUSY,
  COSTS,
  DATABASE_CORES,
  HEAVY,
  KINDS,
  type Kind,
  MEMORY_MIB,
  SHARED_SHOP_MIB,
  SIZES,
  type Size,
} from './inputs.ts';
import { type Outcome, type Plan, simulate } from './simulation.ts';

/** A table of texts, without its heads. */
export type Rows = readonly (readonly string[])[];

const SHOP_COUNTS = [1, 10, 100, 1_000, 10_000, 100_000] as const;
const SEED = 43;
const REQUESTS = 40_000; // of one run, about
const MOST_SECONDS = 600;
const WARM_SECONDS = 12; // beyond what an idle connection stays open
const NOISY_SHOPS = 10_000;
const NOISY_TIMES = 100;
const RUNNING_PER_SHOP = 8;
const GIB = 1024;

const NAMES = Object.keys(SIZES) as Size[];

/** The largest first: of few shops one is large enough to be worth looking at, and the rest are small. */
function shopsOf(count: number): Record<Size, number> {
  const shops = { small: 0, medium: 0, large: 0, huge: 0 };
  let left = count;
  for (const size of ['huge', 'large', 'medium'] as const) {
    shops[size] = Math.min(left, Math.round(count * SIZES[size].share));
    left -= shops[size];
  }
  return { ...shops, small: left };
}

const perSecond = (shops: Readonly<Record<Size, number>>, kind: Kind): number =>
  NAMES.reduce((sum, size) => sum + shops[size] * SIZES[size][kind], 0);

/** Seconds of work in a second. */
function load(shops: Readonly<Record<Size, number>>, part: 'loopMs' | 'databaseMs'): number {
  const heavier = { api: 1 + HEAVY.share * (HEAVY.times - 1), token: 1, webhook: 1 };
  return KINDS.reduce(
    (sum, kind) => sum + (perSecond(shops, kind) * COSTS[kind][part] * heavier[kind]) / 1000,
    0,
  );
}

type Sized = Pick<Plan, 'shops' | 'processes' | 'databaseServers' | 'seconds' | 'warmSeconds' | 'seed'>;

function sized(count: number): Sized {
  const shops = shopsOf(count);
  const all = KINDS.reduce((sum, kind) => sum + perSecond(shops, kind), 0);
  return {
    seed: SEED,
    shops,
    processes: Math.max(count === 1 ? 1 : 2, Math.ceil(load(shops, 'loopMs') / BUSY.process)),
    databaseServers: Math.ceil(load(shops, 'databaseMs') / DATABASE_CORES / BUSY.database),
    seconds: Math.round(Math.min(MOST_SECONDS, WARM_SECONDS + REQUESTS / all)),
    warmSeconds: WARM_SECONDS,
  };
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const ms = (value: number): string => (value < 10 ? value.toFixed(1) : whole(value));

/** `–`: too few answers to say it. */
function percentile(sorted: Float64Array, share: number): string {
  if (sorted.length * (1 - share) < 3) return '–';
  return ms(sorted[Math.floor(sorted.length * share)] as number);
}

const percentiles = (sorted: Float64Array): string =>
  [0.5, 0.99, 0.999].map((share) => percentile(sorted, share)).join(' / ');

const gib = (mib: number): string => (mib < GIB ? `${whole(mib)} MiB` : `${whole(mib / GIB)} GiB`);

/** Shops, requests a second, processes and database servers, connections and latency by both ways to a process, memory. */
export function growth(counts: readonly number[] = SHOP_COUNTS): Rows {
  return counts.map((count) => {
    const plan = sized(count);
    const [any, two] = (['any', 'two'] as const).map((routing) => simulate({ ...plan, routing })) as [
      Outcome,
      Outcome,
    ];
    const shopsAtOne = Math.min(count, Math.ceil((2 * count) / plan.processes));
    return [
      whole(count),
      ms(KINDS.reduce((sum, kind) => sum + perSecond(plan.shops, kind), 0)),
      whole(plan.processes),
      whole(plan.databaseServers),
      whole(any.connections),
      whole(two.connections),
      percentiles(any.latencies.small),
      percentiles(two.latencies.small),
      gib(MEMORY_MIB.process + count * MEMORY_MIB.shop),
      gib(MEMORY_MIB.process + shopsAtOne * MEMORY_MIB.shop),
      gib(MEMORY_MIB.process + shopsAtOne * SHARED_SHOP_MIB),
    ];
  });
}

/** Shops, memory and connections with a process for each, memory of all processes that share them. */
export function beside(counts: readonly number[] = SHOP_COUNTS): Rows {
  return counts.map((count) => {
    const { processes } = sized(count);
    const shopsAtOne = Math.min(count, Math.ceil((2 * count) / processes));
    return [
      whole(count),
      gib(count * MEMORY_MIB.process),
      gib(processes * (MEMORY_MIB.process + shopsAtOne * MEMORY_MIB.shop)),
      gib(processes * (MEMORY_MIB.process + shopsAtOne * SHARED_SHOP_MIB)),
    ];
  });
}

/** How a process is found and what bounds a shop, latency of the other shops by size, and of the noisy one. */
export function noise(shops = NOISY_SHOPS): Rows {
  const plan = sized(shops);
  const ways = [
    { routing: 'any' },
    { routing: 'any', noisy: true },
    { routing: 'any', noisy: true, bound: true },
    { routing: 'two', noisy: true },
    { routing: 'two', noisy: true, bound: true },
  ] as const;
  return ways.map((way) => {
    const outcome = simulate({
      ...plan,
      routing: way.routing,
      ...('noisy' in way && { noisy: { size: 'huge', times: NOISY_TIMES } }),
      ...('bound' in way && { runningPerShop: RUNNING_PER_SHOP }),
    });
    return [
      way.routing,
      'noisy' in way ? `${NOISY_TIMES} ×` : '–',
      'bound' in way ? String(RUNNING_PER_SHOP) : '–',
      percentiles(outcome.latencies.small),
      percentiles(outcome.latencies.huge),
      percentiles(outcome.noisyLatencies),
      whole(outcome.refused),
    ];
  });
}
