/** What the deeds of this room are handed. */

import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { FeedSource } from '../database/feed-sources.ts';
import type { Store } from '../database/open.ts';
import type { AddressAllowList, Resolve } from '../outbound/allowed-addresses.ts';
import type { WebhookClients } from './clients.ts';
import type { Heartbeat } from './heartbeat.ts';
import type { WebhookLimits } from './limits.ts';
import type { PauseReason } from './store/webhook-row.ts';

/** An endpoint was paused or switched off; staff want to know. */
export type PauseNotice = {
  readonly webhookId: string;
  readonly payloadUrl: string;
  readonly reason: PauseReason;
  /** The last failure, e.g. `HTTP 500`. */
  readonly error: string;
  readonly failingSince: number | null;
};

export type AttemptNotice = {
  /** `again`: it failed and will be tried again; `failed`: it was given up. */
  readonly outcome: 'delivered' | 'again' | 'failed' | 'gone';
  /** Since the delivery was made. */
  readonly waitedSeconds: number;
};

export type WebhookDeps = {
  readonly store: Store;
  readonly clock: Clock;
  /** The installation's; the key for secrets is drawn from it. */
  readonly masterKey: Uint8Array;
  readonly log: Log;
  readonly limits: WebhookLimits;
  /** The tables that the change feed watches, those of extensions too. */
  readonly feedSources: readonly FeedSource[];
  /** The things whose changes endpoints may choose: `product`, `order`, `customer`, and those of extensions. */
  readonly entities: readonly string[];
  /** Home page of the shop, with trailing slash: `X-ECCUBE-URL`. */
  readonly shopUrl: string;
  readonly version: string;
  /** What clients' endpoints may hear and send. */
  readonly clients: WebhookClients;
  readonly allow: AddressAllowList;
  readonly resolve: Resolve;
  /** In [0, 1). */
  readonly random: () => number;
  /** Called after each attempt at a delivery; must not throw. */
  readonly onAttempt?: (attempt: AttemptNotice) => void;
  readonly heartbeat?: Heartbeat;
  /** Called once for each pause; what it throws is logged. */
  readonly notify?: (notice: PauseNotice) => Promise<void>;
};
