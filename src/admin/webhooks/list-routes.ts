/** WebHook管理: list, registration, taking over what the PHP plugin has. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { feedStatus } from '../../feed/store/triggers.ts';
import { listOrderStatuses } from '../../shop/store/order-statuses.ts';
import type { EndpointFault, EndpointInput } from '../../webhook/endpoints.ts';
import { makeSecret } from '../../webhook/secret.ts';
import { registerByStaff } from '../../webhook/staff-deeds.ts';
import { listWebhooks } from '../../webhook/store/webhooks.ts';
import { pluginOffer, takeOver } from '../../webhook/take-over.ts';
import { act } from '../demands.ts';
import { formOf } from '../form.ts';
import { actorOf, apiMembersOnly } from '../guards.ts';
import { redirectWith, sendPage } from '../replies.ts';
import type { AdminKit, MemberVisit } from '../visit.ts';
import { offeredClients } from './own-changes-row.tsx';
import { webhookNewPage } from './webhook.tsx';
import { madeBefore, readWebhookForm, valuesOfWebhook, viewOfWebhook, wantsSecret } from './webhook-form.ts';
import { savedMessage } from './webhook-routes.ts';
import { webhooksPage } from './webhooks.tsx';

const NEW_WEBHOOK: EndpointInput = {
  payloadUrl: '',
  enabled: true,
  description: '',
  topics: [],
  orderStatuses: [],
};

export function webhookListRoutes(app: FastifyInstance, kit: AdminKit): void {
  const { paths } = kit;
  const handle = (handler: Parameters<typeof apiMembersOnly>[1]) => apiMembersOnly(kit, handler);
  app.get(
    paths.webhooks,
    handle((visit, _request, reply) => showList(kit, visit, reply)),
  );
  app.get(
    paths.webhookNew,
    act('webhook.register'),
    handle((visit, _request, reply) => showForm(kit, visit, reply, NEW_WEBHOOK, [])),
  );
  app.post(
    paths.webhookNew,
    act('webhook.register'),
    handle((visit, request, reply) => register(kit, visit, request, reply)),
  );
  app.post(
    paths.webhooksTakeOver,
    act('webhook.takeOver'),
    handle(async (visit, request, reply) => {
      const actor = actorOf(visit.session, request);
      const count = await takeOver(kit.deps.webhooks, kit.deps.pluginTables, actor);
      return redirectWith(reply, paths.webhooks, visit.https, 'webhooksTakenOver', count);
    }),
  );
}

async function showList({ deps }: AdminKit, visit: MemberVisit, reply: FastifyReply) {
  const { store, feedSources } = deps.webhooks;
  const webhooks = await listWebhooks(store.db);
  const { state } = await feedStatus(store, feedSources);
  const { rows, unfit, phpPluginEnabled } = await pluginOffer(deps.webhooks, deps.pluginTables);
  const props = {
    webhooks: webhooks.map(viewOfWebhook),
    feed: state,
    takeOver: {
      payloadUrls: rows.map(({ payloadUrl }) => payloadUrl),
      unfitUrls: unfit.map(({ payloadUrl }) => payloadUrl),
      phpPluginEnabled,
    },
  };
  return sendPage(reply, webhooksPage(await visit.admin(visit.session), props));
}

async function showForm(
  { deps }: AdminKit,
  visit: MemberVisit,
  reply: FastifyReply,
  input: EndpointInput,
  faults: readonly EndpointFault[],
  madeSecret?: string,
) {
  const statusOptions = await listOrderStatuses(deps.webhooks.store.db);
  const { entities } = deps.webhooks;
  const clients = await offeredClients(deps.webhooks, input);
  const props = { values: valuesOfWebhook(input), faults, entities, statusOptions, clients, madeSecret };
  const status = faults.length > 0 ? 422 : 200;
  return sendPage(reply, webhookNewPage(await visit.admin(visit.session), props), { status });
}

async function register(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const form = formOf(request);
  const input = readWebhookForm(form);
  if (wantsSecret(form)) return showForm(kit, visit, reply, input, [], makeSecret());
  const result = await registerByStaff(kit.deps.webhooks, input, actorOf(visit.session, request));
  if (result.ok) {
    return redirectWith(reply, kit.paths.webhook(result.webhookId), visit.https, savedMessage(result));
  }
  if (result.faults === 'no_such_webhook') throw new Error('a new webhook cannot be missing');
  return showForm(kit, visit, reply, input, result.faults, madeBefore(form));
}
