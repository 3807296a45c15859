/**
 * What staff do with endpoints: register, change, switch on and off, resume, send again, try out. The rules of the
 * fields are the plugin's (docs/eccube/webhooks.md, The form) where it has them. What is changed belongs into one
 * transaction with the audit log's row: `deps.store.db` is then that transaction.
 */
import { randomHex } from '../base/bytes.ts';
import { UnsealError } from '../base/encryption.ts';
import type { FeedAction } from '../database/feed-sources.ts';
import { notSent, openSender, type Sent } from '../outbound/post.ts';
import { isStatusId, MAX_STATUSES } from '../shop/store/status-now.ts';
import { bodyOf } from './body.ts';
import type { WebhookDeps } from './deps.ts';
import { headersOf } from './headers.ts';
import { sealSecret, signingSecrets } from './secret.ts';
import { cancelPending, hurryPending } from './store/deliveries.ts';
import { resend } from './store/delivery-log.ts';
import type { Webhook, WebhookSettings, WebhookTopic } from './store/webhook-row.ts';
import {
  clearPause,
  endQuiet,
  findWebhook,
  insertWebhook,
  skipToHead,
  updateWebhook,
  type WebhookSecrets,
} from './store/webhooks.ts';

export const WEBHOOK_ACTIONS: readonly FeedAction[] = ['created', 'updated', 'deleted'];

export const topicsOf = (entity: string): readonly WebhookTopic[] =>
  WEBHOOK_ACTIONS.map((action) => `${entity}.${action}` as const);

/** What may be chosen, and what the endpoint has chosen before: its extension may be away for a while. */
export const choosable = (
  entities: readonly string[],
  topics: readonly WebhookTopic[],
): readonly string[] => [
  ...new Set([...entities, ...topics.map((topic) => topic.slice(0, topic.indexOf('.')))]),
];

const ID_BYTES = 16;
const MAX_URL = 1024; // characters
const MIN_SECRET = 16; // characters
const MAX_SECRET = 1024; // characters
const MAX_DESCRIPTION = 255; // characters

/** So long a secret that was replaced signs beside the new one. */
const FORMER_SECRET_SECONDS = 86_400;

type Narrowing = 'productStatuses' | 'parts' | 'excludedClientId' | 'owner' | 'query';

/** `secret` undefined leaves it as it is, '' or null takes it away. */
export type EndpointInput = Omit<WebhookSettings, Narrowing> & {
  /** Undefined leaves each as it is. */
  readonly [name in Narrowing]?: WebhookSettings[name];
} & {
  readonly secret?: string | null | undefined;
  /** The secret before the present one signs no longer, from now on. */
  readonly endFormerSecret?: boolean;
};

export type EndpointFault = {
  readonly field:
    | 'payloadUrl'
    | 'secret'
    | 'description'
    | 'topics'
    | 'orderStatuses'
    | 'productStatuses'
    | 'excludedClientId';
  readonly fault: 'blank' | 'not_a_url' | 'not_http' | 'private' | 'too_short' | 'too_long' | 'unknown';
};

export type EndpointResult =
  | { readonly ok: true; readonly webhookId: string }
  | { readonly ok: false; readonly faults: readonly EndpointFault[] }
  | { readonly ok: false; readonly faults: 'no_such_webhook' };

type Deps = Pick<WebhookDeps, 'store' | 'clock' | 'masterKey' | 'limits' | 'entities'>;

type WithinDeps = Omit<Deps, 'store'> & { readonly store: Pick<Deps['store'], 'db'> };

/** A value without a scheme gets `http://` put in front, as in the plugin. */
export const withScheme = (payloadUrl: string): string => {
  const url = payloadUrl.trim();
  return url === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `http://${url}`;
};

/** The faults of the fields; none = may be stored. Where the URL leads is payload-url.ts's to say. */
export function judgeEndpoint(input: EndpointInput, entities: readonly string[]): EndpointFault[] {
  const known = entities.flatMap(topicsOf);
  const faults: (EndpointFault | undefined)[] = [
    urlFault(withScheme(input.payloadUrl)),
    secretFault(input.secret ?? ''),
    input.description.length > MAX_DESCRIPTION ? { field: 'description', fault: 'too_long' } : undefined,
    input.topics.every((topic) => known.includes(topic)) ? undefined : { field: 'topics', fault: 'unknown' },
    statusesFault('orderStatuses', input.orderStatuses),
    isClientId(input.excludedClientId) ? undefined : { field: 'excludedClientId', fault: 'unknown' },
    statusesFault('productStatuses', input.productStatuses ?? []),
  ];
  return faults.filter((fault) => fault !== undefined);
}

export async function registerEndpoint(
  deps: WithinDeps,
  input: EndpointInput,
  faults: readonly EndpointFault[] = judgeEndpoint(input, deps.entities),
): Promise<EndpointResult> {
  if (faults.length > 0) return { ok: false, faults };
  const webhookId = randomHex(ID_BYTES);
  const secretSealed = input.secret ? sealSecret(deps.masterKey, webhookId, input.secret) : null;
  const webhook = { ...WIDE, ...input, payloadUrl: withScheme(input.payloadUrl), webhookId, secretSealed };
  await insertWebhook(deps.store.db, webhook, deps.clock.now());
  return { ok: true, webhookId };
}

/** Switching off cancels what is on its way; switching on begins with what happens from then on. */
export async function changeEndpoint(
  deps: WithinDeps,
  webhookId: string,
  input: EndpointInput,
): Promise<EndpointResult> {
  const { db } = deps.store;
  const payloadUrl = withScheme(input.payloadUrl);
  const before = await findWebhook(db, webhookId);
  if (!before) return { ok: false, faults: 'no_such_webhook' };
  const faults = judgeEndpoint(input, choosable(deps.entities, before.topics));
  if (faults.length > 0) return { ok: false, faults };
  const now = deps.clock.now();
  const secrets = secretsAfter(deps, before, input, now);
  const settings = { ...narrowingOf(before), ...input, payloadUrl };
  await updateWebhook(db, webhookId, { ...settings, ...(secrets && { secrets }) }, now);
  if (before.enabled && !input.enabled) await cancelPending(db, webhookId, now);
  if (!before.enabled && input.enabled) {
    await skipToHead(db, webhookId);
    await clearPause(db, webhookId);
  }
  return { ok: true, webhookId };
}

/** All is told. */
const WIDE = { productStatuses: [], parts: [], excludedClientId: null, owner: null, query: null } as const;

const narrowingOf = ({ productStatuses, parts, excludedClientId, owner, query }: Webhook) => ({
  productStatuses,
  parts,
  excludedClientId,
  owner,
  query,
});

/** Undefined = as they are. A receiver may be told the new secret within a day of its being made. */
function secretsAfter(
  { masterKey }: Pick<Deps, 'masterKey'>,
  { webhookId, secretSealed }: Webhook,
  { secret, endFormerSecret = false }: EndpointInput,
  now: number,
): WebhookSecrets | undefined {
  const none = { former: null, formerUntil: null };
  if (secret === undefined) return endFormerSecret ? { present: secretSealed, ...none } : undefined;
  if (!secret) return { present: null, ...none };
  const present = sealSecret(masterKey, webhookId, secret);
  if (secretSealed === null || endFormerSecret) return { present, ...none };
  return { present, former: secretSealed, formerUntil: now + FORMER_SECRET_SECONDS };
}

/** A paused endpoint goes on where it stopped, at once, with what the feed still keeps (lost.ts). */
export async function resumeEndpoint(deps: Deps, webhookId: string): Promise<boolean> {
  const found = await clearPause(deps.store.db, webhookId);
  await hurryPending(deps.store.db, { webhookId }, deps.clock.now());
  return found;
}

/**
 * One delivery, or all of an endpoint that failed, were cancelled or wait for a retry, go at once, also when the endpoint
 * has asked to be left alone. Says how many.
 */
export async function resendDeliveries(
  { store, clock, limits }: Deps,
  webhookId: string,
  deliveryId?: string,
): Promise<number> {
  const now = clock.now();
  const which = deliveryId === undefined ? { webhookId } : { deliveryId };
  const hurried = await hurryPending(store.db, which, now);
  const again = await resend(store.db, which, { now, giveUpAt: now + limits.giveUpAfterSeconds });
  if (hurried > 0) await endQuiet(store.db, webhookId);
  return hurried + again;
}

/** What was sent, and what came back. */
export type Tried = Sent & { readonly body: string };

/** Sends a sample now and hands back the answer; nothing is stored, nothing follows from a failure. */
export async function tryEndpoint(
  deps: WebhookDeps,
  webhookId: string,
  topic: WebhookTopic = 'product.updated',
): Promise<Tried | undefined> {
  const webhook = await findWebhook(deps.store.db, webhookId);
  if (!webhook) return undefined;
  const body = sampleOf(topic);
  const { shopUrl, version } = deps;
  const sentAt = deps.clock.now();
  const sender = openSender(deps);
  try {
    const secrets = signingSecrets(deps.masterKey, webhook, sentAt);
    const headers = headersOf({
      deliveryId: randomHex(ID_BYTES),
      body,
      ...secrets,
      sentAt,
      shopUrl,
      version,
    });
    return { ...(await sender.post(webhook.payloadUrl, headers, body)), body };
  } catch (error) {
    if (error instanceof UnsealError) return { ...notSent(error.message), body };
    throw error;
  } finally {
    sender.close();
  }
}

/** About the thing with the id 1. */
function sampleOf(topic: WebhookTopic): string {
  const action = WEBHOOK_ACTIONS.find((one) => topic.endsWith(`.${one}`)) ?? 'updated';
  return bodyOf([{ entity: topic.slice(0, topic.lastIndexOf('.')), id: 1, action }]);
}

const isClientId = (text: string | null | undefined): boolean => !text || /^[\x21-\x7e]{1,64}$/.test(text);

function urlFault(payloadUrl: string): EndpointFault | undefined {
  if (payloadUrl === '') return { field: 'payloadUrl', fault: 'blank' };
  if (payloadUrl.length > MAX_URL) return { field: 'payloadUrl', fault: 'too_long' };
  if (!URL.canParse(payloadUrl)) return { field: 'payloadUrl', fault: 'not_a_url' };
  const { protocol } = new URL(payloadUrl);
  return protocol === 'https:' || protocol === 'http:'
    ? undefined
    : { field: 'payloadUrl', fault: 'not_http' };
}

function secretFault(secret: string): EndpointFault | undefined {
  if (secret === '') return undefined;
  if (secret.length < MIN_SECRET) return { field: 'secret', fault: 'too_short' };
  return secret.length > MAX_SECRET ? { field: 'secret', fault: 'too_long' } : undefined;
}

function statusesFault(
  field: 'orderStatuses' | 'productStatuses',
  statuses: readonly number[],
): EndpointFault | undefined {
  if (statuses.length > MAX_STATUSES) return { field, fault: 'too_long' };
  return statuses.every(isStatusId) ? undefined : { field, fault: 'unknown' };
}
