/**
 * The real API over real HTTP on a loopback port: Fastify with `apiRoute` on a real database. The token is the name of a
 * scope set (`read`, `read-write`), so that these tests need no OAuth; everything behind the header is the real thing.
 */
import Fastify from 'fastify';
import type { CompiledQuery, DatabaseConnection } from 'kysely';
import { type Clock, fixedClock } from '../../../src/base/clock.ts';
import type { Db, Store } from '../../../src/database/open.ts';
import { type Api, type ApiDeps, createApi } from '../../../src/graphql/api.ts';
import { Quotas } from '../../../src/graphql/request/quota.ts';
import type {
  Subscription,
  SubscriptionInput,
  WebhookSubscriptions,
} from '../../../src/graphql/webhook-subscriptions.ts';
import { apiRoute } from '../../../src/http/api-route.ts';
import { limiter } from '../../../src/http/limits.ts';
import { Running, type RunningLimits } from '../../../src/http/running.ts';
import type { BearerVerdict } from '../../../src/oauth/token/principal.ts';
import { createMailer } from '../../../src/outbound/mailer.ts';
import { makeShop, registry, SHOP_NOW } from '../../support/shop.ts';

export const clock = fixedClock(SHOP_NOW);

/** `large` of `Options`, so low that every way of finding rows is taken. */
export const LARGE = { rows: 1, keys: 4, found: 12, first: 2 };

export type Logged = { details: object; message: string };

export type ShopApi = {
  readonly api: Api;
  readonly url: string;
  /** What was logged as unexpected. */
  readonly log: Logged[];
  /** SQL texts sent since the last `statements.length = 0`. */
  readonly statements: string[];
  ask(query: string, variables?: Record<string, unknown>): Promise<Result>;
  close(): Promise<void>;
};

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
export type Result = { data?: any; errors?: any[] };

const RUNNING = { perClient: 100, all: 100, waiting: 1_000, waitingBytes: 1_000_000, waitMs: 5_000 };

type Options = Partial<ApiDeps> & { running?: Partial<RunningLimits>; costPerMinute?: number };

export async function embeddedShopApi(store: Store, options: Options = {}): Promise<ShopApi> {
  clock.step(SHOP_NOW - clock.now()); // another file may have moved it
  await makeShop(store);
  return startApi(store, options);
}

export async function startApi(store: Store, options: Options & { clock?: Clock } = {}): Promise<ShopApi> {
  const log: Logged[] = [];
  const statements: string[] = [];
  const api = createApi({
    store: { kit: store.kit, db: counted(store.db, statements) },
    registry,
    clock,
    timeZone: 'Asia/Tokyo',
    locale: 'ja',
    currency: 'JPY',
    imageUrl: 'https://shop.example/html/upload/save_image',
    mailer: createMailer('null://null'),
    resultKey: new Uint8Array(32),
    passwordCost: 4,
    log: { error: (details, message) => log.push({ details, message }) },
    webhooks: anyWebhook,
    ...options,
  });
  const app = Fastify();
  await app.register(apiRoute, {
    api,
    principalOf,
    issuer: 'http://localhost',
    requests: limiter(1_000_000),
    running: new Running({ ...RUNNING, ...options.running }),
    recordUse: () => {},
    countOperation: () => {},
    recordCall: () => {},
    countCost: () => {},
    countThrottled: () => {},
    quotas: new Quotas(options.costPerMinute ?? 60_000_000, () => clock.monotonicMs()),
  });
  const url = `${await app.listen({ port: 0, host: '127.0.0.1' })}/api`;
  return { api, url, log, statements, ask: asker(url), close: () => app.close() };
}

/** Says yes to everything; the real ones are met in test/http/webhooks-by-api.test.ts. */
const anyWebhook: WebhookSubscriptions = {
  judgeUrl: async () => 'good',
  list: async () => [],
  create: async (_subscriber, input) => ({ ok: true, subscription: webhook(input), secret: 'whsec_x' }),
  update: async (_subscriber, id, input) => ({
    ok: true,
    subscription: { ...webhook(input), id },
    secret: null,
  }),
  remove: async () => true,
};

const webhook = ({ makeSecret: _, secret: __, ...input }: SubscriptionInput): Subscription => ({
  id: 'f00d',
  url: '',
  enabled: true,
  state: 'waiting',
  description: '',
  topics: [],
  parts: [],
  orderStatuses: [],
  productStatuses: [],
  excludeOwn: false,
  query: null,
  hasSecret: true,
  lastError: null,
  lastSuccessAt: null,
  createdAt: 1_775_001_600,
  ...input,
});

/** The token's text names its scopes. */
const principalOf = async (authorization: string | undefined): Promise<BearerVerdict> => {
  if (authorization === undefined) return { kind: 'missing' };
  const scopes =
    /^bearer ((?:read|write|none|webhooks)(?::[a-z]+)*(?:-(?:read|write|webhooks)(?::[a-z]+)*)*)$/i
      .exec(authorization)?.[1]
      ?.split('-');
  if (!scopes) return { kind: 'invalid', description: 'no “such” token' };
  const principal = {
    clientId: 'c',
    grantId: 'g',
    jti: 'j',
    memberId: 1,
    subject: 'admin',
    scopes: new Set(scopes),
  };
  return { kind: 'ok', principal };
};

const asker =
  (url: string) =>
  async (query: string, variables?: Record<string, unknown>): Promise<Result> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer read-write-webhooks' },
      body: JSON.stringify({ query, variables }),
    });
    // What a request costs has tests of its own.
    const { extensions: _cost, ...result } = (await response.json()) as Result & { extensions?: unknown };
    return result;
  };

/** The same database, writing down every statement that does not belong to a transaction. */
function counted(db: Db, statements: string[]): Db {
  const note = <Q extends CompiledQuery>(query: Q): Q => {
    statements.push(query.sql);
    return query;
  };
  const connectionOf = (connection: DatabaseConnection) =>
    instead(connection, { executeQuery: (query) => connection.executeQuery(note(query)) });
  return instead(db, {
    getExecutor: () => {
      const executor = db.getExecutor();
      return instead(executor, {
        executeQuery: (query, options) => executor.executeQuery(note(query), options),
        provideConnection: (consumer, options) =>
          executor.provideConnection((connection) => consumer(connectionOf(connection)), options),
      });
    },
  });
}

/** The same object with some methods of another kind. */
const instead = <T extends object>(object: T, methods: Partial<T>): T =>
  new Proxy(object, {
    get: (target, name) => {
      const value = Reflect.get(name in methods ? methods : target, name, target);
      return typeof value === 'function' && !(name in methods) ? value.bind(target) : value;
    },
  });
