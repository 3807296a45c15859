/** The keys that sign access tokens: shown, turned, cleared away; each deed goes into the audit log. */

import { recordEvent } from '../../audit/events.ts';
import type { Actor } from '../../audit/origin.ts';
import type { Clock } from '../../base/clock.ts';
import type { Db, Store } from '../../database/open.ts';
import { judgeKeyFolder, type KeyFolder, rememberKeyFolder } from '../key-folder.ts';
import { currentKey, type KeyRecord, retirable, retirableAt, type SigningAlgorithm } from './keyring.ts';

/** Where the keys are kept. */
export type KeyKeeper = KeyFolder & {
  keys(): readonly KeyRecord[];
  /**
   * Undefined, and nothing done, when by now another key than `from` signs, or someone was faster. What lies in the
   * database is changed in `trx` where that is given.
   */
  rotate(
    alg: SigningAlgorithm,
    now: number,
    within?: { readonly from?: string; readonly trx?: Db },
  ): Promise<readonly KeyRecord[] | undefined>;
  /** Removes old keys that no live token needs; names them. */
  retire(now: number, trx?: Db): Promise<string[]>;
  /**
   * Takes a key away at once, whatever its state; false when there is no such key. The slow part, a new key, comes first;
   * `deed` then gets what takes the key away, and calls it where the event is written.
   */
  remove(kid: string, now: number, deed: (takeAway: TakeAway) => Promise<void>): Promise<boolean>;
  /** Looks at once what the keys are: after a transaction that has changed them. */
  refresh(): Promise<void>;
};

/** The ring without the key; undefined when it is gone already. */
type TakeAway = (trx?: Db) => Promise<readonly KeyRecord[] | undefined>;

export type SigningKeyDeps = { readonly store: Store; readonly clock: Clock; readonly keyFiles: KeyKeeper };

export type ShownKey = Pick<KeyRecord, 'kid' | 'alg' | 'state'> & {
  /** When it came into this state. */
  readonly since: number;
  /** When an old key may go; null for the others. */
  readonly removableAt: number | null;
};

/** In the order of a key's life backwards: next, current, old ones from the newest. */
export function shownKeys(keys: readonly KeyRecord[]): ShownKey[] {
  const order = { next: 0, current: 1, old: 2 };
  return keys
    .map((key) => ({
      kid: key.kid,
      alg: key.alg,
      state: key.state,
      since: key.oldSince ?? (key.state === 'next' ? key.createdAt : key.signsSince),
      removableAt: retirableAt(key),
    }))
    .sort((a, b) => order[a.state] - order[b.state] || b.since - a.since);
}

/** `alg` is the new next key's. False when another key than `from` signs by now: someone was faster. */
export async function rotateKeys(
  { store, clock, keyFiles }: SigningKeyDeps,
  { from, alg, by }: { from: string; alg: SigningAlgorithm; by?: 'schedule' },
  actor: Partial<Actor> = {},
): Promise<boolean> {
  const now = clock.now();
  // Who turns the keys by hand says that they are the right ones; the schedule does not.
  const rightful = by === undefined || (await judgeKeyFolder(store.db, keyFiles, now)) !== 'foreign';
  const turned = await withEvents(store, async (trx) => {
    const record = ({ kid, alg: signs }: KeyRecord): Promise<void> => {
      const detail = { kid, alg: signs, ...(by === undefined ? {} : { by }) };
      return recordEvent(trx, { kind: 'key_rotated', occurredAt: now, ...actor, detail });
    };
    const next = keyFiles.keys().find(({ state }) => state === 'next');
    if (next) await record(next);
    const keys = await keyFiles.rotate(alg, now, { from, trx });
    if (keys === undefined) return false;
    if (!next) await record(currentKey(keys));
    if (rightful) await rememberKeyFolder(trx, { ...keyFiles, keys: () => keys });
    return true;
  });
  await keyFiles.refresh();
  return turned;
}

/** The keys that went. */
export async function retireKeys(
  { store, clock, keyFiles }: SigningKeyDeps,
  actor: Partial<Actor> = {},
): Promise<string[]> {
  const now = clock.now();
  const expected = retirable(keyFiles.keys(), now);
  if (expected.length === 0) return [];
  let gone: string[] = [];
  await withEvents(store, async (trx) => {
    for (const { kid } of expected) {
      await recordEvent(trx, { kind: 'key_retired', occurredAt: now, ...actor, detail: { kid } });
    }
    gone = await keyFiles.retire(now, trx);
    return gone.length > 0;
  });
  await keyFiles.refresh();
  return gone;
}

/**
 * For a key that was stolen: it goes now, and what it signed ends with it. False when there is no such key. The event is
 * written first: without it no key goes.
 */
export async function removeKey(
  { store, clock, keyFiles }: SigningKeyDeps,
  kid: string,
  actor: Partial<Actor> = {},
): Promise<boolean> {
  const now = clock.now();
  const rightful = (await judgeKeyFolder(store.db, keyFiles, now)) !== 'foreign';
  const detail = { kid, at_once: true };
  try {
    return await keyFiles.remove(kid, now, (takeAway) =>
      store.db.transaction().execute(async (trx) => {
        await recordEvent(trx, { kind: 'key_retired', occurredAt: now, ...actor, detail });
        const left = await takeAway(trx);
        if (left === undefined) throw new KeyIsGone();
        // The database must not go on looking for the key that is gone.
        if (rightful) await rememberKeyFolder(trx, { ...keyFiles, keys: () => left });
      }),
    );
  } catch (error) {
    if (error instanceof KeyIsGone) return false;
    throw error;
  }
}

/**
 * Files know no rollback, so they come last in the transaction: an event that cannot be written leaves the files as they
 * are. False, and no event, when `deed` returns false.
 */
async function withEvents(store: Store, deed: (trx: Db) => Promise<boolean>): Promise<boolean> {
  const nothing = new Error('nothing was done');
  try {
    return await store.db.transaction().execute(async (trx) => {
      if (await deed(trx)) return true;
      throw nothing;
    });
  } catch (error) {
    if (error === nothing) return false;
    throw error;
  }
}

/** Takes the event back: another request was faster. */
class KeyIsGone extends Error {}
