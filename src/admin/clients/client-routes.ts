/** One client: edit, switch off and on, new secret, live grants, delete. */
import { callsInDay } from '../../oauth/api-use.ts';
import { grantsOfClient } from '../../oauth/client-list.ts';
import {
  changeClient,
  endGrant,
  endSecret,
  removeClient,
  renewSecret,
  switchClient,
} from '../../oauth/clients.ts';
import { GRANT_TYPES } from '../../oauth/rules/client.ts';
import { type ClientForm, type ClientFormErrors, judgeClientForm } from '../../oauth/rules/client-form.ts';
import { policyFormOf } from '../../oauth/rules/policy-form.ts';
import type { FlashKey } from '../cookies.ts';
import { actorOf, type Exchange, memberPage } from '../exchange.ts';
import { formOf } from '../form.ts';
import { PageError } from '../page-error.ts';
import type { PageRoutes } from '../page-routes.ts';
import { redirectWith, sendPage } from '../replies.ts';
import type { AskPassword } from '../ui/password-again.tsx';
import { clientSecretPage } from './client-created.tsx';
import { clientDeletePage } from './client-delete.tsx';
import { clientDetailPage } from './client-detail.tsx';
import { formOfClient, readClientForm, valuesOf } from './client-form.ts';
import { KEEP_OLD_SECONDS, USUAL_KEEP_SECONDS } from './client-secrets.tsx';
import { askNewSecret } from './client-tab-routes.ts';
import { type ClientExchange, withClient } from './one-client.ts';

const GRANTS_SHOWN = 100;

export function oneClientRoutes({ page, act, kit: { paths } }: PageRoutes): void {
  const id = ':client_id';
  page(
    'client',
    withClient((exchange) => show(exchange, formOfClient(exchange.client), {})),
  );
  act('client.change', 'client', withClient(save));
  act('client.enable', 'client', withClient(enable), { at: paths.clientEnable(id) });
  act('client.disable', 'clientDisable', withClient(disable));
  act('client.newSecret', 'clientSecretNew', withClient(newSecret), { ask: withClient(askAgain) });
  act('client.endSecret', 'clientSecretEnd', withClient(end));
  page('clientDelete', withClient(askDelete));
  act('client.delete', 'clientDelete', withClient(remove));
  act('grant.end', 'clientGrantEnd', withClient(revoke));
}

const askAgain = (exchange: ClientExchange, ask: AskPassword) =>
  askNewSecret(exchange, ask, keepOf(exchange));

async function show(exchange: ClientExchange, form: ClientForm, errors: ClientFormErrors) {
  const { kit, client } = exchange;
  const props = {
    client,
    values: valuesOf(form),
    errors,
    scopeOptions: kit.deps.token.scopes,
    grantOptions: GRANT_TYPES,
    lifetimes: kit.deps.token.lifetimes,
    pkceLearned: client.pkce === 'learned',
  };
  const status = Object.keys(errors).length > 0 ? 422 : undefined;
  return sendPage(exchange, clientDetailPage(await memberPage(exchange), props), { status });
}

async function save(exchange: ClientExchange) {
  const { kit, client } = exchange;
  const form: ClientForm = {
    policies: policyFormOf(client.policies),
    ...readClientForm(formOf(exchange)),
    type: client.isPublic ? 'public' : 'confidential',
  };
  const verdict = judgeClientForm(form, kit.deps.token.scopes);
  if (!verdict.ok) return show(exchange, form, verdict.errors);
  const saved = await changeClient(kit.deps.clients, client.clientId, verdict.settings, actorOf(exchange));
  return redirectWith(exchange, kit.paths.client(client.clientId), saved ? 'saved' : 'saveFailed');
}

async function enable(exchange: ClientExchange) {
  const { kit, client } = exchange;
  await switchClient(kit.deps.clients, client.clientId, true, actorOf(exchange));
  return redirectWith(exchange, kit.paths.client(client.clientId), 'clientEnabled');
}

async function disable(exchange: ClientExchange) {
  const { kit, client } = exchange;
  await switchClient(kit.deps.clients, client.clientId, false, actorOf(exchange));
  return redirectWith(exchange, kit.paths.client(client.clientId), 'clientDisabled');
}

function keepOf(exchange: Exchange): (typeof KEEP_OLD_SECONDS)[number] {
  const asked = formOf(exchange).text('keep_old_seconds');
  return KEEP_OLD_SECONDS.find((seconds) => seconds === asked) ?? USUAL_KEEP_SECONDS;
}

async function newSecret(exchange: ClientExchange) {
  const { kit, client } = exchange;
  const keep = Number(keepOf(exchange));
  const secret = await renewSecret(kit.deps.clients, client.clientId, keep, actorOf(exchange));
  if (secret === undefined) throw new PageError('not_found', 404);
  const oldUntil = keep === 0 ? null : kit.deps.token.clock.now() + keep;
  const props = { clientId: client.clientId, clientSecret: secret, oldUntil };
  return sendPage(exchange, clientSecretPage(await memberPage(exchange), props));
}

async function end(exchange: ClientExchange) {
  const {
    kit,
    client: { clientId },
    request,
  } = exchange;
  const { secret_id: secretId } = request.params as { secret_id: string };
  const ended = await endSecret(kit.deps.clients, clientId, secretId, actorOf(exchange));
  const message: FlashKey = ended ? 'secretEnded' : 'secretStays';
  return redirectWith(exchange, kit.paths.clientTab(clientId, 'secrets'), message);
}

async function askDelete(exchange: ClientExchange) {
  const { kit, client } = exchange;
  const { total } = await grantsOfClient(kit.deps.token, client.clientId, GRANTS_SHOWN);
  const { clientId, name } = client;
  const calls = await callsInDay(kit.deps.token, clientId);
  const props = { clientId, name, liveGrantCount: total, callsInDay: calls };
  return sendPage(exchange, clientDeletePage(await memberPage(exchange), props));
}

async function remove(exchange: ClientExchange) {
  const { kit, client } = exchange;
  const removed = await removeClient(kit.deps.clients, client.clientId, actorOf(exchange));
  return redirectWith(exchange, kit.paths.clients, removed ? 'deleted' : 'alreadyDeleted');
}

async function revoke(exchange: ClientExchange) {
  const { kit, client, request } = exchange;
  const { grant_id: grantId } = request.params as { grant_id: string };
  if (!/^[0-9a-f]{32}$/.test(grantId)) throw new PageError('not_found', 404);
  const ended = await endGrant(kit.deps.clients, client.clientId, grantId, actorOf(exchange));
  return redirectWith(
    exchange,
    kit.paths.clientTab(client.clientId, 'connections'),
    ended ? 'grantRevoked' : 'alreadyDeleted',
  );
}
