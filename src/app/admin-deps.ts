/** What the admin is handed: its limits, what it may say of the shop, and the flows that the caller has made. */
import type { AdminDeps } from '../admin/deps.ts';
import type { Clock } from '../base/clock.ts';
import type { SharedCounter } from '../base/shared-count.ts';
import type { LiveSchema } from '../database/live-schema.ts';
import type { Store } from '../database/open.ts';
import type { Extended } from '../extension/merge.ts';
import { addressKeys, limiter } from '../http/limits.ts';
import { readShopName } from '../shop/store/info.ts';
import type { Config } from './config/config.ts';
import { openToOthers } from './key-files.ts';
import type { KeyStore } from './keys/key-store.ts';
import { findPluginKeys } from './plugin-keys.ts';
import { signOnOf } from './sign-on.ts';
import { VERSION } from './version.ts';

const SHOP_NAME_TRUSTED_MS = 60_000;
// Authorization requests of one address that wait for someone to log in.
const LEAST_WAITING = 300;
const WAITING_SHARE = 0.3; // of the visits in a minute
const WAITING_SECONDS = 600;

type Opened = {
  readonly config: Config;
  readonly clock: Clock;
  readonly store: Store;
  readonly keyFiles: KeyStore;
  readonly extended: Extended;
  readonly live: LiveSchema;
  /** Where nodes count together; undefined = each for itself. */
  readonly limits: SharedCounter | undefined;
};
type AdminBaseDeps = Pick<
  AdminDeps,
  'token' | 'clients' | 'identity' | 'apiSwitch' | 'webhooks' | 'takeover' | 'jobs' | 'wakeJobs'
>;

export function adminDeps(
  { config, store, clock, live, keyFiles, extended, limits }: Opened,
  parts: AdminBaseDeps,
): AdminDeps {
  let known: { name: string; atMs: number } | undefined;
  const shop = async () => {
    if (!known || clock.monotonicMs() - known.atMs > SHOP_NAME_TRUSTED_MS) {
      known = { name: (await readShopName(store.db)) ?? 'EC-CUBE', atMs: clock.monotonicMs() };
    }
    return { name: known.name, url: config.shopUrl === undefined ? null : `${config.shopUrl}/` };
  };
  const { adminRoute, pagesPath, basePath, publicUrl, locale, localeFixed, timeZone } = config;
  const shared = (name: string) => limits && { counter: limits, name };
  const authorizations = limiter(config.failuresPerMinute, { shared: shared('authorize') });
  const waiting = limiter(Math.max(LEAST_WAITING, Math.round(config.failuresPerMinute * WAITING_SHARE)), {
    windowSeconds: WAITING_SECONDS,
    shared: shared('waiting'),
  });
  const pluginTables = {
    clients: live.has('oauth2_client'),
    webhooks: live.has('plg_api_webhook'),
    plugins: live.has('dtb_plugin'),
  };
  return {
    ...parts,
    signOn: signOnOf(config),
    signingKeys: { store, clock, keyFiles },
    pluginTables,
    pluginKeys: () => findPluginKeys(config),
    furtherScopes: extended.scopes,
    furtherTopics: extended.api.topics,
    adminRoute,
    pagesPath,
    basePath,
    publicUrl,
    limitAuthorize: async (request) => void (await authorizations.spend(...addressKeys(request))),
    limitWaiting: async (request) => void (await waiting.spend(...addressKeys(request))),
    locale,
    localeFixed,
    timeZone,
    requestLogDays: config.requestLogDays,
    openFiles: () => openToOthers(config.dataDir),
    version: VERSION,
    shop,
  };
}
