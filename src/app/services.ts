/** Config → everything that is opened, built by hand in one place, and closed again in the opposite order. */
import type { Logger } from 'pino';
import type { AdminDeps } from '../admin/deps.ts';
import { deriveKey } from '../base/bytes.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import { type LiveSchema, readShopSchema } from '../database/live-schema.ts';
import { openStore, type Store } from '../database/open.ts';
import type { ReadReplica } from '../database/replica/read-replica.ts';
import { fitToShop } from '../extension/fit.ts';
import { loadExtensions } from '../extension/load.ts';
import type { Extended } from '../extension/merge.ts';
import { type ChangeFollower, changeFollower } from '../feed/follow.ts';
import type { Api } from '../graphql/api.ts';
import type { JobDeps } from '../graphql/jobs/job-deps.ts';
import type { JobWorker } from '../graphql/jobs/job-worker.ts';
import type { ReadyCheck } from '../http/ops-routes.ts';
import { type ApiSwitch, apiSwitch } from '../oauth/api-switch.ts';
import { type ApiUseRecorder, apiUseRecorder } from '../oauth/api-use.ts';
import { type CallLog, callLog } from '../oauth/call-log.ts';
import type { ClientDeps } from '../oauth/clients.ts';
import { type GrantUseRecorder, grantUseRecorder } from '../oauth/grant-use.ts';
import { pluginBridge } from '../oauth/plugin/bridge.ts';
import { SCOPES } from '../oauth/rules/scope.ts';
import { aliveTokens } from '../oauth/token/alive-tokens.ts';
import { clientKeys } from '../oauth/token/client-keys.ts';
import { type Bearer, bearer } from '../oauth/token/principal.ts';
import type { TokenDeps } from '../oauth/token/token-deps.ts';
import { type AddressAllowList, parseAllowList, systemResolve } from '../outbound/allowed-addresses.ts';
import { guardedGet } from '../outbound/guarded-get.ts';
import { createMailer, type Mailer } from '../outbound/mailer.ts';
import type { ImageStore } from '../shop/images/image-store.ts';
import { coreEntities, type Registry } from '../shop/registry.ts';
import { readShopName } from '../shop/store/info.ts';
import { type Refusals, refusalLog } from '../staff/refusals.ts';
import type { IdentityDeps } from '../staff/session.ts';
import { memberCapabilities } from '../staff/store/members.ts';
import type { TakeoverDeps } from '../takeover/deps.ts';
import { secretKeeper } from '../takeover/store/kept-secrets.ts';
import type { WebhookDeps } from '../webhook/deps.ts';
import { type Heartbeat, heartbeat } from '../webhook/heartbeat.ts';
import { oldestPendingAge } from '../webhook/store/delivery-log.ts';
import { adminDeps } from './admin-deps.ts';
import type { Config } from './config/config.ts';
import { type FirstStart, prepareEmbedded } from './embedded/prepare-embedded.ts';
import { openImages } from './image-bucket.ts';
import { jobServices } from './job-services.ts';
import { joinApi } from './joined-api.ts';
import { closeToOthers, prepareDataFolder } from './key-files.ts';
import type { KeyStore } from './keys/key-store.ts';
import { openKeys } from './keys/open-keys.ts';
import { openLimits } from './limits/open-limits.ts';
import type { RedisCounter } from './limits/redis-counter.ts';
import { createLog } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { type NodeClock, openClock } from './ready/clock-evidence.ts';
import { probesOf } from './ready/probes.ts';
import { openReplica } from './replica/open-replica.ts';
import { type StopState, stopState } from './stop-state.ts';
import { VERSION } from './version.ts';

const STATEMENT_TIMEOUT_SECONDS = 30;
const TOKEN_PATIENCE_MS = 5_000; // for the switch of the API and the tokens; as long again for their commit
const FEED_POLL_MS = 250; // while someone listens to /api/changes

export type Services = {
  readonly config: Config;
  readonly clock: Clock;
  readonly clockWatch: NodeClock;
  readonly log: Logger;
  readonly store: Store;
  /** Where queries may be read while it is hardly behind; undefined = there is none. */
  readonly replica: ReadReplica | undefined;
  readonly keyFiles: KeyStore;
  /** Where nodes count together what callers may do; undefined = each for itself. */
  readonly limits: RedisCounter | undefined;
  readonly registry: Registry;
  /** What the files of `TEGATA_EXTENSIONS` bring. */
  readonly extended: Extended;
  readonly token: TokenDeps;
  readonly bearer: Bearer;
  readonly clients: ClientDeps;
  readonly takeover: TakeoverDeps;
  readonly identity: IdentityDeps;
  readonly apiSwitch: ApiSwitch;
  readonly api: Api;
  readonly jobs: JobDeps;
  /** Works only when it is started. */
  readonly jobWorker: JobWorker;
  readonly metrics: Metrics;
  readonly grantUse: GrantUseRecorder;
  readonly refusals: Refusals;
  readonly apiUse: ApiUseRecorder;
  /** The requests one by one. */
  readonly callLog: CallLog;
  readonly mailer: Mailer;
  /** undefined: `TEGATA_IMAGE_DIR` is not set. */
  readonly images: ImageStore | undefined;
  /** What the webhook worker and the admin's WebHook管理 are handed. */
  readonly webhooks: WebhookDeps & { readonly heartbeat: Heartbeat };
  readonly follower: ChangeFollower;
  /** What the shop's database lacks and the schema therefore leaves out, in words. */
  readonly schemaNotes: readonly string[];
  readonly admin: AdminDeps;
  readonly probes: readonly ReadyCheck[];
  readonly stop: StopState;
  /** The embedded shop was made just now; `password` only when it was made up. */
  readonly firstStart: FirstStart | undefined;
  close(): Promise<void>;
};

export async function openServices(config: Config, wall: Clock = systemClock): Promise<Services> {
  const declared = await loadExtensions(config.extensions, coreEntities, VERSION);
  prepareDataFolder(config.dataDir);
  const images = await openImages(config.imageDir);
  if (config.embedded) closeToOthers(config.databaseUrl.slice('sqlite:'.length));
  const store = openPool(config, config.databasePool);
  try {
    const log = createLog(config.logLevel);
    const clockWatch = openClock(store, log, wall);
    const { clock } = clockWatch;
    const firstStart = config.embedded ? await prepareEmbedded(config, store, clock) : undefined;
    const live = await readShopSchema(store);
    const onError = (error: unknown) => log.warn({ err: error }, 'the keys could not be looked at');
    const keyFiles = await openKeys(config, { store, onError }, clock.now());
    const { notes: schemaNotes, ...fitted } = fitToShop(declared, live);
    const limits = await openLimits(config, log);
    return assemble({
      config,
      clock,
      clockWatch,
      log,
      store,
      keyFiles,
      limits,
      images,
      ...fitted,
      schemaNotes,
      live,
      firstStart,
    });
  } catch (error) {
    await store.close();
    throw error;
  }
}

type OpenedDeps = Pick<
  Services,
  | 'config'
  | 'clock'
  | 'clockWatch'
  | 'log'
  | 'store'
  | 'keyFiles'
  | 'limits'
  | 'images'
  | 'registry'
  | 'extended'
  | 'schemaNotes'
  | 'firstStart'
> & { readonly live: LiveSchema };

function assemble(parts: OpenedDeps): Services {
  const { config, clock, log, store } = parts;
  const allow = parseAllowList(config.webhookAllow);
  const mailer = createMailer(config.mailerDsn);
  const beats = heartbeat(clock);
  const oldestPending = () => oldestPendingAge(store.db, clock.now());
  const metrics = createMetrics({ workerSilentMs: beats.silentMs, oldestPending });
  const replica = openReplica(parts, metrics.registry);
  const counting = recorders(parts, log, metrics);
  const { refusals } = counting;
  const token = tokenDeps(parts, parseAllowList(config.jwksAllow), refusals);
  const identity = identityDeps(parts, refusals);
  const clients = clientDeps(parts, token);
  const onOff = apiSwitch(store, clock);
  const { api, ...joined } = joinApi({ ...parts, replica, allow, metrics, mailer, apiSwitch: onOff });
  const webhooks = { ...joined.webhooks, heartbeat: beats };
  const takeover = takeoverDeps(parts, clients, webhooks);
  const bulk = jobServices({ ...parts, api, log, isOn: onOff.isOn });
  return {
    ...parts,
    replica,
    metrics,
    ...counting,
    mailer,
    webhooks,
    follower: changeFollower({ db: store.db, log, pollMs: FEED_POLL_MS }),
    token,
    bearer: bearer(token),
    clients,
    takeover,
    identity,
    apiSwitch: onOff,
    api,
    ...bulk,
    admin: adminDeps(parts, { token, clients, identity, apiSwitch: onOff, webhooks, takeover, ...bulk }),
    probes: probesOf(parts, beats, joined.apiFault),
    stop: stopState(clock),
    close: () => closeAll({ ...parts, replica, mailer }, counting),
  };
}

type Opened = Pick<Services, 'store' | 'keyFiles' | 'limits' | 'replica' | 'mailer' | 'clockWatch'>;

async function closeAll(
  { store, keyFiles, limits, replica, mailer, clockWatch }: Opened,
  counting: ReturnType<typeof recorders>,
): Promise<void> {
  for (const one of [...Object.values(counting), keyFiles, limits, replica]) await one?.close();
  mailer.close();
  clockWatch.close();
  await store.close();
}

const clientDeps = ({ store, clock, keyFiles }: OpenedDeps, { alive }: TokenDeps): ClientDeps => ({
  store,
  clock,
  forgetTokens: () => alive.forget(),
  keepSecret: secretKeeper(keyFiles.masterKey),
});

const openPool = ({ databaseUrl }: Config, poolSize: number): Store =>
  openStore(databaseUrl, { poolSize, statementTimeoutSeconds: STATEMENT_TIMEOUT_SECONDS });

const takeoverDeps = (
  { config, store, clock, keyFiles }: OpenedDeps,
  { forgetTokens }: ClientDeps,
  webhooks: WebhookDeps,
): TakeoverDeps => ({
  store,
  openBeside: () => openPool(config, 1),
  clock,
  masterKey: keyFiles.masterKey,
  webhooks,
  timeZone: config.timeZone,
  forgetTokens,
});

/** What is counted beside the requests and written in batches. */
function recorders(
  { config, store, clock }: OpenedDeps,
  log: Logger,
  metrics: Metrics,
): Pick<Services, 'refusals' | 'grantUse' | 'apiUse' | 'callLog'> {
  const onError = (error: unknown) => log.error({ err: error }, 'counting failed');
  const deps = { store, clock, onError };
  return {
    refusals: refusalLog(deps),
    grantUse: grantUseRecorder(deps),
    apiUse: apiUseRecorder(deps),
    callLog: callLog({ ...deps, days: config.requestLogDays, onLines: metrics.countLogLines }),
  };
}

const identityDeps = ({ config, clock, store, live }: OpenedDeps, refusals: Refusals): IdentityDeps => ({
  store,
  clock,
  authMagic: config.authMagic,
  passwordCost: config.passwordCost,
  twoFactorEnabled: config.twoFactorEnabled,
  memberCapabilities: memberCapabilities(live),
  refusals,
  shopName: async () => (await readShopName(store.db)) ?? '',
});

const tokenDeps = (
  { config, clock, store, keyFiles, extended }: OpenedDeps,
  allow: AddressAllowList,
  refusals: Refusals,
): TokenDeps => ({
  store,
  clock,
  keys: keyFiles.keys,
  refusals,
  alive: aliveTokens(),
  patienceMs: TOKEN_PATIENCE_MS,
  issuer: config.publicUrl,
  plugin: pluginBridge({ store, clock, masterKey: keyFiles.masterKey, timeZone: config.timeZone }),
  scopes: [...SCOPES, ...extended.scopes.map(({ name }) => name)],
  clientKeys: clientKeys({ clock, getJson: guardedGet({ allow, resolve: systemResolve }) }),
  derivationKey: deriveKey(keyFiles.masterKey, 'tegata codes and refresh tokens'),
  lifetimes: {
    codeSeconds: config.codeTtlSeconds,
    accessSeconds: config.accessTokenTtlSeconds,
    refreshSeconds: config.refreshTokenTtlSeconds,
    refreshAbsoluteSeconds: config.refreshAbsoluteTtlSeconds,
  },
});
