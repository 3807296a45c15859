/** What the simulation of many shops goes by. Measured numbers are those of docs/performance.md; the rest is assumed, and says so. */

export type Kind = 'api' | 'token' | 'webhook';
export const KINDS: readonly Kind[] = ['api', 'token', 'webhook'];

/** Per request, in milliseconds. */
type Cost = {
  /** Of the event loop. */
  readonly loopMs: number;
  /** Of a core of the database server; a connection is held as long. */
  readonly databaseMs: number;
};

export const COSTS: Readonly<Record<Kind, Cost>> = {
  // Catalogue, 434 ms of CPU for 1000; a page of 1,000 products by itself 2.6 ms, of which Tegata's 0.4.
  api: { loopMs: 434 / 1000, databaseMs: 2.2 },
  // Code exchange, 563 ms for 1000, 270 of them the signature, off the loop; a dozen statements and a commit: assumed.
  token: { loopMs: 0.293, databaseMs: 3 },
  // 4,166 changes a second to one endpoint (MariaDB, the slowest).
  webhook: { loopMs: 0.24, databaseMs: 0.24 },
};

/** Assumed: so many requests to /api are heavy (orders with all relations, exports) and cost so many times as much. */
export const HEAVY = { share: 0.005, times: 25 } as const;

export type Size = 'small' | 'medium' | 'large' | 'huge';

/** Assumed: of a hundred thousand shops, and in the busiest hour, requests a second of one. */
export const SIZES: Readonly<Record<Size, { readonly share: number } & Readonly<Record<Kind, number>>>> = {
  small: { share: 0.9, api: 0.02, token: 0.001, webhook: 0.01 },
  medium: { share: 0.09, api: 0.5, token: 0.02, webhook: 0.2 },
  large: { share: 0.009, api: 10, token: 0.2, webhook: 3 },
  huge: { share: 0.001, api: 60, token: 1, webhook: 20 },
};

/** Assumed; the first three are pg-pool's and PostgreSQL's usual ones. */
export const POOL = { idleSeconds: 10, openMs: 6, perShop: 3 } as const;
export const DATABASE_CORES = 16;
/** As docs/operating.md says, plan with a third; half of the database is assumed. */
export const BUSY = { process: 1 / 3, database: 1 / 2 } as const;

/** A process that idles, and what one shop more takes in it (`npm run bench -- scale --memory`). */
export const MEMORY_MIB = { process: 161, shop: 3 } as const;
/** Assumed of the multi-shop mode (decision 0043): shops of one shape share their schema and documents. */
export const SHARED_SHOP_MIB = 0.1;
