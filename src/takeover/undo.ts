/**
 * Gives the shop back to the plugin: everything in one transaction. Tokens need no moving: while the way back is open each
 * refresh token is in the plugin's form, with a row in its table (oauth/plugin/for-both.ts).
 */
import { recordEvent } from '../audit/events.ts';
import type { Actor } from '../audit/origin.ts';
import type { Db } from '../database/open.ts';
import { transact } from '../database/transact.ts';
import { endInPlugin } from '../oauth/store/plugin-tokens.ts';
import { moveTakeover, readTakeover } from '../oauth/store/takeover-state.ts';
import type { TakeoverDeps } from './deps.ts';
import { type GivenClient, giveClients } from './give-clients.ts';
import { type GivenWebhook, giveWebhooks } from './give-webhooks.ts';
import { movingWebhooks } from './plugin-fence.ts';
import { type PluginShape, readPluginShape } from './plugin-shape.ts';
import { countOwnRefresh } from './store/own-refresh.ts';

export type Undone = {
  readonly clients: readonly GivenClient[];
  readonly webhooks: readonly GivenWebhook[];
  /** Refresh tokens in Tegata's own form, which the plugin cannot read: those apps must be approved once more there. */
  readonly ownRefreshTokens: number;
};

export type UndoResult =
  | ({ readonly ok: true; readonly isNew: boolean } & Undone)
  | { readonly ok: false; readonly reason: 'not_taken_over' | 'finished' | 'no_plugin' };

/** Safe to repeat: after a return it changes nothing more. */
export async function undoTakeover(deps: TakeoverDeps, actor: Actor): Promise<UndoResult> {
  return run(deps, false, actor);
}

/** The same in numbers; writes nothing. */
export async function planUndo(deps: TakeoverDeps): Promise<UndoResult> {
  return run(deps, true, { loginId: null, clientIp: null, requestId: null });
}

async function run(deps: TakeoverDeps, dryRun: boolean, actor: Actor): Promise<UndoResult> {
  const shape = await readPluginShape(deps.store);
  if (!shape) return { ok: false, reason: 'no_plugin' };
  const work = async (tx: Db, table: Db): Promise<UndoResult> => {
    const now = deps.clock.now();
    const isNew = !dryRun && (await moveTakeover(tx, 'open', 'returned', now));
    const found = isNew ? undefined : await readTakeover(tx);
    const state = isNew ? 'open' : found?.state;
    if (state === undefined || state === 'ended') return { ok: false, reason: 'not_taken_over' };
    if (state === 'finished') return { ok: false, reason: 'finished' };
    const undone = await giveAll({ tx, table }, deps, shape, !isNew);
    if (isNew) await record(tx, deps, undone, actor);
    else if (!dryRun && found) await endInPlugin(tx, { ...found, timeZone: deps.timeZone });
    return { ok: true, isNew, ...undone };
  };
  return dryRun ? transact(deps.store, (tx) => work(tx, tx)) : movingWebhooks(deps, shape, 'table', work);
}

async function giveAll(
  { tx, table }: { tx: Db; table: Db },
  deps: TakeoverDeps,
  shape: PluginShape,
  dryRun: boolean,
): Promise<Undone> {
  const startedAt = (await readTakeover(tx))?.startedAt ?? 0;
  const clients = await giveClients(tx, deps.masterKey, shape.plugin, { dryRun, startedAt });
  const webhooks = shape.webhooks ? await giveWebhooks(tx, table, deps, dryRun) : [];
  if (!dryRun) {
    await endInPlugin(tx);
  }
  return { clients, webhooks, ownRefreshTokens: await countOwnRefresh(tx, deps.clock.now()) };
}

async function record(tx: Db, { clock }: TakeoverDeps, undone: Undone, actor: Actor): Promise<void> {
  const changed = undone.clients.filter(({ outcome }) => outcome !== 'same' && outcome !== 'stays');
  const detail = { clients: changed.length, webhooks: undone.webhooks.length };
  await recordEvent(tx, { kind: 'takeover_undone', occurredAt: clock.now(), ...actor, detail });
}
