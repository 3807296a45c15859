/** One delivery: claimed, sent, judged, written down. */
import { recordEvent } from '../audit/events.ts';
import { randomHex } from '../base/bytes.ts';
import { UnsealError } from '../base/encryption.ts';
import type { Db } from '../database/open.ts';
import { transact } from '../database/transact.ts';
import { notSent, type Sender, type Sent } from '../outbound/post.ts';
import type { PauseNotice, WebhookDeps } from './deps.ts';
import { headersOf } from './headers.ts';
import { judge, type Outcome } from './outcome.ts';
import { signingSecrets } from './secret.ts';
import {
  type ClaimedDelivery,
  cancelPending,
  claimDelivery,
  releaseDelivery,
  settleDelivery,
} from './store/deliveries.ts';
import {
  disableGone,
  findWebhook,
  noteFailure,
  noteSuccess,
  pauseFailing,
  type Webhook,
} from './store/webhooks.ts';

const OWNER_BYTES = 16;
const SUCCESS_NOTED_EVERY_SECONDS = 60; // the endpoint's row is not written for each delivery

export type DeliverDeps = WebhookDeps & { readonly sender: Sender };

/** `lost`: somebody else had it, or has it now. */
export type DeliverResult = Outcome['kind'] | 'lost';

export async function deliver(deps: DeliverDeps, deliveryId: string): Promise<DeliverResult> {
  const { store, clock, limits } = deps;
  const now = clock.now();
  const claim = { deliveryId, owner: randomHex(OWNER_BYTES) };
  const delivery = await claimDelivery(store.db, { ...claim, now, leaseUntil: now + limits.leaseSeconds });
  if (!delivery) return 'lost';
  const webhook = await findWebhook(store.db, delivery.webhookId);
  if (!webhook || !mayStillSend(deps, delivery)) {
    await releaseDelivery(store.db, claim);
    return 'lost';
  }
  const sent = await send(deps, webhook, delivery);
  const outcome = judge(sent, delivery, clock.now(), limits, deps.random());
  if (!(await settle(deps, claim, webhook, sent, outcome, delivery))) return 'lost';
  report(deps, webhook, delivery, sent, outcome);
  return outcome.kind;
}

/** A process that stood still after claiming must not send when another may have claimed by now. */
function mayStillSend({ clock, limits }: DeliverDeps, { leaseUntil }: ClaimedDelivery): boolean {
  return clock.nowMs() + limits.totalTimeoutMs < leaseUntil * 1000;
}

async function send(deps: DeliverDeps, webhook: Webhook, delivery: ClaimedDelivery): Promise<Sent> {
  const { deliveryId, body } = delivery;
  const { shopUrl, version } = deps;
  const sentAt = deps.clock.now();
  try {
    const secrets = signingSecrets(deps.masterKey, webhook, sentAt);
    const headers = headersOf({ deliveryId, body, ...secrets, sentAt, shopUrl, version });
    return await deps.sender.post(webhook.payloadUrl, headers, body);
  } catch (error) {
    // Unsigned it must not go; staff see why in the log of deliveries.
    if (error instanceof UnsealError) return notSent(error.message);
    throw error;
  }
}

/** False = the lease was lost meanwhile. */
async function settle(
  deps: DeliverDeps,
  claim: { deliveryId: string; owner: string },
  webhook: Webhook,
  sent: Sent,
  outcome: Outcome,
  { before }: ClaimedDelivery,
): Promise<boolean> {
  const { db } = deps.store;
  const now = deps.clock.now();
  const attempt = { ...sent, at: now, error: 'error' in outcome ? outcome.error : null };
  const next =
    outcome.kind === 'again'
      ? { state: 'pending' as const, nextAttemptAt: outcome.nextAttemptAt }
      : { state: outcome.kind === 'delivered' ? ('delivered' as const) : ('failed' as const) };
  if (!(await settleDelivery(db, claim, attempt, next, before))) return false;
  if (outcome.kind === 'delivered') await succeeded(deps, webhook, now);
  else if (outcome.kind === 'gone') await gone(deps, webhook, now);
  else await failed(deps, webhook, outcome, now);
  return true;
}

/** Of the URL only the host: the rest may hold a password or a token. */
function report(
  { log, clock, onAttempt }: DeliverDeps,
  { webhookId, payloadUrl }: Webhook,
  { deliveryId, attempts, createdAt }: ClaimedDelivery,
  { statusCode, tookMs }: Sent,
  outcome: Outcome,
): void {
  onAttempt?.({ outcome: outcome.kind, waitedSeconds: clock.now() - createdAt });
  if (outcome.kind === 'delivered') return;
  const error = 'error' in outcome ? outcome.error : `HTTP ${statusCode}`;
  const { host } = new URL(payloadUrl);
  const detail = { webhookId, deliveryId, host, attempt: attempts, outcome: outcome.kind, error, tookMs };
  log.warn(detail, 'a webhook was not delivered');
}

async function succeeded({ store }: DeliverDeps, webhook: Webhook, now: number): Promise<void> {
  const noted = (webhook.lastSuccessAt ?? 0) > now - SUCCESS_NOTED_EVERY_SECONDS;
  if (noted && webhook.failingSince === null && webhook.quietUntil === null) return;
  await noteSuccess(store.db, webhook.webhookId, now);
}

async function gone(deps: DeliverDeps, webhook: Webhook, now: number): Promise<void> {
  const { webhookId } = webhook;
  const pause: Pause = { webhookId, reason: 'gone', error: 'HTTP 410' };
  const disabled = await transact(deps.store, async (tx) => {
    if (!(await disableGone(tx, webhookId, now))) return false;
    await cancelPending(tx, webhookId, now);
    await record(tx, pause, now);
    return true;
  });
  if (disabled) await tell(deps, webhook, pause);
}

async function failed(
  deps: DeliverDeps,
  webhook: Webhook,
  outcome: Extract<Outcome, { error: string }>,
  now: number,
): Promise<void> {
  const { webhookId } = webhook;
  const { error } = outcome;
  const pause: Pause = { webhookId, reason: 'failing', error };
  const quietUntil = outcome.kind === 'again' ? outcome.quietUntil : null;
  const failingBefore = now - deps.limits.pauseAfterSeconds;
  await noteFailure(deps.store.db, webhookId, { error, quietUntil, now });
  const paused = await transact(deps.store, async (tx) => {
    if (!(await pauseFailing(tx, webhookId, failingBefore, now))) return false;
    await record(tx, pause, now);
    return true;
  });
  if (paused) await tell(deps, webhook, pause);
}

type Pause = Pick<PauseNotice, 'webhookId' | 'error'> & { readonly reason: 'failing' | 'gone' };

const record = (tx: Db, { webhookId, reason, error }: Pause, now: number): Promise<void> =>
  recordEvent(tx, { kind: 'webhook_paused', occurredAt: now, detail: { webhookId, reason, error } });

async function tell(
  { log, notify }: DeliverDeps,
  { payloadUrl, failingSince }: Webhook,
  { webhookId, reason, error }: Pause,
): Promise<void> {
  log.warn({ webhookId, reason, error }, 'a webhook was paused');
  try {
    await notify?.({ webhookId, payloadUrl, reason, error, failingSince });
  } catch (cause) {
    log.error({ err: cause, webhookId }, 'nobody could be told that a webhook was paused');
  }
}
