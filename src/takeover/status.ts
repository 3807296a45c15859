/** How far a takeover has come: who leads, how much of what the plugin issued has come in, what may be done next. */
import { type PluginName, pluginTimeText, type TakeoverState } from '../oauth/rules/takeover.ts';
import {
  countLiveInPlugin,
  countWaitingRefresh,
  type PluginTokenCounts,
} from '../oauth/store/plugin-tokens.ts';
import { readTakeover } from '../oauth/store/takeover-state.ts';
import { phpPluginEnabled } from '../webhook/store/plugin-webhooks.ts';
import type { TakeoverDeps } from './deps.ts';
import { readPluginShape } from './plugin-shape.ts';
import { hasMoreToTell, movedWebhooks } from './store/moved-webhooks.ts';
import { countHonoured } from './store/own-refresh.ts';
import { pluginIssuedSince } from './store/plugin-issued.ts';

export type TakeoverStatus = {
  readonly state: TakeoverState | 'none';
  /** Undefined: the shop has no tables of the plugin. */
  readonly plugin: PluginName | undefined;
  readonly pluginEnabled: boolean;
  readonly startedAt: number | null;
  readonly changedAt: number | null;
  readonly honouredUntil: number | null;
  /** Live rows of the plugin, without the refresh tokens that Tegata has made for both. */
  readonly waiting: PluginTokenCounts;
  /** Refresh tokens of the plugin that came in and were answered. */
  readonly honoured: number;
  /** Access tokens that the plugin has issued since the last change: its address still leads there. */
  readonly pluginIssued: number;
  readonly webhooks: number;
  /** Endpoints that were given back and have still something to tell. */
  readonly webhooksBehind: number;
  /** Of the plugin's refresh tokens, how many hundredths have come in; 100 when none waits. */
  readonly progress: number;
};

const NONE: PluginTokenCounts = { access: 0, refresh: 0, codes: 0 };

export async function takeoverStatus({ store, clock, timeZone }: TakeoverDeps): Promise<TakeoverStatus> {
  const { db } = store;
  const found = await readTakeover(db);
  const shape = await readPluginShape(store);
  const text = (at: number) => pluginTimeText(shape?.plugin ?? 'Api42', at, timeZone);
  const now = text(clock.now());
  const live = shape ? await countLiveInPlugin(db, now) : NONE;
  const waiting = shape ? { ...live, refresh: await countWaitingRefresh(db, now) } : live;
  const honoured = found ? await countHonoured(db) : 0;
  const moved = await movedWebhooks(db);
  const behind = await Promise.all(moved.map(({ webhookId }) => hasMoreToTell(db, webhookId)));
  return {
    state: found?.state ?? 'none',
    plugin: shape?.plugin,
    pluginEnabled: shape?.plugins === true && (await phpPluginEnabled(db)),
    startedAt: found?.startedAt ?? null,
    changedAt: found?.changedAt ?? null,
    honouredUntil: found?.honouredUntil ?? null,
    waiting,
    honoured,
    pluginIssued: shape && found ? await pluginIssuedSince(db, text(found.changedAt + ACCESS_SECONDS)) : 0,
    webhooks: moved.length,
    webhooksBehind: found?.state === 'returned' ? behind.filter(Boolean).length : 0,
    progress: progressOf(found?.state, honoured, waiting.refresh),
  };
}

/** Life of the plugin's access tokens: what ends later was issued later. */
const ACCESS_SECONDS = 3600;

function progressOf(state: TakeoverState | undefined, honoured: number, waiting: number): number {
  if (state === undefined || state === 'ended') return 0;
  return waiting === 0 ? 100 : Math.floor((honoured * 100) / (honoured + waiting));
}
