/** 送信履歴: the deliveries of one endpoint, one of them in full, and sending again. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { eventsOf } from '../../webhook/body.ts';
import { resendByStaff } from '../../webhook/staff-deeds.ts';
import { earlierAttempts } from '../../webhook/store/delivery-attempts.ts';
import {
  countDeliveries,
  countRetrying,
  type Delivery,
  type DeliveryFilter,
  findDelivery,
  listDeliveries,
  type Standing,
} from '../../webhook/store/delivery-log.ts';
import type { Webhook } from '../../webhook/store/webhook-row.ts';
import { act } from '../demands.ts';
import { actorOf } from '../guards.ts';
import { PageError } from '../page-error.ts';
import { redirectWith, sendPage } from '../replies.ts';
import { queryOf } from '../request.ts';
import type { AdminKit, MemberVisit } from '../visit.ts';
import type { AttemptRow } from './delivery-attempts.tsx';
import { STANDINGS } from './delivery-standing.tsx';
import { deliveriesPage } from './webhook-deliveries.tsx';
import { deliveryPage } from './webhook-delivery.tsx';
import { withWebhook } from './webhook-routes.ts';

const ROWS = 50; // on one page

export function webhookLogRoutes(app: FastifyInstance, kit: AdminKit): void {
  const list = `${kit.paths.webhooks}/:webhook_id/deliveries`;
  app.get(
    list,
    withWebhook(kit, (webhook, visit, request, reply) => showList(kit, webhook, visit, request, reply)),
  );
  app.post(
    `${list}/resend`,
    act('webhook.resend'),
    withWebhook(kit, async ({ webhookId }, visit, request, reply) => {
      const count = await resendByStaff(kit.deps.webhooks, { webhookId }, actorOf(visit.session, request));
      return redirectWith(
        reply,
        kit.paths.webhookDeliveries(webhookId),
        visit.https,
        'deliveriesResent',
        count,
      );
    }),
  );
  app.get(
    `${list}/:delivery_id`,
    withWebhook(kit, async (webhook, visit, request, reply) => {
      const delivery = await deliveryOf(kit, webhook, request);
      const { webhookId, payloadUrl, enabled: mayResend } = webhook;
      const attempts = await attemptsAt(kit, delivery);
      const props = { webhookId, payloadUrl, mayResend, delivery: viewOf(delivery, webhook), attempts };
      return sendPage(reply, deliveryPage(await visit.admin(visit.session), props));
    }),
  );
  app.post(
    `${list}/:delivery_id/resend`,
    act('webhook.resend'),
    withWebhook(kit, async (webhook, visit, request, reply) => {
      const { deliveryId } = await deliveryOf(kit, webhook, request);
      const count = await resendByStaff(
        kit.deps.webhooks,
        { webhookId: webhook.webhookId, deliveryId },
        actorOf(visit.session, request),
      );
      const back = kit.paths.webhookDelivery(webhook.webhookId, deliveryId);
      return redirectWith(reply, back, visit.https, 'deliveriesResent', count);
    }),
  );
}

async function showList(
  { deps }: AdminKit,
  webhook: Webhook,
  visit: MemberVisit,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const { db } = deps.webhooks.store;
  const { webhookId, payloadUrl, enabled: mayResend } = webhook;
  const query = queryOf(request);
  const state = STANDINGS.find((one) => one === query.get('state')) ?? null;
  const retrying = await countRetrying(db, webhookId);
  const kept = await countDeliveries(db, webhookId);
  const counts = { ...kept, pending: Math.max(0, kept.pending - retrying), retrying };
  const total = (state === null ? STANDINGS : [state]).reduce((sum, one) => sum + counts[one], 0);
  const pageCount = Math.max(1, Math.ceil(total / ROWS));
  const page = Math.min(Math.max(1, Math.trunc(Number(query.get('page'))) || 1), pageCount);
  const filter = { webhookId, ...filterOf(state), limit: ROWS, offset: (page - 1) * ROWS };
  const rows = (await listDeliveries(db, filter)).map((delivery) => viewOf(delivery, webhook));
  const props = { webhookId, payloadUrl, mayResend, state, page, pageCount, counts, rows };
  return sendPage(reply, deliveriesPage(await visit.admin(visit.session), props));
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

/** The last attempt stands in the delivery itself. */
async function attemptsAt({ deps }: AdminKit, delivery: Delivery): Promise<AttemptRow[]> {
  const { attemptedAt, statusCode, tookMs, error, responseHead } = delivery;
  if (attemptedAt === null) return [];
  const earlier = await earlierAttempts(deps.webhooks.store.db, delivery.deliveryId);
  const attemptNo = (earlier[0]?.attemptNo ?? 0) + 1;
  return [{ attemptNo, at: attemptedAt, statusCode, tookMs, error, responseHead }, ...earlier];
}

/** Only deliveries of this very endpoint. */
async function deliveryOf(
  { deps }: AdminKit,
  { webhookId }: Webhook,
  request: FastifyRequest,
): Promise<Delivery> {
  const { delivery_id: deliveryId } = request.params as { delivery_id: string };
  const delivery = await findDelivery(deps.webhooks.store.db, deliveryId);
  if (delivery?.webhookId !== webhookId) throw new PageError('not_found', 404);
  return delivery;
}
