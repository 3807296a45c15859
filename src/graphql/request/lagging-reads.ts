/** Whether a request may be answered by a replica that is a little behind: never to a client that has just written, on whichever node. */
import { LRUCache } from 'lru-cache';
import type { Db } from '../../database/open.ts';
import type { ShopStore } from '../../shop/rows/select.ts';
import { hasRecentWrite, noteRecentWrite } from '../store/recent-writes.ts';

/** Between two notes of one client: who writes without a pause is noted once in it. */
const NOTED_AGAIN_MS = 1_000;
/** Beyond the lag that is allowed: for the second above, for whole seconds, and for what commits when it has been noted. */
const MARGIN_SECONDS = 10;
const MOST_CLIENTS = 10_000;

export type ReplicaForReads = { readonly db: Db; isUsed(): boolean; readonly maxLagSeconds: number };

export type LaggingReads = {
  /** Where the shop's rows may be read for this client; undefined = where they are written. */
  placeFor(clientId: string): Promise<Db | undefined>;
  /** To be awaited before the client is told that its write is done. */
  noteWrite(clientId: string): Promise<void>;
};

type Deps = {
  readonly store: ShopStore;
  readonly replica: ReplicaForReads;
  readonly log: { error(details: object, message: string): void };
  readonly nowMs: () => number;
};

export function laggingReads({ store, replica, log, nowMs }: Deps): LaggingReads {
  const seconds = replica.maxLagSeconds + MARGIN_SECONDS;
  const notes = new LRUCache<string, { readonly atMs: number; readonly noted: Promise<void> }>({
    max: MOST_CLIENTS,
  });
  return {
    placeFor: async (clientId) => {
      if (!replica.isUsed()) return undefined;
      const own = notes.get(clientId);
      if (own && nowMs() - own.atMs < seconds * 1000) return undefined;
      return (await hasRecentWrite(store, clientId)) ? undefined : replica.db;
    },
    noteWrite: (clientId) => {
      const own = notes.get(clientId);
      const atMs = nowMs();
      if (own && atMs - own.atMs < NOTED_AGAIN_MS) return own.noted;
      // The write is done, whatever becomes of this.
      const noted = noteRecentWrite(store, clientId, seconds).catch((error: unknown) =>
        log.error({ err: error }, 'other nodes were not told of a write'),
      );
      notes.set(clientId, { atMs, noted });
      return noted;
    },
  };
}
