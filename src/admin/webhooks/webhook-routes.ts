/** One endpoint: edit, test, pause, resume, delete. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { listOrderStatuses } from '../../shop/store/order-statuses.ts';
import { choosable, type EndpointFault, type EndpointInput, topicsOf } from '../../webhook/endpoints.ts';
import { lostBefore } from '../../webhook/lost.ts';
import { makeSecret } from '../../webhook/secret.ts';
import {
  changeByStaff,
  pauseEndpoint,
  removeByStaff,
  resumeByStaff,
  tryByStaff,
} from '../../webhook/staff-deeds.ts';
import { countDeliveries, countRetrying } from '../../webhook/store/delivery-log.ts';
import type { Webhook } from '../../webhook/store/webhook-row.ts';
import { findWebhook } from '../../webhook/store/webhooks.ts';
import type { FlashKey } from '../cookies.ts';
import { act } from '../demands.ts';
import { formOf } from '../form.ts';
import { actorOf, apiMembersOnly } from '../guards.ts';
import { PageError } from '../page-error.ts';
import { redirectWith, sendPage } from '../replies.ts';
import type { AdminKit, MemberVisit } from '../visit.ts';
import { offeredClients } from './own-changes-row.tsx';
import { webhookPage } from './webhook.tsx';
import { webhookDeletePage } from './webhook-delete.tsx';
import { madeBefore, readWebhookForm, valuesOfWebhook, viewOfWebhook, wantsSecret } from './webhook-form.ts';
import { webhookTestPage } from './webhook-test.tsx';

type WebhookHandler = (
  webhook: Webhook,
  visit: MemberVisit,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<unknown>;

/** Only where the path's `webhook_id` names an endpoint. */
export const withWebhook = (kit: AdminKit, handler: WebhookHandler) =>
  apiMembersOnly(kit, async (visit, request, reply) => {
    const { webhook_id: webhookId } = request.params as { webhook_id: string };
    const webhook = await findWebhook(kit.deps.webhooks.store.db, webhookId);
    if (!webhook) throw new PageError('not_found', 404);
    return handler(webhook, visit, request, reply);
  });

export function oneWebhookRoutes(app: FastifyInstance, kit: AdminKit): void {
  const one = `${kit.paths.webhooks}/:webhook_id`;
  const handle = (handler: WebhookHandler) => withWebhook(kit, handler);
  app.get(
    one,
    handle((webhook, visit, _request, reply) => show(kit, webhook, visit, reply, webhook, [])),
  );
  app.post(
    one,
    act('webhook.change'),
    handle((webhook, visit, request, reply) => save(kit, webhook, visit, request, reply)),
  );
  app.post(
    `${one}/test`,
    act('webhook.test'),
    handle((webhook, visit, request, reply) => test(kit, webhook, visit, request, reply)),
  );
  app.post(
    `${one}/pause`,
    act('webhook.pause'),
    handle((webhook, visit, request, reply) => pause(kit, webhook, visit, request, reply)),
  );
  app.post(
    `${one}/resume`,
    act('webhook.resume'),
    handle((webhook, visit, request, reply) => resume(kit, webhook, visit, request, reply)),
  );
  app.get(
    `${one}/delete`,
    handle(async (webhook, visit, _request, reply) => sendPage(reply, await askDelete(kit, webhook, visit))),
  );
  app.post(
    `${one}/delete`,
    act('webhook.delete'),
    handle(async (webhook, visit, request, reply) => {
      const actor = actorOf(visit.session, request);
      const removed = await removeByStaff(kit.deps.webhooks, webhook.webhookId, actor);
      return redirectWith(reply, kit.paths.webhooks, visit.https, removed ? 'deleted' : 'alreadyDeleted');
    }),
  );
}

async function askDelete({ deps }: AdminKit, webhook: Webhook, visit: MemberVisit): Promise<string> {
  const { webhookId, payloadUrl } = webhook;
  const { pending: waiting } = await countDeliveries(deps.webhooks.store.db, webhookId);
  return webhookDeletePage(await visit.admin(visit.session), { webhookId, payloadUrl, waiting });
}

async function show(
  { deps }: AdminKit,
  webhook: Webhook,
  visit: MemberVisit,
  reply: FastifyReply,
  input: Omit<EndpointInput, 'secret'>,
  faults: readonly EndpointFault[],
  madeSecret?: string,
) {
  const { db } = deps.webhooks.store;
  const props = {
    webhook: viewOfWebhook(webhook),
    values: valuesOfWebhook(input),
    faults,
    entities: choosable(deps.webhooks.entities, webhook.topics),
    statusOptions: await listOrderStatuses(db),
    clients: await offeredClients(deps.webhooks, input),
    madeSecret,
    counts: await countDeliveries(db, webhook.webhookId),
    retrying: await countRetrying(db, webhook.webhookId),
    now: deps.webhooks.clock.now(),
    lostBefore: await lostBefore(deps.webhooks, webhook),
  };
  const status = faults.length > 0 ? 422 : 200;
  return sendPage(reply, webhookPage(await visit.admin(visit.session), props), { status });
}

async function save(
  kit: AdminKit,
  webhook: Webhook,
  visit: MemberVisit,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const { webhookId } = webhook;
  const form = formOf(request);
  const input = readWebhookForm(form);
  if (wantsSecret(form)) return show(kit, webhook, visit, reply, input, [], makeSecret());
  const actor = actorOf(visit.session, request);
  const result = await changeByStaff(kit.deps.webhooks, webhookId, input, actor);
  if (result.ok) return redirectWith(reply, kit.paths.webhook(webhookId), visit.https, savedMessage(result));
  if (result.faults === 'no_such_webhook') throw new PageError('not_found', 404);
  return show(kit, webhook, visit, reply, input, result.faults, madeBefore(form));
}

export const savedMessage = ({ unknownHost }: { unknownHost?: boolean }): FlashKey =>
  unknownHost ? 'webhookHostUnknown' : 'saved';

async function test(
  { deps }: AdminKit,
  { webhookId, payloadUrl }: Webhook,
  visit: MemberVisit,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const asked = formOf(request).text('topic');
  const topic = deps.webhooks.entities.flatMap(topicsOf).find((one) => one === asked) ?? 'product.updated';
  const sent = await tryByStaff(deps.webhooks, webhookId, topic, actorOf(visit.session, request));
  if (!sent) throw new PageError('not_found', 404);
  return sendPage(reply, webhookTestPage(await visit.admin(visit.session), { webhookId, payloadUrl, sent }));
}

// Pausing what is paused already, or resuming what goes on, changes nothing and says the same.

async function pause(
  { deps, paths }: AdminKit,
  { webhookId }: Webhook,
  visit: MemberVisit,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  await pauseEndpoint(deps.webhooks, webhookId, actorOf(visit.session, request));
  return redirectWith(reply, paths.webhook(webhookId), visit.https, 'webhookPaused');
}

async function resume(
  { deps, paths }: AdminKit,
  webhook: Webhook,
  visit: MemberVisit,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const lost = await resumeByStaff(deps.webhooks, webhook, actorOf(visit.session, request));
  const message = lost === null ? 'webhookResumed' : 'webhookResumedLate';
  return redirectWith(reply, paths.webhook(webhook.webhookId), visit.https, message);
}
