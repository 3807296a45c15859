/** Brings the shop over: everything in one transaction (plugin-fence.ts), so that a process that dies leaves all of it or nothing. */
import { recordEvent } from '../audit/events.ts';
import type { Actor } from '../audit/origin.ts';
import type { Db } from '../database/open.ts';
import { bringPluginClients, type ImportedClient } from '../oauth/import-clients.ts';
import { sealPassword } from '../oauth/plugin/bridge.ts';
import { openTakeover, readTakeover } from '../oauth/store/takeover-state.ts';
import { installFeedByStaff } from '../webhook/feed-switch.ts';
import type { PluginKeys, TakeoverDeps, TakeoverWish } from './deps.ts';
import { planTakeover, type TakeoverBlocker, type TakeoverPlan } from './plan.ts';
import { movingWebhooks } from './plugin-fence.ts';
import { type PluginShape, readPluginShape } from './plugin-shape.ts';
import { removedSince } from './store/kept-secrets.ts';
import { StillTellingError, takeWebhooks } from './take-webhooks.ts';

export type TakeoverResult =
  | {
      readonly ok: true;
      /** False: it was done before, by this node or another; what has come to the plugin since was brought. */
      readonly isNew: boolean;
      readonly clients: readonly ImportedClient[];
      /** Rows that the plugin sends for no longer. */
      readonly webhooks: number;
    }
  | { readonly ok: false; readonly blockers: readonly (TakeoverBlocker | 'still_telling')[] };

/** Safe to repeat, and to run on two nodes at once. */
export async function applyTakeover(
  deps: TakeoverDeps,
  keys: PluginKeys,
  wish: TakeoverWish,
  actor: Actor,
): Promise<TakeoverResult> {
  const plan = await planTakeover(deps, keys, wish);
  const shape = await readPluginShape(deps.store);
  if (plan.blockers.length > 0 || !shape) return { ok: false, blockers: plan.blockers };
  await ensureFeed(deps, plan, actor);
  try {
    return await movingWebhooks(deps, shape, 'rest', (tx, table) =>
      bringAll({ tx, table }, deps, shape, keys, actor),
    );
  } catch (error) {
    if (error instanceof StillTellingError) return { ok: false, blockers: ['still_telling'] };
    throw error;
  }
}

/** Without the feed no endpoint hears of anything. Triggers come table by table, and again costs nothing. */
async function ensureFeed({ webhooks }: TakeoverDeps, plan: TakeoverPlan, actor: Actor): Promise<void> {
  if (plan.webhooks.length > 0 && plan.feed !== 'installed') await installFeedByStaff(webhooks, actor);
}

async function bringAll(
  { tx, table }: { tx: Db; table: Db },
  deps: TakeoverDeps,
  shape: PluginShape,
  { password, signing }: PluginKeys,
  actor: Actor,
): Promise<TakeoverResult> {
  const { store, clock, masterKey } = deps;
  const now = clock.now();
  const opened = await openTakeover(
    tx,
    store.kit,
    {
      plugin: shape.plugin,
      keyType: password.type,
      passwordSealed: sealPassword(masterKey, password.text),
      publicKey: signing.ok ? signing.pem : null,
    },
    now,
  );
  if (opened === 'finished') return { ok: false, blockers: ['finished'] };
  const startedAt = (await readTakeover(tx))?.startedAt ?? now;
  const clients = await bringPluginClients(tx, actor, now, false, await removedSince(tx, startedAt));
  const webhooks = shape.webhooks ? await takeWebhooks(tx, table, deps, opened === 'open') : 0;
  const isNew = opened !== 'open';
  const created = clients.filter(({ outcome }) => outcome === 'created').length;
  if (isNew || created + webhooks > 0) {
    const detail = { plugin: shape.plugin, clients: created, webhooks };
    await recordEvent(tx, { kind: 'takeover_applied', occurredAt: now, ...actor, detail });
  }
  return { ok: true, isNew, clients, webhooks };
}
