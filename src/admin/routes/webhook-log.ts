/** 送信履歴: the deliveries of one endpoint, one of them in full, and sending again. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { DeliveryState } from '../../store/outbox.ts';
import { countDeliveries, type Delivery, findDelivery, listDeliveries } from '../../store/outbox-log.ts';
import type { Webhook } from '../../store/webhooks.ts';
import { eventsOf } from '../../webhook/body.ts';
import { resendByStaff } from '../../webhook/staff-deeds.ts';
import { deliveriesPage } from '../pages/webhook-deliveries.tsx';
import { deliveryPage } from '../pages/webhook-delivery.tsx';
import { redirectWith, sendPage } from '../replies.ts';
import { queryOf } from '../request.ts';
import type { AdminKit, MemberVisit } from '../visit.ts';
import { act } from './demands.ts';
import { PageError } from './page-error.ts';
import { actorOf } from './scope.ts';
import { withWebhook } from './webhook.ts';

const ROWS = 50; // on one page
const STATES: readonly DeliveryState[] = ['pending', 'delivered', 'failed', 'cancelled'];

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
      const props = { webhookId, payloadUrl, mayResend, delivery: withEvents(delivery) };
      return sendPage(reply, deliveryPage(await visit.admin(visit.session), props));
    }),
  );
  app.post(
    `${list}/:delivery_id/resend`,
    act('webhook.resend'),
    withWebhook(kit, async (webhook, visit, request, reply) => {
      const { deliveryId } = await deliveryOf(kit, webhook, request);
      const count = await resendByStaff(kit.deps.webhooks, { deliveryId }, actorOf(visit.session, request));
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
  const state = STATES.find((one) => one === query.get('state')) ?? null;
  const counts = await countDeliveries(db, webhookId);
  const total = (state === null ? STATES : [state]).reduce((sum, one) => sum + counts[one], 0);
  const pageCount = Math.max(1, Math.ceil(total / ROWS));
  const page = Math.min(Math.max(1, Math.trunc(Number(query.get('page'))) || 1), pageCount);
  const filter = { webhookId, ...(state && { states: [state] }), limit: ROWS, offset: (page - 1) * ROWS };
  const rows = (await listDeliveries(db, filter)).map(withEvents);
  const props = { webhookId, payloadUrl, mayResend, state, page, pageCount, counts, rows };
  return sendPage(reply, deliveriesPage(await visit.admin(visit.session), props));
}

const withEvents = (delivery: Delivery) => ({ ...delivery, events: eventsOf(delivery.body) });

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
