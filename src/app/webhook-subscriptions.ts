/** Joins GraphQL and webhooks: clients register endpoints by the API, by the rules of the page and with the same audit rows. */
import { recordEvent } from '../audit/events.ts';
import type { EventKind } from '../audit/kinds.ts';
import type { Api } from '../graphql/api.ts';
import type { ReadableTopic } from '../graphql/readable-changes.ts';
import type {
  Subscribed,
  Subscriber,
  Subscription,
  SubscriptionFault,
  SubscriptionInput,
  UrlJudgement,
  WebhookSubscriptions,
} from '../graphql/webhook-subscriptions.ts';
import type { WebhookDeps } from '../webhook/deps.ts';
import {
  changeEndpoint,
  type EndpointFault,
  type EndpointInput,
  registerEndpoint,
  withScheme,
} from '../webhook/endpoints.ts';
import { judgeUrl } from '../webhook/payload-url.ts';
import { makeSecret } from '../webhook/secret.ts';
import type { Webhook, WebhookTopic } from '../webhook/store/webhook-row.ts';
import { clearPause, deleteWebhook, findWebhook, webhooksOfClient } from '../webhook/store/webhooks.ts';
import { SUBSCRIPTION_FAULTS } from './subscription-faults.ts';
import { queryFault, readableEntities } from './webhook-clients.ts';

export type SubscriptionsDeps = {
  readonly webhooks: WebhookDeps;
  readonly topics: readonly ReadableTopic[];
  readonly api: () => Api;
};

const MOST_PER_CLIENT = 20;

export const webhookSubscriptions = (deps: SubscriptionsDeps): WebhookSubscriptions => ({
  judgeUrl: async (url) => {
    const full = withScheme(url);
    return /^https?:/i.test(full) && URL.canParse(full) ? judgeUrl(deps.webhooks, full) : 'good';
  },
  list: async (db, clientId) => (await webhooksOfClient(db, clientId)).map(subscriptionOf),
  create: (subscriber, input, url) => create(deps, subscriber, input, url),
  update: (subscriber, id, input, url) => update(deps, subscriber, id, input, url),
  remove: (subscriber, id) => remove(subscriber, id),
});

async function create(
  deps: SubscriptionsDeps,
  subscriber: Subscriber,
  input: SubscriptionInput,
  url: UrlJudgement,
): Promise<Subscribed> {
  const { db, principal } = subscriber;
  if ((await webhooksOfClient(db, principal.clientId)).length >= MOST_PER_CLIENT) {
    return refused('url', SUBSCRIPTION_FAULTS.tooMany(MOST_PER_CLIENT));
  }
  const wanted = { ...NEW, ...input };
  const faults = accessFaults(deps, subscriber, wanted, url);
  if (faults.length > 0) return { ok: false, faults };
  const secret = input.makeSecret ? makeSecret() : null;
  const settings = endpointInput(subscriber, wanted, secret ?? input.secret);
  const result = await registerEndpoint(within(deps, subscriber), settings);
  if (!result.ok) return refusedBy(result.faults);
  await note(subscriber, 'webhook_created', result.webhookId, settings.payloadUrl);
  return told(subscriber, result.webhookId, secret);
}

/** The caller's transaction. */
const within = ({ webhooks }: SubscriptionsDeps, { db }: Subscriber) => ({ ...webhooks, store: { db } });

async function update(
  deps: SubscriptionsDeps,
  subscriber: Subscriber,
  id: string,
  input: SubscriptionInput,
  url: UrlJudgement,
): Promise<Subscribed> {
  const before = await own(subscriber, id);
  if (!before) return { ok: false, faults: 'not_found' };
  const { secret: _, ...now } = { ...subscriptionOf(before), ...input };
  const faults = accessFaults(deps, subscriber, now, url);
  if (faults.length > 0) return { ok: false, faults };
  const secret = input.makeSecret ? makeSecret() : null;
  const settings = endpointInput(subscriber, now, secret ?? input.secret);
  const result = await changeEndpoint(within(deps, subscriber), id, settings);
  if (!result.ok) return refusedBy(result.faults);
  // What staff have paused, staff resume.
  if (before.pausedReason !== 'staff') await clearPause(subscriber.db, id);
  await note(subscriber, 'webhook_updated', id, settings.payloadUrl);
  return told(subscriber, id, secret);
}

async function remove(subscriber: Subscriber, id: string): Promise<boolean> {
  const before = await own(subscriber, id);
  if (!before || !(await deleteWebhook(subscriber.db, id))) return false;
  await note(subscriber, 'webhook_deleted', id, before.payloadUrl);
  return true;
}

const own = async ({ db, principal }: Subscriber, id: string): Promise<Webhook | undefined> => {
  const found = /^[0-9a-f]{32}$/.test(id) ? await findWebhook(db, id) : undefined;
  return found?.owner?.clientId === principal.clientId ? found : undefined;
};

type Wanted = Omit<Subscription, 'id' | 'state' | 'hasSecret' | 'lastError' | 'lastSuccessAt' | 'createdAt'>;

const NEW = {
  enabled: true,
  description: '',
  topics: [],
  parts: [],
  orderStatuses: [],
  productStatuses: [],
  excludeOwn: false,
  query: null,
  url: '',
};

/** What may not be had with this token; the rest is the rules' of the page. */
function accessFaults(
  { topics, api, webhooks }: SubscriptionsDeps,
  { principal, requestId }: Subscriber,
  wanted: Wanted,
  url: UrlJudgement,
): SubscriptionFault[] {
  const faults: SubscriptionFault[] = [];
  if (url === 'private') faults.push({ argument: 'url', text: SUBSCRIPTION_FAULTS.private });
  const entities = [...new Set(wanted.topics.map((topic) => topic.slice(0, topic.lastIndexOf('.'))))];
  const known = entities.every((entity) => webhooks.entities.includes(entity));
  const asked = entities.length === 0 ? undefined : entities;
  if (known && !readableEntities(topics, asked, principal.scopes)) {
    faults.push({ argument: 'topics', text: SUBSCRIPTION_FAULTS.scope });
  }
  if (wanted.query === null) return faults;
  if (entities.length !== 1) faults.push({ argument: 'topics', text: SUBSCRIPTION_FAULTS.oneThing });
  const fault = queryFault(api(), principal, requestId, wanted.query);
  if (fault !== undefined) faults.push({ argument: 'query', text: { ja: fault, en: fault } });
  return faults;
}

const endpointInput = (
  { principal }: Subscriber,
  wanted: Wanted,
  secret: string | undefined,
): EndpointInput => ({
  payloadUrl: wanted.url,
  enabled: wanted.enabled,
  description: wanted.description,
  topics: wanted.topics as WebhookTopic[],
  parts: wanted.parts,
  orderStatuses: wanted.orderStatuses,
  productStatuses: wanted.productStatuses,
  excludedClientId: wanted.excludeOwn ? principal.clientId : null,
  query: wanted.query,
  owner: {
    clientId: principal.clientId,
    grantId: principal.grantId,
    memberId: principal.memberId,
    scopes: [...principal.scopes],
  },
  secret,
});

const subscriptionOf = (webhook: Webhook): Subscription => ({
  id: webhook.webhookId,
  url: webhook.payloadUrl,
  enabled: webhook.enabled,
  state: stateOf(webhook),
  description: webhook.description,
  topics: webhook.topics,
  parts: webhook.parts,
  orderStatuses: webhook.orderStatuses,
  productStatuses: webhook.productStatuses,
  excludeOwn: webhook.excludedClientId === webhook.owner?.clientId,
  query: webhook.query,
  hasSecret: webhook.secretSealed !== null,
  lastError: webhook.lastError,
  lastSuccessAt: webhook.lastSuccessAt,
  createdAt: webhook.createdAt,
});

function stateOf({ enabled, pausedAt, pausedReason, failingSince, lastSuccessAt }: Webhook): string {
  if (!enabled) return pausedReason === 'gone' ? 'gone' : 'off';
  if (pausedAt !== null) return pausedReason === 'access' ? 'no_access' : 'paused';
  if (failingSince !== null) return 'failing';
  return lastSuccessAt === null ? 'waiting' : 'ok';
}

async function told({ db }: Subscriber, id: string, secret: string | null): Promise<Subscribed> {
  const webhook = await findWebhook(db, id);
  return webhook
    ? { ok: true, subscription: subscriptionOf(webhook), secret }
    : { ok: false, faults: 'not_found' };
}

const refused = (argument: string, text: SubscriptionFault['text']): Subscribed => ({
  ok: false,
  faults: [{ argument, text }],
});

function refusedBy(faults: readonly EndpointFault[] | 'no_such_webhook'): Subscribed {
  if (faults === 'no_such_webhook') return { ok: false, faults: 'not_found' };
  return {
    ok: false,
    faults: faults.map(({ field, fault }) => ({
      argument: field === 'payloadUrl' ? 'url' : field,
      text: SUBSCRIPTION_FAULTS[fault],
    })),
  };
}

/** Of the URL only the host: the rest may hold a password or a token. */
const note = (
  { db, principal, requestId, now }: Subscriber,
  kind: EventKind,
  webhookId: string,
  payloadUrl: string,
): Promise<void> => {
  const detail = { webhookId, host: new URL(withScheme(payloadUrl)).host };
  return recordEvent(db, { kind, occurredAt: now, clientId: principal.clientId, requestId, detail });
};
