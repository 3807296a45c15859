/**
 * Closes the way: after a takeover the way back (tokens are Tegata's own from then on, what the plugin issued is honoured until
 * it ends), after a return the way here (nothing of the plugin counts). Secrets kept for a return are forgotten.
 */
import { recordEvent } from '../audit/events.ts';
import type { Actor } from '../audit/origin.ts';
import type { Db } from '../database/open.ts';
import { transact } from '../database/transact.ts';
import { endInPlugin } from '../oauth/store/plugin-tokens.ts';
import { forgetPluginKeys, moveTakeover, readTakeover } from '../oauth/store/takeover-state.ts';
import { PLUGIN_MONTH_SECONDS } from '../staff/store/plugin-cuts.ts';
import type { TakeoverDeps } from './deps.ts';
import { readPluginShape } from './plugin-shape.ts';
import { forgetSecrets } from './store/kept-secrets.ts';
import { dropReturned, hasMoreToTell, movedWebhooks } from './store/moved-webhooks.ts';

/** A day more than a token of the plugin can live. */
const HONOURED_SECONDS = PLUGIN_MONTH_SECONDS + 86_400;

export type FinishResult =
  | {
      readonly ok: true;
      readonly isNew: boolean;
      readonly state: 'finished' | 'ended';
      /** When the last token of the plugin has ended and its password is forgotten; null after a return. */
      readonly honouredUntil: number | null;
    }
  | { readonly ok: false; readonly reason: 'not_taken_over' | 'still_telling' };

/** Safe to repeat. */
export async function finishTakeover(deps: TakeoverDeps, actor: Actor): Promise<FinishResult> {
  const shape = await readPluginShape(deps.store);
  const result = await transact(deps.store, (tx) => close(tx, deps, shape !== undefined, actor));
  if (result.ok && result.isNew) deps.forgetTokens();
  return result;
}

async function close(
  tx: Db,
  { clock, timeZone }: TakeoverDeps,
  isPluginThere: boolean,
  actor: Actor,
): Promise<FinishResult> {
  const now = clock.now();
  const until = now + HONOURED_SECONDS;
  if (await moveTakeover(tx, 'open', 'finished', now, until)) {
    await forgetSecrets(tx);
    await record(tx, now, actor, 'finished');
    return { ok: true, isNew: true, state: 'finished', honouredUntil: until };
  }
  const returned = await readTakeover(tx);
  if (returned?.state === 'returned' && (await isTelling(tx))) {
    return { ok: false, reason: 'still_telling' };
  }
  if (returned && (await moveTakeover(tx, 'returned', 'ended', now))) {
    // What was ended here since the return, while addresses still led here.
    if (isPluginThere) await endInPlugin(tx, { ...returned, timeZone });
    await forgetPluginKeys(tx, 'ended');
    await forgetSecrets(tx);
    await dropReturned(tx);
    await record(tx, now, actor, 'ended');
    return { ok: true, isNew: true, state: 'ended', honouredUntil: null };
  }
  const found = await readTakeover(tx);
  if (found?.state !== 'finished' && found?.state !== 'ended') return { ok: false, reason: 'not_taken_over' };
  return { ok: true, isNew: false, state: found.state, honouredUntil: found.honouredUntil };
}

/** An endpoint that was given back must not go before it has told all that it had to tell. */
async function isTelling(tx: Db): Promise<boolean> {
  for (const { webhookId } of await movedWebhooks(tx)) if (await hasMoreToTell(tx, webhookId)) return true;
  return false;
}

const record = (tx: Db, now: number, actor: Actor, state: string): Promise<void> =>
  recordEvent(tx, { kind: 'takeover_finished', occurredAt: now, ...actor, detail: { state } });

/** Forgets the plugin's password when nothing can come in any more that needs it. */
export async function forgetOldKeys({ store, clock }: Pick<TakeoverDeps, 'store' | 'clock'>): Promise<void> {
  const found = await readTakeover(store.db);
  if (found?.state !== 'finished' || found.passwordSealed === null || found.honouredUntil === null) return;
  if (found.honouredUntil <= clock.now()) await forgetPluginKeys(store.db, 'finished');
}
