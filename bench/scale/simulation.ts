/**
 * Many shops on shared processes, event by event: a request waits for the event loop, then for a connection to its shop's own
 * database (opened when there is none), then for a core of that database's server, then for the loop again.
 */
import { Agenda } from './agenda.ts';
import { COSTS, DATABASE_CORES, HEAVY, KINDS, type Kind, POOL, SIZES, type Size } from './inputs.ts';
import { type Random, seeded } from './random.ts';

/** `any`: each request goes to any process. `two`: to the shorter queue of its shop's two. */
export type Routing = 'any' | 'two';

export type Plan = {
  readonly seed: number;
  readonly shops: Readonly<Record<Size, number>>;
  readonly processes: number;
  readonly databaseServers: number;
  readonly routing: Routing;
  readonly seconds: number;
  /** Of which so many are not counted. */
  readonly warmSeconds: number;
  /** One shop of a size asks so many times as much as others of it, for all the time. */
  readonly noisy?: { readonly size: Size; readonly times: number };
  /** Requests to /api of one shop that a process works on at once; more are refused. undefined = no limit. */
  readonly runningPerShop?: number;
};

export type Outcome = {
  /** Milliseconds from arrival to answer of /api, sorted, by the size of the shop; the noisy shop's are not among them. */
  readonly latencies: Readonly<Record<Size, Float64Array>>;
  readonly answered: number;
  readonly refused: number;
  /** The most at one time, on the server that has most. */
  readonly connections: number;
  /** Of the noisy shop alone. */
  readonly noisyLatencies: Float64Array;
};

type Shop = { readonly id: number; readonly size: Size; readonly server: Server; readonly noisy: boolean };
type Pool = {
  readonly server: Server;
  open: number;
  idle: number[];
  waiting: (() => void)[];
  running: number;
};
type Process = { freeAtMs: number; readonly pools: Map<number, Pool> };
type Server = { readonly coresFreeAtMs: Float64Array; connections: number };
type Request = { readonly kind: Kind; readonly shop: Shop; readonly bornMs: number; readonly times: number };

const REFUSAL_MS = 0.05;
const SAMPLE_MS = 1_000;

export function simulate(plan: Plan): Outcome {
  return new Simulation(plan).run();
}

class Simulation {
  readonly #plan: Plan;
  readonly #random: Random;
  readonly #agenda = new Agenda();
  readonly #processes: Process[];
  readonly #servers: Server[];
  readonly #shops: Readonly<Record<Size, readonly Shop[]>>;
  readonly #latencies = { small: [], medium: [], large: [], huge: [] } as Record<Size, number[]>;
  readonly #noisyLatencies: number[] = [];
  #answered = 0;
  #refused = 0;
  #connections = 0;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#random = seeded(plan.seed);
    this.#processes = Array.from({ length: plan.processes }, () => ({ freeAtMs: 0, pools: new Map() }));
    this.#servers = Array.from({ length: plan.databaseServers }, () => ({
      coresFreeAtMs: new Float64Array(DATABASE_CORES),
      connections: 0,
    }));
    let id = 0;
    const shopsOf = (size: Size): Shop[] =>
      Array.from({ length: plan.shops[size] }, (_, place) => {
        id += 1;
        const server = this.#servers[id % plan.databaseServers] as Server;
        return { id, size, server, noisy: place === 0 && plan.noisy?.size === size };
      });
    this.#shops = {
      small: shopsOf('small'),
      medium: shopsOf('medium'),
      large: shopsOf('large'),
      huge: shopsOf('huge'),
    };
  }

  run(): Outcome {
    for (const size of Object.keys(SIZES) as Size[]) {
      for (const kind of KINDS)
        this.#arrivals(kind, this.#shops[size], SIZES[size][kind] * this.#shops[size].length);
    }
    const { noisy, seconds } = this.#plan;
    const own = noisy && this.#shops[noisy.size].slice(0, 1);
    if (own) this.#arrivals('api', own, SIZES[noisy.size].api * (noisy.times - 1));
    for (let atMs = SAMPLE_MS; atMs < seconds * 1000; atMs += SAMPLE_MS)
      this.#agenda.at(atMs, () => this.#sample());
    this.#agenda.run(seconds * 1000);
    const sorted = (list: readonly number[]) => Float64Array.from(list).sort();
    const { small, medium, large, huge } = this.#latencies;
    return {
      latencies: { small: sorted(small), medium: sorted(medium), large: sorted(large), huge: sorted(huge) },
      noisyLatencies: sorted(this.#noisyLatencies),
      answered: this.#answered,
      refused: this.#refused,
      connections: this.#connections,
    };
  }

  #arrivals(kind: Kind, shops: readonly Shop[], perSecond: number): void {
    if (shops.length === 0 || perSecond === 0) return;
    const next = (): void => {
      this.#agenda.at(this.#agenda.nowMs + this.#random.around(1000 / perSecond), () => {
        next();
        const shop = shops[this.#random.whole(shops.length)] as Shop;
        const heavy = kind === 'api' && this.#random.next() < HEAVY.share;
        this.#arrive({ kind, shop, bornMs: this.#agenda.nowMs, times: heavy ? HEAVY.times : 1 });
      });
    };
    next();
  }

  #arrive(request: Request): void {
    const process = this.#processFor(request.shop);
    const pool = poolOf(process, request.shop);
    const isApi = request.kind === 'api';
    if (isApi && pool.running >= (this.#plan.runningPerShop ?? Number.POSITIVE_INFINITY)) {
      this.#refused += 1;
      this.#onLoop(process, REFUSAL_MS, () => {});
      return;
    }
    if (isApi) pool.running += 1;
    const { loopMs, databaseMs } = COSTS[request.kind];
    const half = (loopMs * request.times) / 2;
    this.#onLoop(process, half, () =>
      this.#withConnection(pool, (release) =>
        this.#onDatabase(request.shop.server, this.#random.around(databaseMs * request.times), () => {
          release();
          this.#onLoop(process, half, () => this.#answer(request, pool));
        }),
      ),
    );
  }

  #answer({ kind, shop, bornMs }: Request, pool: Pool): void {
    this.#answered += 1;
    if (kind !== 'api') return;
    pool.running -= 1;
    if (bornMs < this.#plan.warmSeconds * 1000) return;
    const list = shop.noisy ? this.#noisyLatencies : this.#latencies[shop.size];
    list.push(this.#agenda.nowMs - bornMs);
  }

  #processFor({ id }: Shop): Process {
    const all = this.#processes;
    if (this.#plan.routing === 'any' || all.length <= 2)
      return all[this.#random.whole(all.length)] as Process;
    const one = seeded(id).whole(all.length);
    const other = (one + 1 + seeded(id + 0x9e3779b9).whole(all.length - 1)) % all.length;
    const [a, b] = [all[one] as Process, all[other] as Process];
    if (a.freeAtMs === b.freeAtMs) return this.#random.next() < 0.5 ? a : b;
    return a.freeAtMs < b.freeAtMs ? a : b;
  }

  #onLoop(process: Process, ms: number, then: () => void): void {
    process.freeAtMs = Math.max(process.freeAtMs, this.#agenda.nowMs) + ms;
    this.#agenda.at(process.freeAtMs, then);
  }

  #onDatabase({ coresFreeAtMs }: Server, ms: number, then: () => void): void {
    let first = 0;
    for (let core = 1; core < coresFreeAtMs.length; core += 1) {
      if ((coresFreeAtMs[core] as number) < (coresFreeAtMs[first] as number)) first = core;
    }
    const endMs = Math.max(coresFreeAtMs[first] as number, this.#agenda.nowMs) + ms;
    coresFreeAtMs[first] = endMs;
    this.#agenda.at(endMs, then);
  }

  #withConnection(pool: Pool, work: (release: () => void) => void): void {
    const release = (): void => {
      const next = pool.waiting.shift();
      if (next) next();
      else pool.idle.push(this.#agenda.nowMs);
    };
    this.#closeIdle(pool);
    if (pool.idle.pop() !== undefined) work(release);
    else if (pool.open === POOL.perShop) pool.waiting.push(() => work(release));
    else {
      pool.open += 1;
      pool.server.connections += 1;
      this.#agenda.at(this.#agenda.nowMs + POOL.openMs, () => work(release));
    }
  }

  #closeIdle(pool: Pool): void {
    const fromMs = this.#agenda.nowMs - POOL.idleSeconds * 1000;
    while (pool.idle.length > 0 && (pool.idle[0] as number) < fromMs) {
      pool.idle.shift();
      pool.open -= 1;
      pool.server.connections -= 1;
    }
  }

  #sample(): void {
    for (const { pools } of this.#processes) for (const pool of pools.values()) this.#closeIdle(pool);
    this.#connections = Math.max(this.#connections, ...this.#servers.map(({ connections }) => connections));
  }
}

function poolOf({ pools }: Process, { id, server }: Shop): Pool {
  const known = pools.get(id);
  if (known) return known;
  const pool: Pool = { server, open: 0, idle: [], waiting: [], running: 0 };
  pools.set(id, pool);
  return pool;
}
