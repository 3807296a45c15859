/** Keeps Tegata's own tables bounded: removes in batches what has expired or is older than it is kept. */

import { pruneEvents } from '../audit/events.ts';
import type { Clock } from '../base/clock.ts';
import { grantIdsAfter, type PrunedRows, pruneEmptyGrants, pruneExpired } from '../database/expired.ts';
import type { Db, Store } from '../database/open.ts';
import { pruneSessions } from '../staff/store/sessions.ts';
import { pruneThrottle } from '../staff/store/throttle.ts';
import { pruneCalls } from './store/api-calls.ts';
import { pruneApiUse } from './store/api-use.ts';
import { pruneUsesOfNone, usedGrantIdsAfter } from './store/grant-use.ts';
import { removedClientsAfter, removeSomeOfClient } from './store/removed-clients.ts';

const BATCH = 500; // rows in one statement
const BATCHES = 100; // of one kind in one go
const WALKED = 2_000; // grants looked at in one go for what an earlier end has left behind
const CLIENTS_WALKED = 200; // clients with grants looked at in one go for those that are gone
const DAY_SECONDS = 86_400;

export type PruneDeps = {
  readonly store: Store;
  readonly clock: Clock;
  /** `TEGATA_AUDIT_DAYS`. */
  readonly auditDays: number;
  /** `TEGATA_REQUEST_LOG_DAYS`. */
  readonly requestLogDays: number;
  /** Waited for between two batches, so that others get their turn; false = stop here. */
  readonly goOn?: () => Promise<boolean>;
  /** Where the look at all grants goes on; this process remembers it from one go to the next. */
  readonly walk?: PrunePlace;
};

/** The last grants and clients looked at. */
export type PrunePlace = { grant: string; use: string; client: string };

/** Rows removed of each kind. */
export type Pruned = Readonly<
  Record<'expired' | 'sessions' | 'throttle' | 'events' | 'uses' | 'calls', number>
>;

export async function pruneOnce(deps: PruneDeps): Promise<Pruned> {
  const { store, clock, auditDays, requestLogDays, goOn, walk } = deps;
  const { db } = store;
  const now = clock.now();
  const expired = await clearExpired(db, now, goOn);
  const left = await pruneLeftBehind(db, now, walk ?? { grant: '', use: '', client: '' });
  const removed = await pruneRemovedClients(db, walk ?? { client: '' }, goOn);
  return {
    expired: expired.rows + left.grants + removed,
    uses: expired.uses + left.uses + (await inBatches(() => pruneApiUse(db, now, BATCH), goOn)),
    sessions: await inBatches(() => pruneSessions(db, now, BATCH), goOn),
    throttle: await inBatches(() => pruneThrottle(db, now, BATCH), goOn),
    events: await inBatches(() => pruneEvents(db, now - auditDays * DAY_SECONDS, BATCH), goOn),
    calls: await inBatches(() => pruneCalls(db, now - requestLogDays * DAY_SECONDS, BATCH), goOn),
  };
}

/** Clears what has expired; what is beyond a great many rows is left to the next call. */
export async function clearExpired(db: Db, now: number, goOn?: PruneDeps['goOn']): Promise<PrunedRows> {
  let [tokens, uses] = [0, 0];
  const rows = await inBatches(async () => {
    const gone = await pruneExpired(db, now, BATCH);
    tokens += gone.tokens;
    uses += gone.uses;
    return gone.rows;
  }, goOn);
  return { rows, tokens, uses };
}

/** Grants revoked without a token, uses counted for a grant that has just gone: found some at a time, in a round. */
async function pruneLeftBehind(
  db: Db,
  now: number,
  walk: PrunePlace,
): Promise<{ grants: number; uses: number }> {
  const ids = await grantIdsAfter(db, walk.grant, WALKED);
  const gone = { grants: 0, uses: 0 };
  for (let i = 0; i < ids.length; i += BATCH) {
    const { grants, uses } = await pruneEmptyGrants(db, now, ids.slice(i, i + BATCH));
    gone.grants += grants;
    gone.uses += uses;
  }
  const used = await usedGrantIdsAfter(db, walk.use, WALKED);
  for (let i = 0; i < used.length; i += BATCH)
    gone.uses += await pruneUsesOfNone(db, used.slice(i, i + BATCH));
  walk.grant = ids.length < WALKED ? '' : (ids.at(-1) ?? '');
  walk.use = used.length < WALKED ? '' : (used.at(-1) ?? '');
  return gone;
}

/** Grants and tokens of clients that are gone (see removeClient). */
async function pruneRemovedClients(
  db: Db,
  walk: Pick<PrunePlace, 'client'>,
  goOn: PruneDeps['goOn'],
): Promise<number> {
  const { removed, last } = await removedClientsAfter(db, walk.client, CLIENTS_WALKED);
  let rows = 0;
  for (const clientId of removed)
    rows += await inBatches(() => removeSomeOfClient(db, clientId, BATCH), goOn);
  walk.client = last ?? '';
  return rows;
}

async function inBatches(removeSome: () => Promise<number>, goOn?: PruneDeps['goOn']): Promise<number> {
  let removed = 0;
  for (let round = 0; round < BATCHES; round += 1) {
    const now = await removeSome();
    removed += now;
    if (now === 0 || (goOn && !(await goOn()))) break;
  }
  return removed;
}
