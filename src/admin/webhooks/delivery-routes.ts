/** 送信履歴: the deliveries of one endpoint, one of them in full, and sending again. */
import { placeIn, placeText } from '../../database/keyset.ts';
import { eventsOf } from '../../webhook/body.ts';
import { resendByStaff } from '../../webhook/staff-deeds.ts';
import { earlierAttempts } from '../../webhook/store/delivery-attempts.ts';
import {
  countDeliveries,
  countRetrying,
  type Delivery,
  type DeliveryFilter,
  findDelivery,
  pageOfDeliveries,
  type Standing,
} from '../../webhook/store/delivery-log.ts';
import type { Webhook } from '../../webhook/store/webhook-row.ts';
import { actorOf, memberPage } from '../exchange.ts';
import { PageError } from '../page-error.ts';
import type { PageRoutes } from '../page-routes.ts';
import { redirectWith, sendPage } from '../replies.ts';
import { queryOf } from '../request.ts';
import type { AdminKit } from '../visit.ts';
import type { AttemptRow } from './delivery-attempts.tsx';
import { STANDINGS } from './delivery-standing.tsx';
import { type WebhookExchange, withWebhook } from './one-webhook.ts';
import { deliveriesPage } from './webhook-deliveries.tsx';
import { deliveryPage } from './webhook-delivery.tsx';

const ROWS = 50; // on one page

export function webhookLogRoutes({ page, act, kit: { paths } }: PageRoutes): void {
  const id = ':webhook_id';
  page('deliveries', withWebhook(showList));
  act('webhook.resend', 'deliveries', withWebhook(resendFailed), { at: paths.webhookResendFailed(id) });
  page('delivery', withWebhook(showOne));
  act('webhook.resend', 'delivery', withWebhook(resendOne), {
    at: paths.webhookDeliveryResend(id, ':delivery_id'),
  });
}

async function resendFailed(exchange: WebhookExchange) {
  const { deps, paths } = exchange.kit;
  const { webhookId } = exchange.webhook;
  const count = await resendByStaff(deps.webhooks, { webhookId }, actorOf(exchange));
  return redirectWith(exchange, paths.webhookDeliveries(webhookId), 'deliveriesResent', count);
}

async function showOne(exchange: WebhookExchange) {
  const { kit, webhook } = exchange;
  const delivery = await deliveryOf(exchange);
  const { webhookId, payloadUrl, enabled: mayResend } = webhook;
  const attempts = await attemptsAt(kit, delivery);
  const props = { webhookId, payloadUrl, mayResend, delivery: viewOf(delivery, webhook), attempts };
  return sendPage(exchange, deliveryPage(await memberPage(exchange), props));
}

async function resendOne(exchange: WebhookExchange) {
  const { deps, paths } = exchange.kit;
  const { webhookId } = exchange.webhook;
  const { deliveryId } = await deliveryOf(exchange);
  const count = await resendByStaff(deps.webhooks, { webhookId, deliveryId }, actorOf(exchange));
  return redirectWith(exchange, paths.webhookDelivery(webhookId, deliveryId), 'deliveriesResent', count);
}

async function showList(exchange: WebhookExchange) {
  const {
    kit: { deps },
    webhook,
  } = exchange;
  const { db } = deps.webhooks.store;
  const { webhookId, payloadUrl, enabled: mayResend } = webhook;
  const query = queryOf(exchange);
  const state = STANDINGS.find((one) => one === query.get('state')) ?? null;
  const retrying = await countRetrying(db, webhookId);
  const kept = await countDeliveries(db, webhookId);
  const counts = { ...kept, pending: Math.max(0, kept.pending - retrying), retrying };
  const after = placeIn(query.get('after') ?? '');
  const found = await pageOfDeliveries(db, { webhookId, ...filterOf(state), limit: ROWS, after });
  const rows = found.rows.map((delivery) => viewOf(delivery, webhook));
  const next = found.next && placeText(found.next);
  const props = { webhookId, payloadUrl, mayResend, state, counts, rows, next, later: after !== undefined };
  return sendPage(exchange, deliveriesPage(await memberPage(exchange), props));
}

function filterOf(state: Standing | null): Pick<DeliveryFilter, 'states' | 'retrying'> {
  if (state === null) return {};
  if (state === 'retrying' || state === 'pending') {
    return { states: ['pending'], retrying: state === 'retrying' };
  }
  return { states: [state] };
}

const viewOf = (delivery: Delivery, { pausedAt, quietUntil }: Webhook) => ({
  ...delivery,
  events: eventsOf(delivery.body),
  next: pausedAt === null ? Math.max(delivery.nextAttemptAt, quietUntil ?? 0) : null,
});

/** Returns the attempts, newest first; the delivery itself holds the last one. */
async function attemptsAt({ deps }: AdminKit, delivery: Delivery): Promise<AttemptRow[]> {
  const { attemptedAt, statusCode, tookMs, error, responseHead } = delivery;
  if (attemptedAt === null) return [];
  const earlier = await earlierAttempts(deps.webhooks.store.db, delivery.deliveryId);
  const attemptNo = (earlier[0]?.attemptNo ?? 0) + 1;
  return [{ attemptNo, at: attemptedAt, statusCode, tookMs, error, responseHead }, ...earlier];
}

/** Only deliveries of this very endpoint. */
async function deliveryOf({
  kit: { deps },
  webhook: { webhookId },
  request,
}: WebhookExchange): Promise<Delivery> {
  const { delivery_id: deliveryId } = request.params as { delivery_id: string };
  const delivery = await findDelivery(deps.webhooks.store.db, deliveryId);
  if (delivery?.webhookId !== webhookId) throw new PageError('not_found', 404);
  return delivery;
}
