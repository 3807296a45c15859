/** What members of the shop do with endpoints and with the feed; every deed goes into the audit log with who did it. */

import { type EventDetail, recordEvent } from '../audit/events.ts';
import type { EventKind } from '../audit/kinds.ts';
import type { Actor } from '../audit/origin.ts';
import { transact } from '../database/transact.ts';
import type { WebhookDeps } from './deps.ts';
import {
  changeEndpoint,
  type EndpointInput,
  type EndpointResult,
  registerEndpoint,
  resendDeliveries,
  resumeEndpoint,
  type Tried,
  tryEndpoint,
  withScheme,
} from './endpoints.ts';
import { lostBefore } from './lost.ts';
import { judgeUrl, type UrlVerdict } from './payload-url.ts';
import type { Webhook, WebhookTopic } from './store/webhook-row.ts';
import { deleteWebhook, findWebhook, pauseByStaff } from './store/webhooks.ts';

type Deps = Pick<
  WebhookDeps,
  'store' | 'clock' | 'masterKey' | 'limits' | 'feedSources' | 'entities' | 'allow' | 'resolve'
>;

/** `unknownHost`: it was stored, but its host has no address at this moment. */
export type StaffResult = EndpointResult & { readonly unknownHost?: boolean };

export async function registerByStaff(deps: Deps, input: EndpointInput, actor: Actor): Promise<StaffResult> {
  const verdict = await judgedUrl(deps, input);
  if (verdict === 'private') return REFUSED_URL;
  const result = await atOnce(deps, async (within) => {
    const made = await registerEndpoint(within, input);
    if (made.ok) await note(within, 'webhook_created', actor, aboutInput(made.webhookId, input));
    return made;
  });
  return { ...result, unknownHost: verdict === 'unknown_host' };
}

export async function changeByStaff(
  deps: Deps,
  webhookId: string,
  input: EndpointInput,
  actor: Actor,
): Promise<StaffResult> {
  const before = await findWebhook(deps.store.db, webhookId);
  const isNew = before?.payloadUrl !== withScheme(input.payloadUrl) || (input.enabled && !before.enabled);
  // Otherwise nothing begins: one whose address is refused by now can still be switched off.
  const verdict = isNew ? await judgedUrl(deps, input) : 'good';
  if (verdict === 'private') return REFUSED_URL;
  const result = await atOnce(deps, async (within) => {
    const changed = await changeEndpoint(within, webhookId, input);
    const detail = () => ({ ...aboutInput(webhookId, input), enabled: input.enabled });
    if (changed.ok) await note(within, 'webhook_updated', actor, detail());
    return changed;
  });
  return { ...result, unknownHost: verdict === 'unknown_host' };
}

const REFUSED_URL: EndpointResult = { ok: false, faults: [{ field: 'payloadUrl', fault: 'private' }] };

/** A URL that is none, is the form's rule to tell. */
async function judgedUrl(deps: Deps, { payloadUrl }: EndpointInput): Promise<UrlVerdict> {
  const url = withScheme(payloadUrl);
  return /^https?:/i.test(url) && URL.canParse(url) ? judgeUrl(deps, url) : 'good';
}

export async function removeByStaff(deps: Deps, webhookId: string, actor: Actor): Promise<boolean> {
  return atOnce(deps, async (within) => {
    const removed = await deleteWebhook(within.store.db, webhookId);
    if (removed) await note(within, 'webhook_deleted', actor, { webhookId });
    return removed;
  });
}

/** Holds deliveries back; what happens meanwhile waits in the feed. */
export async function pauseEndpoint(deps: Deps, webhookId: string, actor: Actor): Promise<boolean> {
  return atOnce(deps, async (within) => {
    const paused = await pauseByStaff(within.store.db, webhookId, deps.clock.now());
    if (paused) await note(within, 'webhook_paused', actor, { webhookId, reason: 'staff' });
    return paused;
  });
}

/** Says before which time changes are lost, since the pause was longer than the feed is kept; null = none is. */
export async function resumeByStaff(deps: Deps, webhook: Webhook, actor: Actor): Promise<number | null> {
  const { webhookId } = webhook;
  const lost = webhook.pausedAt === null ? null : await lostBefore(deps, webhook);
  const detail =
    lost === null ? { webhookId } : { webhookId, lost_before: new Date(lost * 1000).toISOString() };
  await atOnce(deps, async (within) => {
    if (await resumeEndpoint(within, webhookId)) await note(within, 'webhook_resumed', actor, detail);
  });
  return lost;
}

/** The answer to a sample that is sent now; undefined = there is no such endpoint. */
export async function tryByStaff(
  deps: WebhookDeps,
  webhookId: string,
  topic: WebhookTopic,
  actor: Actor,
): Promise<Tried | undefined> {
  const tried = await tryEndpoint(deps, webhookId, topic);
  if (tried) await note(deps, 'webhook_tested', actor, { webhookId, topic, status: tried.statusCode });
  return tried;
}

/** Says how many deliveries will go again. */
export async function resendByStaff(
  deps: Deps,
  which: { webhookId: string; deliveryId?: string },
  actor: Actor,
): Promise<number> {
  return atOnce(deps, async (within) => {
    const count = await resendDeliveries(within, which.webhookId, which.deliveryId);
    if (count > 0) await note(within, 'webhook_resent', actor, { ...which, count });
    return count;
  });
}

/** The deed and its row in the audit log: both, or neither. */
const atOnce = <T>(deps: Deps, deed: (within: Deps) => Promise<T>): Promise<T> =>
  transact(deps.store, (tx) => deed({ ...deps, store: { ...deps.store, db: tx } }));

const note = ({ store, clock }: Deps, kind: EventKind, actor: Actor, detail: EventDetail): Promise<void> =>
  recordEvent(store.db, { kind, occurredAt: clock.now(), ...actor, detail });

/** Of the URL only the host: the rest may hold a password or a token. */
const aboutInput = (webhookId: string, { payloadUrl }: EndpointInput): EventDetail => ({
  webhookId,
  host: new URL(withScheme(payloadUrl)).host,
});
