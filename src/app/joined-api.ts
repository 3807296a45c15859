/** The API and the webhooks, which know each other: the API registers endpoints, and endpoints ask the API. */
import type { Logger } from 'pino';
import { deriveKey } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../database/open.ts';
import type { ReadReplica } from '../database/replica/read-replica.ts';
import { ExtensionError } from '../extension/load.ts';
import type { Extended } from '../extension/merge.ts';
import { type Api, createApi } from '../graphql/api.ts';
import { lateApi } from '../graphql/late-api.ts';
import { changeTopics } from '../graphql/readable-changes.ts';
import { publicError } from '../graphql/request/execute.ts';
import type { WebhookSubscriptions } from '../graphql/webhook-subscriptions.ts';
import type { ApiSwitch } from '../oauth/api-switch.ts';
import { type AddressAllowList, systemResolve } from '../outbound/allowed-addresses.ts';
import type { Mailer } from '../outbound/mailer.ts';
import type { ImageStore } from '../shop/images/image-store.ts';
import type { Registry } from '../shop/registry.ts';
import type { WebhookClients } from '../webhook/clients.ts';
import type { WebhookDeps } from '../webhook/deps.ts';
import { WEBHOOK_LIMITS } from '../webhook/limits.ts';
import type { Config } from './config/config.ts';
import { imageUrlOf } from './config/image-url.ts';
import type { KeyStore } from './keys/key-store.ts';
import type { Metrics } from './metrics.ts';
import { VERSION } from './version.ts';
import { webhookClients } from './webhook-clients.ts';
import { webhookSubscriptions } from './webhook-subscriptions.ts';

export type JoinedDeps = {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  readonly store: Store;
  readonly replica: ReadReplica | undefined;
  readonly keyFiles: KeyStore;
  readonly registry: Registry;
  readonly extended: Extended;
  readonly metrics: Metrics;
  readonly mailer: Mailer;
  readonly images: ImageStore | undefined;
  readonly apiSwitch: ApiSwitch;
  /** Private addresses that endpoints may have. */
  readonly allow: AddressAllowList;
};

export type JoinedApi = {
  readonly api: Api;
  readonly webhooks: WebhookDeps;
  /** Why there is no API; undefined: there is, or it has not been made yet. */
  readonly apiFault: () => Error | undefined;
};

export function joinApi(deps: JoinedDeps): JoinedApi {
  const shared = { topics: changeTopics(deps.extended.api), api: (): Api => api };
  const webhooks = webhookDeps(deps, webhookClients({ ...deps, ...shared }));
  const open = () => openApi(deps, webhookSubscriptions({ webhooks, ...shared }));
  const late = lateApi(open, (error, requestId) => publicError(deps.log, error, requestId));
  // What extensions bring is judged at the start, as all that a person has set.
  const api: Api = deps.config.extensions.length > 0 ? open() : late;
  return { api, webhooks, apiFault: late.fault };
}

const webhookDeps = (
  { config, clock, store, keyFiles, extended, allow, log, metrics }: JoinedDeps,
  clients: WebhookClients,
): WebhookDeps => ({
  store,
  clock,
  masterKey: keyFiles.masterKey,
  log,
  limits: WEBHOOK_LIMITS,
  feedSources: extended.feedSources,
  entities: changeTopics(extended.api).map(({ entity }) => entity),
  clients,
  shopUrl: `${config.shopUrl ?? config.publicUrl}/`,
  version: VERSION,
  allow,
  resolve: systemResolve,
  random: Math.random,
  onAttempt: metrics.observeAttempt,
});

function openApi(
  { config, clock, store, replica, keyFiles, registry, extended, log, mailer, images }: JoinedDeps,
  webhooks: WebhookSubscriptions,
): Api {
  const { timeZone, locale, currency } = config;
  const limits = { pageSize: config.apiMaxLimit, resultBytes: config.apiMaxAnswerBytes };
  const extension = extended.api;
  try {
    const resultKey = deriveKey(keyFiles.masterKey, 'tegata first answers');
    const shop = { store, registry, clock, timeZone, locale, currency, imageUrl: imageUrlOf(config) };
    return createApi({
      ...shop,
      replica: replica && {
        db: replica.db,
        isUsed: () => replica.standing() === 'used',
        maxLagSeconds: config.readMaxLagSeconds,
      },
      mailer,
      images,
      passwordCost: config.passwordCost,
      resultKey,
      limits,
      extension,
      log,
      webhooks,
    });
  } catch (error) {
    // The core's schema is made by every test; what does not fit into it came from outside.
    if (config.extensions.length === 0) throw error;
    throw new ExtensionError([(error as Error).message]);
  }
}
