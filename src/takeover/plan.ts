/** What a takeover would do, in numbers, and what stands in its way. Writes nothing. */
import type { Actor } from '../audit/origin.ts';
import { type FeedStatus, feedStatus } from '../feed/store/triggers.ts';
import { bringPluginClients, type ImportedClient } from '../oauth/import-clients.ts';
import { defuseKeyFault } from '../oauth/plugin/defuse.ts';
import { type PluginName, pluginTimeText, type TakeoverState } from '../oauth/rules/takeover.ts';
import { countLiveInPlugin, type PluginTokenCounts } from '../oauth/store/plugin-tokens.ts';
import { readTakeover } from '../oauth/store/takeover-state.ts';
import { judgeUrl, type UrlVerdict } from '../webhook/payload-url.ts';
import { type PluginWebhook, phpPluginEnabled, pluginWebhooks } from '../webhook/store/plugin-webhooks.ts';
import { endpointOfPlugin, faultsOfPluginWebhook, hasShortSecret } from '../webhook/take-over.ts';
import type { PluginKeys, TakeoverDeps, TakeoverWish } from './deps.ts';
import { type PluginShape, readPluginShape } from './plugin-shape.ts';
import { lostApprovers } from './store/lost-approvers.ts';

/** What keeps an apply from going on. */
export type TakeoverBlocker =
  /** The shop's database has no tables of the plugin. */
  | 'no_plugin'
  /** The way back was closed: there is nothing more to take over. */
  | 'finished'
  /** A client cannot be brought, and its app would stop. */
  | 'refused_clients'
  /** The plugin's signing key was not found, so access tokens that live would end. */
  | 'no_key'
  /** The encryption key is said to be one of the library's, and is none. */
  | 'bad_encryption_key';

export type PlannedWebhook = {
  readonly payloadUrl: string;
  readonly enabled: boolean;
  readonly hasShortSecret: boolean;
  /** `private`: Tegata sends there only when TEGATA_WEBHOOK_ALLOW names it. */
  readonly leads: UrlVerdict;
};

export type TakeoverPlan = {
  readonly state: TakeoverState | 'none';
  readonly plugin: PluginName | undefined;
  readonly pluginEnabled: boolean;
  readonly clients: readonly ImportedClient[];
  readonly webhooks: readonly PlannedWebhook[];
  /** Nothing can be sent there; they stay with the plugin. */
  readonly unfitUrls: readonly string[];
  readonly feed: FeedStatus['state'];
  readonly tokens: PluginTokenCounts;
  /** Members whose approvals do not count here: their apps must be approved once more. */
  readonly lostApprovers: readonly string[];
  readonly keys: PluginKeys;
  readonly blockers: readonly TakeoverBlocker[];
};

const NOBODY: Actor = { loginId: null, clientIp: null, requestId: null };
const NONE: PluginTokenCounts = { access: 0, refresh: 0, codes: 0 };

export async function planTakeover(
  deps: TakeoverDeps,
  keys: PluginKeys,
  wish: TakeoverWish,
): Promise<TakeoverPlan> {
  const { store, clock, timeZone, webhooks: hooks } = deps;
  const { db } = store;
  const state = (await readTakeover(db))?.state ?? 'none';
  const shape = await readPluginShape(store);
  const rows = shape?.webhooks ? await pluginWebhooks(db, 0) : [];
  const fit = rows.filter((row) => faultsOfPluginWebhook(row, hooks.entities).length === 0);
  const clients = shape
    ? await db.transaction().execute((tx) => bringPluginClients(tx, NOBODY, clock.now(), true))
    : [];
  const now = shape && pluginTimeText(shape.plugin, clock.now(), timeZone);
  return {
    state,
    plugin: shape?.plugin,
    pluginEnabled: shape?.plugins === true && (await phpPluginEnabled(db)),
    clients,
    webhooks: await Promise.all(fit.map((row) => planned(deps, row))),
    unfitUrls: rows.filter((row) => !fit.includes(row)).map(({ payloadUrl }) => payloadUrl),
    feed: (await feedStatus(store, hooks.feedSources)).state,
    tokens: now === undefined ? NONE : await countLiveInPlugin(db, now),
    lostApprovers: now === undefined ? [] : await lostApprovers(db, now),
    keys,
    blockers: blockersOf(shape, state, clients, keys, wish),
  };
}

async function planned({ webhooks }: TakeoverDeps, row: PluginWebhook): Promise<PlannedWebhook> {
  const { payloadUrl } = endpointOfPlugin(row);
  return {
    payloadUrl,
    enabled: row.enabled,
    hasShortSecret: hasShortSecret(row),
    leads: await judgeUrl(webhooks, payloadUrl),
  };
}

function blockersOf(
  shape: PluginShape | undefined,
  state: TakeoverPlan['state'],
  clients: readonly ImportedClient[],
  keys: PluginKeys,
  wish: TakeoverWish,
): TakeoverBlocker[] {
  if (!shape) return ['no_plugin'];
  if (state === 'finished') return ['finished'];
  const refused = clients.some(({ outcome, active }) => outcome === 'refused' && active);
  return [
    ...(refused && !wish.allowRefused ? (['refused_clients'] as const) : []),
    ...(!keys.signing.ok && !wish.withoutKey ? (['no_key'] as const) : []),
    ...(defuseKeyFault(keys.password) === undefined ? [] : (['bad_encryption_key'] as const)),
  ];
}
