/**
 * Takes the webhooks of the PHP plugin over, once each. Ids in `plg_api_webhook` only grow, so the highest one taken is
 * all that has to be remembered: what is deleted here is not offered again, what is added there later is.
 */
import { recordEvent } from '../audit/events.ts';
import type { Actor } from '../audit/origin.ts';
import type { Db } from '../database/open.ts';
import { readSetting, writeSetting } from '../database/settings.ts';
import type { WebhookDeps } from './deps.ts';
import {
  type EndpointFault,
  type EndpointInput,
  judgeEndpoint,
  registerEndpoint,
  withScheme,
} from './endpoints.ts';
import { type PluginWebhook, phpPluginEnabled, pluginWebhooks } from './store/plugin-webhooks.ts';

const SETTING = 'webhooks_taken_over_up_to';

/** What has an id up to this one is offered no more. */
export const noteTakenOver = (tx: Db, highest: number): Promise<void> =>
  writeSetting(tx, SETTING, String(highest));

/** Which tables the shop's database had when the program started. */
export type PluginTables = {
  readonly clients: boolean;
  readonly webhooks: boolean;
  readonly plugins: boolean;
};

export type PluginOffer = {
  /** Not taken over yet, and fit to be. */
  readonly rows: readonly PluginWebhook[];
  /** Of no use, most of them since nothing can be sent there: `ftp://…`. */
  readonly unfit: readonly (PluginWebhook & { readonly faults: readonly EndpointFault[] })[];
  /** The PHP plugin still delivers, so each change would be told twice. */
  readonly phpPluginEnabled: boolean;
};

type Deps = Pick<WebhookDeps, 'store' | 'clock' | 'masterKey' | 'limits' | 'entities'>;

export async function pluginOffer(
  { store, entities }: Pick<Deps, 'store' | 'entities'>,
  tables: PluginTables,
): Promise<PluginOffer> {
  const enabled = tables.plugins && (await phpPluginEnabled(store.db));
  if (!tables.webhooks) return { rows: [], unfit: [], phpPluginEnabled: enabled };
  const found = await pluginWebhooks(store.db, Number((await readSetting(store.db, SETTING)) ?? 0));
  const judged = found.map((row) => ({ ...row, faults: faultsOfPluginWebhook(row, entities) }));
  const rows = found.filter((_row, index) => judged[index]?.faults.length === 0);
  return { rows, unfit: judged.filter(({ faults }) => faults.length > 0), phpPluginEnabled: enabled };
}

/** The plugin asks no least length of a secret, and its receivers check signatures made with it: it comes as it is. */
export const faultsOfPluginWebhook = (row: PluginWebhook, entities: readonly string[]): EndpointFault[] =>
  judgeEndpoint(endpointOfPlugin(row), entities).filter((fault) => !isShort(fault));

const isShort = ({ field, fault }: EndpointFault): boolean => field === 'secret' && fault === 'too_short';

/** Whether the secret can be guessed from a few signed deliveries. */
export const hasShortSecret = (row: PluginWebhook): boolean =>
  judgeEndpoint(endpointOfPlugin(row), []).some(isShort);

/** Says how many were taken over: what is offered at this moment, as it is, switched on or off. */
export async function takeOver(deps: Deps, tables: PluginTables, actor: Actor): Promise<number> {
  const { db } = deps.store;
  return db.transaction().execute(async (tx) => {
    const within = { ...deps, store: { ...deps.store, db: tx } };
    const { rows, unfit } = await pluginOffer(within, tables);
    const highest = Math.max(0, ...[...rows, ...unfit].map(({ id }) => id));
    if (highest === 0) return 0;
    await noteTakenOver(tx, highest);
    for (const row of rows) await registerEndpoint(within, endpointOfPlugin(row), []);
    const detail = { count: rows.length };
    await recordEvent(tx, { kind: 'webhooks_taken_over', occurredAt: deps.clock.now(), ...actor, detail });
    return rows.length;
  });
}

/** What the plugin's row becomes here. */
export const endpointOfPlugin = ({ payloadUrl, secret, enabled }: PluginWebhook): EndpointInput => ({
  payloadUrl: withScheme(payloadUrl),
  secret: secret || null,
  enabled,
  description: '',
  topics: [],
  orderStatuses: [],
});
