/** One delivery: claimed, sent, judged, written down. */
import { setTimeout as sleep } from 'node:timers/promises';
import { SpanKind } from '@opentelemetry/api';
import { UnsealError } from '../base/encryption.ts';
import { inSpan } from '../base/spans.ts';
import { outageOf } from '../database/outage.ts';
import { notSent, type Sender, type Sent } from '../outbound/post.ts';
import { accessOf } from './access.ts';
import { eventsOf } from './body.ts';
import type { WebhookDeps } from './deps.ts';
import { headersOf } from './headers.ts';
import { judge, type Outcome } from './outcome.ts';
import { pauseAndTell } from './pause.ts';
import { payloadOf } from './payload.ts';
import { signingSecrets } from './secret.ts';
import {
  type ClaimedDelivery,
  cancelPending,
  claimDelivery,
  releaseDelivery,
  settleDelivery,
} from './store/deliveries.ts';
import { claimOwner } from './store/ended-claims.ts';
import type { Webhook } from './store/webhook-row.ts';
import { disableGone, findWebhook, noteFailure, noteSuccess, pauseFailing } from './store/webhooks.ts';

const SUCCESS_NOTED_EVERY_SECONDS = 60; // the endpoint's row is not written for each delivery

/** While the database is away and something waits to be written down. */
const AGAIN_MS = 1_000;

export type DeliverDeps = WebhookDeps & {
  readonly sender: Sender;
  /** Nothing is waited for any more. */
  isStopping(): boolean;
};

/** `lost`: someone else had it, or has it now. */
export type DeliverResult = Outcome['kind'] | 'lost';

export async function deliver(deps: DeliverDeps, deliveryId: string): Promise<DeliverResult> {
  const { store, clock, limits } = deps;
  const now = clock.now();
  const claim = { deliveryId, owner: claimOwner() };
  const delivery = await claimDelivery(store.db, { ...claim, now, leaseUntil: now + limits.leaseSeconds });
  if (!delivery) return 'lost';
  const ready = await readyToSend(deps, claim, delivery);
  if (!ready) return 'lost';
  const { webhook, body } = ready;
  const sent = await send(deps, webhook, { ...delivery, body });
  const outcome = judge(sent, delivery, clock.now(), limits, deps.random());
  const written = () => settle(deps, claim, webhook, sent, outcome, delivery);
  if (!(await whileLeased(deps, delivery, written))) return 'lost';
  report(deps, webhook, delivery, sent, outcome);
  return outcome.kind;
}

type Claim = { readonly deliveryId: string; readonly owner: string };

/** Undefined = it is given back. */
async function readyToSend(
  deps: DeliverDeps,
  claim: Claim,
  delivery: ClaimedDelivery,
): Promise<{ webhook: Webhook; body: string } | undefined> {
  const { db } = deps.store;
  const giveBack = () => whileLeased(deps, delivery, () => releaseDelivery(db, claim));
  try {
    const webhook = await findWebhook(db, delivery.webhookId);
    const body = webhook && (await bodyNow(deps, webhook, delivery));
    if (webhook && body !== undefined && mayStillSend(deps, delivery)) return { webhook, body };
  } catch (error) {
    await giveBack();
    throw error;
  }
  await giveBack();
  return undefined;
}

/**
 * Does `write` again while the database is away and the delivery is ours: else it would lie idle until the lease runs out, and what
 * has arrived would be sent once more. `write` takes effect only under the lease, so that it may be done twice.
 */
async function whileLeased<T>(
  { clock, isStopping }: DeliverDeps,
  { leaseUntil }: ClaimedDelivery,
  write: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (outageOf(error) === undefined || isStopping() || clock.now() >= leaseUntil) throw error;
      await sleep(AGAIN_MS);
    }
  }
}

/** Undefined = the client that registered the endpoint may no longer hear of one of the things. */
async function bodyNow(
  deps: DeliverDeps,
  webhook: Webhook,
  { body }: ClaimedDelivery,
): Promise<string | undefined> {
  const access = await accessOf(deps, webhook, [...new Set(eventsOf(body).map(({ entity }) => entity))]);
  if (access.kind === 'lost') return undefined;
  if (access.kind === 'staff' || webhook.query === null) return body;
  return payloadOf(deps.clock, access.access, webhook.query, body);
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
    const attributes = { 'tegata.webhook_id': webhook.webhookId, 'tegata.delivery_id': deliveryId };
    const post = () => deps.sender.post(webhook.payloadUrl, headers, body);
    return await inSpan('webhook', attributes, post, SpanKind.CLIENT);
  } catch (error) {
    // Unsigned it must not go; staff see why in the log of deliveries.
    if (error instanceof UnsealError) return notSent(error.message);
    throw error;
  }
}

/** False = the lease was lost meanwhile. */
async function settle(
  deps: DeliverDeps,
  claim: Claim,
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
  await pauseAndTell(deps, webhook, { reason: 'gone', error: 'HTTP 410' }, async (tx) => {
    if (!(await disableGone(tx, webhookId, now))) return false;
    await cancelPending(tx, webhookId, now);
    return true;
  });
}

async function failed(
  deps: DeliverDeps,
  webhook: Webhook,
  outcome: Extract<Outcome, { error: string }>,
  now: number,
): Promise<void> {
  const { webhookId } = webhook;
  const { error } = outcome;
  const quietUntil = outcome.kind === 'again' ? outcome.quietUntil : null;
  const failingBefore = now - deps.limits.pauseAfterSeconds;
  await noteFailure(deps.store.db, webhookId, { error, quietUntil, now });
  await pauseAndTell(deps, webhook, { reason: 'failing', error }, (tx) =>
    pauseFailing(tx, webhookId, failingBefore, now),
  );
}
