/** What would be lost with Tegata's tables while a shop is between EC-CUBE's plugin and here. Asks also where tables lack. */
import type { Store } from '../database/open.ts';
import { readTakeover } from '../oauth/store/takeover-state.ts';
import { hasMoreToTell, movedWebhooks } from './store/moved-webhooks.ts';

/**
 * `open`: the plugin's clients, webhooks and refresh tokens are at work here, and the plugin knows nothing of what has
 * become of them. `telling`: it leads again, but endpoints have still to tell what happened before.
 */
export type Unfinished = 'open' | 'telling';

/** `tables`: those of Tegata's that are there. */
export async function unfinishedTakeover(
  { db }: Pick<Store, 'db'>,
  tables: readonly string[],
): Promise<Unfinished | undefined> {
  if (!tables.includes('tegata_takeover')) return undefined;
  const state = (await readTakeover(db))?.state;
  if (state === 'open') return 'open';
  const needed = ['tegata_takeover_webhook', 'tegata_webhook', 'tegata_delivery'];
  if (state !== 'returned' || !needed.every((name) => tables.includes(name))) return undefined;
  for (const { webhookId } of await movedWebhooks(db)) {
    if (await hasMoreToTell(db, webhookId)) return 'telling';
  }
  return undefined;
}
