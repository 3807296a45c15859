/** One endpoint: edit, test, pause, resume, delete. */
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
import type { FlashKey } from '../cookies.ts';
import { actorOf, memberPage } from '../exchange.ts';
import { formOf } from '../form.ts';
import { PageError } from '../page-error.ts';
import type { PageRoutes } from '../page-routes.ts';
import { redirectWith, sendPage } from '../replies.ts';
import { type WebhookExchange, withWebhook } from './one-webhook.ts';
import { offeredClients } from './own-changes-row.tsx';
import { webhookPage } from './webhook.tsx';
import { webhookDeletePage } from './webhook-delete.tsx';
import { madeBefore, readWebhookForm, valuesOfWebhook, viewOfWebhook, wantsSecret } from './webhook-form.ts';
import { webhookTestPage } from './webhook-test.tsx';

export function oneWebhookRoutes({ page, act, kit: { paths } }: PageRoutes): void {
  const id = ':webhook_id';
  page(
    'webhook',
    withWebhook((exchange) => show(exchange, exchange.webhook, [])),
  );
  act('webhook.change', 'webhook', withWebhook(save));
  act('webhook.test', 'webhook', withWebhook(test), { at: paths.webhookTest(id) });
  act('webhook.pause', 'webhook', withWebhook(pause), { at: paths.webhookPause(id) });
  act('webhook.resume', 'webhook', withWebhook(resume), { at: paths.webhookResume(id) });
  page('webhookDelete', withWebhook(askDelete));
  act('webhook.delete', 'webhookDelete', withWebhook(remove));
}

async function remove(exchange: WebhookExchange) {
  const { deps, paths } = exchange.kit;
  const removed = await removeByStaff(deps.webhooks, exchange.webhook.webhookId, actorOf(exchange));
  return redirectWith(exchange, paths.webhooks, removed ? 'deleted' : 'alreadyDeleted');
}

async function askDelete(exchange: WebhookExchange) {
  const {
    kit: { deps },
    webhook,
  } = exchange;
  const { webhookId, payloadUrl } = webhook;
  const { pending: waiting } = await countDeliveries(deps.webhooks.store.db, webhookId);
  return sendPage(
    exchange,
    webhookDeletePage(await memberPage(exchange), { webhookId, payloadUrl, waiting }),
  );
}

async function show(
  exchange: WebhookExchange,
  input: Omit<EndpointInput, 'secret'>,
  faults: readonly EndpointFault[],
  madeSecret?: string,
) {
  const {
    kit: { deps },
    webhook,
  } = exchange;
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
  return sendPage(exchange, webhookPage(await memberPage(exchange), props), { status });
}

async function save(exchange: WebhookExchange) {
  const { kit, webhook } = exchange;
  const { webhookId } = webhook;
  const form = formOf(exchange);
  const input = readWebhookForm(form);
  if (wantsSecret(form)) return show(exchange, input, [], makeSecret());
  const actor = actorOf(exchange);
  const result = await changeByStaff(kit.deps.webhooks, webhookId, input, actor);
  if (result.ok) return redirectWith(exchange, kit.paths.webhook(webhookId), savedMessage(result));
  if (result.faults === 'no_such_webhook') throw new PageError('not_found', 404);
  return show(exchange, input, result.faults, madeBefore(form));
}

export const savedMessage = ({ unknownHost }: { unknownHost?: boolean }): FlashKey =>
  unknownHost ? 'webhookHostUnknown' : 'saved';

async function test(exchange: WebhookExchange) {
  const {
    kit: { deps },
    webhook: { webhookId, payloadUrl },
  } = exchange;
  const asked = formOf(exchange).text('topic');
  const topic = deps.webhooks.entities.flatMap(topicsOf).find((one) => one === asked) ?? 'product.updated';
  const sent = await tryByStaff(deps.webhooks, webhookId, topic, actorOf(exchange));
  if (!sent) throw new PageError('not_found', 404);
  return sendPage(exchange, webhookTestPage(await memberPage(exchange), { webhookId, payloadUrl, sent }));
}

// Pausing what is paused already, or resuming what goes on, changes nothing and says the same.

async function pause(exchange: WebhookExchange) {
  const {
    kit: { deps, paths },
    webhook: { webhookId },
  } = exchange;
  await pauseEndpoint(deps.webhooks, webhookId, actorOf(exchange));
  return redirectWith(exchange, paths.webhook(webhookId), 'webhookPaused');
}

async function resume(exchange: WebhookExchange) {
  const {
    kit: { deps, paths },
    webhook,
  } = exchange;
  const lost = await resumeByStaff(deps.webhooks, webhook, actorOf(exchange));
  const message = lost === null ? 'webhookResumed' : 'webhookResumedLate';
  return redirectWith(exchange, paths.webhook(webhook.webhookId), message);
}
