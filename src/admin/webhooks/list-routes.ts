/** WebHook管理: list, registration, taking over what the PHP plugin has. */
import { placeIn } from '../../database/keyset.ts';
import { feedStatus } from '../../feed/store/triggers.ts';
import { listOrderStatuses } from '../../shop/store/order-statuses.ts';
import type { EndpointFault, EndpointInput } from '../../webhook/endpoints.ts';
import { makeSecret } from '../../webhook/secret.ts';
import { registerByStaff } from '../../webhook/staff-deeds.ts';
import { pageOfWebhooks } from '../../webhook/store/webhooks.ts';
import { pluginOffer, takeOver } from '../../webhook/take-over.ts';
import { actorOf, type MemberExchange, memberPage } from '../exchange.ts';
import { formOf } from '../form.ts';
import type { PageRoutes } from '../page-routes.ts';
import { redirectWith, sendPage } from '../replies.ts';
import { queryOf } from '../request.ts';
import { offeredClients } from './own-changes-row.tsx';
import { webhookNewPage } from './webhook.tsx';
import { madeBefore, readWebhookForm, valuesOfWebhook, viewOfWebhook, wantsSecret } from './webhook-form.ts';
import { savedMessage } from './webhook-routes.ts';
import { webhooksPage } from './webhooks.tsx';

const ROWS = 50; // on one page

const NEW_WEBHOOK: EndpointInput = {
  payloadUrl: '',
  enabled: true,
  description: '',
  topics: [],
  orderStatuses: [],
};

export function webhookListRoutes({ page, act, kit: { paths } }: PageRoutes): void {
  page('webhooks', showList);
  page('webhookNew', (exchange) => showForm(exchange, NEW_WEBHOOK, []));
  act('webhook.register', 'webhookNew', register);
  act('webhook.takeOver', 'webhooks', takeOverAll, { at: paths.webhooksTakeOver });
}

async function takeOverAll(exchange: MemberExchange) {
  const { deps, paths } = exchange.kit;
  const count = await takeOver(deps.webhooks, deps.pluginTables, actorOf(exchange));
  return redirectWith(exchange, paths.webhooks, 'webhooksTakenOver', count);
}

async function showList(exchange: MemberExchange) {
  const {
    kit: { deps },
  } = exchange;
  const { store, feedSources } = deps.webhooks;
  const after = placeIn(queryOf(exchange).get('after') ?? '');
  const webhooks = await pageOfWebhooks(store.db, ROWS, after);
  const { state } = await feedStatus(store, feedSources);
  const { rows, unfit, phpPluginEnabled } = await pluginOffer(deps.webhooks, deps.pluginTables);
  const props = {
    webhooks: webhooks.rows.map(viewOfWebhook),
    goesOn: { first: after === undefined, next: webhooks.next },
    feed: state,
    takeOver: {
      payloadUrls: rows.map(({ payloadUrl }) => payloadUrl),
      unfitUrls: unfit.map(({ payloadUrl }) => payloadUrl),
      phpPluginEnabled,
    },
  };
  return sendPage(exchange, webhooksPage(await memberPage(exchange), props));
}

async function showForm(
  exchange: MemberExchange,
  input: EndpointInput,
  faults: readonly EndpointFault[],
  madeSecret?: string,
) {
  const {
    kit: { deps },
  } = exchange;
  const statusOptions = await listOrderStatuses(deps.webhooks.store.db);
  const { entities } = deps.webhooks;
  const clients = await offeredClients(deps.webhooks, input);
  const props = { values: valuesOfWebhook(input), faults, entities, statusOptions, clients, madeSecret };
  const status = faults.length > 0 ? 422 : 200;
  return sendPage(exchange, webhookNewPage(await memberPage(exchange), props), { status });
}

async function register(exchange: MemberExchange) {
  const { kit } = exchange;
  const form = formOf(exchange);
  const input = readWebhookForm(form);
  if (wantsSecret(form)) return showForm(exchange, input, [], makeSecret());
  const result = await registerByStaff(kit.deps.webhooks, input, actorOf(exchange));
  if (result.ok) {
    return redirectWith(exchange, kit.paths.webhook(result.webhookId), savedMessage(result));
  }
  if (result.faults === 'no_such_webhook') throw new Error('a new webhook cannot be missing');
  return showForm(exchange, input, result.faults, madeBefore(form));
}
