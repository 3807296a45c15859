/** The whole GraphQL API of a shop, put together. */

import type { GraphQLSchema } from 'graphql';
import { deriveKey } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import { type Mailer, mailFault } from '../outbound/mailer.ts';
import type { ImageStore } from '../shop/images/image-store.ts';
import { type LargeLimits, LargeShop } from '../shop/large/large-shop.ts';
import type { Registry } from '../shop/registry.ts';
import type { ShopStore } from '../shop/rows/select.ts';
import type { Locale } from '../shop/text.ts';
import { coreMutations } from './core-mutations.ts';
import { coreQueries, OWN_QUERIES } from './core-queries.ts';
import { describeFields, type FieldDescription } from './describe.ts';
import { type ApiExtension, NO_EXTENSION } from './extension-parts.ts';
import { shippingMails } from './mails/shipping-mails.ts';
import { namedOnce } from './mutations/named-once.ts';
import { webhookMutations } from './mutations/webhooks.ts';
import { createExecutor, type ErrorLog, type Executor } from './request/execute.ts';
import { laggingReads, type ReplicaForReads } from './request/lagging-reads.ts';
import { type ApiLimits, DEFAULT_LIMITS } from './request/limits.ts';
import { ResultMemory } from './request/result-meter.ts';
import { buildShopSchema, printShopSchema } from './schema.ts';
import { scopeTable } from './scope-table.ts';
import { isServed } from './served.ts';
import type { WebhookSubscriptions } from './webhook-subscriptions.ts';
import { webhooksQuery } from './webhooks-query.ts';

export type ApiDeps = {
  readonly store: ShopStore;
  /** Without what the shop's database lacks. */
  readonly registry: Registry;
  readonly clock: Clock;
  /** `ECCUBE_TIMEZONE` */
  readonly timeZone: string;
  readonly locale: Locale;
  /** `ECCUBE_CURRENCY` */
  readonly currency: string;
  /** `TEGATA_IMAGE_URL` */
  readonly imageUrl: string;
  readonly limits?: Partial<ApiLimits>;
  /** From where on tables are large, so that more is done for them than to ask the database. */
  readonly large?: Partial<LargeLimits> | undefined;
  readonly mailer: Mailer;
  /** bcrypt's, of customers' new passwords. */
  readonly passwordCost: number;
  /** Where the shop's images are kept; undefined: out of reach. */
  readonly images?: ImageStore | undefined;
  /** 32 bytes; seals the responses that are kept for callers that ask again. */
  readonly resultKey: Uint8Array;
  readonly log: ErrorLog;
  /** A database that is hardly behind, for queries; undefined = there is none. */
  readonly replica?: ReplicaForReads | undefined;
  /** Without it clients register no endpoints. */
  readonly webhooks?: WebhookSubscriptions;
  /** What extensions add; it comes behind the core's. */
  readonly extension?: ApiExtension;
};

export type Api = Executor & {
  readonly schema: GraphQLSchema;
  /** Makes beside the requests what the first search of a large shop would wait for. */
  warmUp(): Promise<void>;
  /** Tries again to send the mails that could not be sent at once; says how many were tried. */
  sendDueMails(): Promise<number>;
  /** The schema in the schema language. */
  sdl(): string;
  /** Every query and mutation. */
  fields(): FieldDescription[];
};

export function createApi(deps: ApiDeps): Api {
  const brought = deps.extension ?? NO_EXTENSION;
  const { images, passwordCost, webhooks, store: shopStore, mailer } = deps;
  const coreOnes = coreQueries(deps.registry);
  const queries = [...coreOnes, ...(webhooks ? [webhooksQuery(webhooks)] : []), ...brought.queries];
  const extension = { ...brought, queries };
  const told = mailFailed(deps.log);
  const mails = shippingMails({ ...deps, mailFailed: told });
  const orderMails = { store: shopStore, mailer, mailFailed: told };
  const mutations = [
    ...coreMutations({ mails, orderMails, images, passwordCost }).filter(isServed(deps.registry)),
    ...(webhooks ? webhookMutations(webhooks).map(namedOnce) : []),
    ...extension.mutations.map(namedOnce),
  ];
  const limits = { ...DEFAULT_LIMITS, ...deps.limits };
  const schema = buildShopSchema({ ...deps, mutations, extension });
  const nowMs = (): number => deps.clock.monotonicMs();
  const scopes = scopeTable(schema, mutations, extension);
  const { db, kit } = deps.store;
  const large = new LargeShop({ ...deps, nowMs, limits: deps.large });
  const store = { db, kit, planner: large };
  const memory = new ResultMemory(limits.resultBytes);
  const versionKey = deriveKey(deps.resultKey, 'versions of rows');
  const shared = { ...deps, store, limits, memory, versionKey, nowMs };
  const reads = deps.replica && laggingReads({ ...shared, store: shopStore, replica: deps.replica });
  const laggingRoots = rootsWithout(schema, [...OWN_QUERIES, ...queries.slice(coreOnes.length)]);
  const executor = createExecutor({ ...shared, schema, mutations, scopes, reads, laggingRoots });
  return {
    ...executor,
    schema,
    warmUp: () => large.warmUp(),
    sendDueMails: () => mails.sendDue(),
    sdl: () => printShopSchema(schema),
    fields: () => describeFields(schema, scopes, { queries: extension.queries, mutations }),
  };
}

/** What is Tegata's own, and what an extension reads in ways of its own, is read where it is written. */
function rootsWithout(schema: GraphQLSchema, queries: readonly { readonly name: string }[]): Set<string> {
  const roots = new Set(Object.keys(schema.getQueryType()?.getFields() ?? {}));
  for (const name of ['changes', ...queries.map((query) => query.name)]) roots.delete(name);
  return roots;
}

const mailFailed =
  (log: ErrorLog) =>
  (error: unknown, requestId: string | undefined): void =>
    log.error({ mail: mailFault(error), requestId }, 'a mail could not be sent');
