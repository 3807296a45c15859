/**
 * The plugin's webhooks become endpoints: the plugin stops at the commit, and the endpoints begin behind the last change that
 * was committed before. Whoever has read the rows has then ended (plugin-fence.ts), so that no change is told twice and none
 * is lost.
 */
import type { Db } from '../database/open.ts';
import { sequenceAll } from '../feed/sequence.ts';
import { registerEndpoint } from '../webhook/endpoints.ts';
import { type PluginWebhook, pluginWebhooks } from '../webhook/store/plugin-webhooks.ts';
import type { Webhook } from '../webhook/store/webhook-row.ts';
import { deleteWebhook, findWebhook, listWebhooks } from '../webhook/store/webhooks.ts';
import { endpointOfPlugin, faultsOfPluginWebhook, noteTakenOver } from '../webhook/take-over.ts';
import type { TakeoverDeps } from './deps.ts';
import { hasMoreToTell, movedWebhooks, noteMoved, silencePluginWebhook } from './store/moved-webhooks.ts';

/** Endpoints of the time before have still to be told of something: a moment later they have been. */
export class StillTellingError extends Error {}

/** Says how many rows, which `table` reads and writes, the plugin sends for no longer. Throws `StillTellingError`. */
export async function takeWebhooks(
  tx: Db,
  table: Db,
  deps: TakeoverDeps,
  isRepeat: boolean,
): Promise<number> {
  await sequenceAll(tx, deps.store.kit, deps.clock.now());
  const rows = await pluginWebhooks(table, 0);
  const fit = rows.filter((row) => faultsOfPluginWebhook(row, deps.webhooks.entities).length === 0);
  const here = await listWebhooks(tx);
  const moved = new Map((await movedWebhooks(tx)).map((one) => [one.pluginId, one.webhookId]));
  let silenced = 0;
  for (const row of fit) {
    const known = moved.get(row.id);
    if (known === undefined) await bring(tx, deps, row, here);
    else if (!isRepeat) await bringBack(tx, deps, row, known);
    if (await silencePluginWebhook(table, row.id)) silenced += 1;
  }
  if (rows.length > 0) await noteTakenOver(tx, Math.max(...rows.map(({ id }) => id)));
  return silenced;
}

/** One that was brought by `import` before, or entered by hand, goes on as it is. */
async function bring(
  tx: Db,
  deps: TakeoverDeps,
  row: PluginWebhook,
  here: readonly Webhook[],
): Promise<void> {
  const { payloadUrl } = endpointOfPlugin(row);
  const same = here.find((one) => one.owner === null && one.enabled && one.payloadUrl === payloadUrl);
  const webhookId = same?.webhookId ?? (await register(tx, deps, row));
  await noteMoved(tx, { pluginId: row.id, webhookId });
}

async function register(tx: Db, deps: TakeoverDeps, row: PluginWebhook): Promise<string> {
  const result = await registerEndpoint({ ...deps.webhooks, store: { db: tx } }, endpointOfPlugin(row), []);
  if (!result.ok) throw new Error('an endpoint without faults was refused');
  return result.webhookId;
}

/** After a return the plugin's row is what counts; the endpoint of the time before has told all it had to tell. */
async function bringBack(tx: Db, deps: TakeoverDeps, row: PluginWebhook, webhookId: string): Promise<void> {
  if (await hasMoreToTell(tx, webhookId)) throw new StillTellingError();
  if (await findWebhook(tx, webhookId)) await deleteWebhook(tx, webhookId);
  await noteMoved(tx, { pluginId: row.id, webhookId: await register(tx, deps, row) });
}
