/** What the webhook room is handed, with loopback allowed and every pause short. */

import type { Clock } from '../../../src/base/clock.ts';
import { FEED_SOURCES } from '../../../src/database/feed-sources.ts';
import type { Store } from '../../../src/database/open.ts';
import { parseAllowList, systemResolve } from '../../../src/outbound/allowed-addresses.ts';
import type { WebhookDeps } from '../../../src/webhook/deps.ts';
import { WEBHOOK_LIMITS, type WebhookLimits } from '../../../src/webhook/limits.ts';

export const MASTER_KEY = new Uint8Array(32).fill(9);

export const LOOPBACK = parseAllowList(['127.0.0.0/8']);

export function webhookDeps(
  store: Store,
  clock: Clock,
  limits: Partial<WebhookLimits> = {},
  more: Partial<WebhookDeps> = {},
): WebhookDeps {
  return {
    store,
    clock,
    masterKey: MASTER_KEY,
    log: { info: () => {}, warn: () => {}, error: (detail, message) => console.error(message, detail) },
    limits: { ...WEBHOOK_LIMITS, windowSeconds: 0, busyMs: 5, idleMs: 50, ...limits },
    feedSources: FEED_SOURCES,
    entities: ['product', 'order', 'customer'],
    shopUrl: 'http://127.0.0.1:8780/',
    version: '0.0.0-test',
    clients: { accessOf: async () => undefined },
    allow: LOOPBACK,
    resolve: systemResolve,
    random: () => 0.5,
    ...more,
  };
}
