/**
 * Gives the plugin its webhooks back, as they are here now: it sends from the commit on, and the
 * endpoints end with the last change that was committed before; what they have still to tell, they tell.
 */
import { UnsealError } from '../base/encryption.ts';
import type { Db } from '../database/open.ts';
import { sequenceAll } from '../feed/sequence.ts';
import { unsealSecret } from '../webhook/secret.ts';
import type { Webhook } from '../webhook/store/webhook-row.ts';
import { listWebhooks } from '../webhook/store/webhooks.ts';
import type { TakeoverDeps } from './deps.ts';
import {
  endFeedAt,
  insertPluginWebhook,
  movedWebhooks,
  noteMoved,
  type PluginWebhookValues,
  strayPluginWebhook,
  writePluginWebhook,
} from './store/moved-webhooks.ts';

export type GivenWebhook = {
  readonly payloadUrl: string;
  /**
   * `wider`: the plugin knows no choice of events and will send more than here. `stays`: Tegata goes on sending, since a
   * client registered it or its secret cannot be read.
   */
  readonly outcome: 'given' | 'wider' | 'stays';
};

/** `table` writes the plugin's rows; `dryRun` writes nothing and says the same. */
export async function giveWebhooks(
  tx: Db,
  table: Db,
  deps: TakeoverDeps,
  dryRun: boolean,
): Promise<GivenWebhook[]> {
  const now = deps.clock.now();
  const head = dryRun ? 0 : await sequenceAll(tx, deps.store.kit, now);
  const moved = await movedWebhooks(tx);
  const rowOf = new Map(moved.map((one) => [one.webhookId, one.pluginId]));
  const taken = new Set(moved.map(({ pluginId }) => pluginId));
  const given: GivenWebhook[] = [];
  for (const webhook of await listWebhooks(tx)) {
    if (webhook.feedUntil !== null) continue;
    const values = valuesFor(deps, webhook);
    given.push({ payloadUrl: webhook.payloadUrl, outcome: outcomeOf(webhook, values) });
    if (dryRun || !values) continue;
    const { webhookId } = webhook;
    const known = rowOf.get(webhookId) ?? (await strayPluginWebhook(table, values, taken));
    const pluginId = await write(table, deps, known, values, now);
    taken.add(pluginId);
    if (pluginId !== rowOf.get(webhookId)) await noteMoved(tx, { pluginId, webhookId });
    await endFeedAt(tx, webhookId, head);
  }
  return given;
}

/** The row's id; one that is not there, or no longer, is made. */
async function write(
  table: Db,
  { store }: TakeoverDeps,
  pluginId: number | undefined,
  values: PluginWebhookValues,
  now: number,
): Promise<number> {
  if (pluginId !== undefined && (await writePluginWebhook(table, store, pluginId, values, now)))
    return pluginId;
  return insertPluginWebhook(table, store, values, now);
}

/** What the plugin is to send; undefined = it cannot. */
function valuesFor({ masterKey }: TakeoverDeps, webhook: Webhook): PluginWebhookValues | undefined {
  if (webhook.owner !== null) return undefined;
  try {
    const { webhookId, payloadUrl, secretSealed, pausedReason } = webhook;
    const secret = unsealSecret(masterKey, webhookId, secretSealed);
    return { payloadUrl, secret, enabled: webhook.enabled && pausedReason !== 'staff' };
  } catch (error) {
    if (error instanceof UnsealError) return undefined;
    throw error;
  }
}

function outcomeOf(webhook: Webhook, values: PluginWebhookValues | undefined): GivenWebhook['outcome'] {
  if (!values) return 'stays';
  const { topics, orderStatuses, productStatuses, parts, excludedClientId } = webhook;
  const isNarrow =
    [topics, orderStatuses, productStatuses, parts].some(({ length }) => length > 0) ||
    excludedClientId !== null;
  return isNarrow ? 'wider' : 'given';
}
