/** OAuth管理: list, registration, clearing of expired tokens. */
import { randomToken } from '../../base/bytes.ts';
import { placeIn } from '../../database/keyset.ts';
import { clearExpiredTokens, pageOfClients } from '../../oauth/client-list.ts';
import { registerOnce } from '../../oauth/register-once.ts';
import { GRANT_TYPES, usesSecret } from '../../oauth/rules/client.ts';
import { type ClientForm, type ClientFormErrors, judgeClientForm } from '../../oauth/rules/client-form.ts';
import { askOf } from '../account/step-up.ts';
import { actorOf, type MemberExchange, memberPage } from '../exchange.ts';
import { formOf } from '../form.ts';
import type { PageRoutes } from '../page-routes.ts';
import { redirectTo, redirectWith, sendPage } from '../replies.ts';
import { queryOf } from '../request.ts';
import type { AskPassword } from '../ui/password-again.tsx';
import { clientCreatedPage } from './client-created.tsx';
import { readClientForm, valuesOf } from './client-form.ts';
import { clientNewPage } from './client-new.tsx';
import { clientsPage } from './clients.tsx';
import { stepsFor } from './steps/steps-for.ts';

const NEW_CLIENT: ClientForm = {
  name: '',
  redirectUris: '',
  scopes: [],
  grantTypes: ['authorization_code', 'refresh_token'],
  type: 'confidential',
  pkce: 'auto',
};

export function clientRoutes({ page, act, kit: { paths } }: PageRoutes): void {
  page('clients', showList);
  page('clientNew', (exchange) => showForm(exchange, { form: NEW_CLIENT, errors: {}, ask: askOf(exchange) }));
  act('client.register', 'clientNew', register, {
    ask: (exchange, ask) => showForm(exchange, { form: readClientForm(formOf(exchange)), errors: {}, ask }),
  });
  act('tokens.clear', 'clients', clearExpired, { at: paths.clearExpiredTokens });
}

async function showList(exchange: MemberExchange) {
  const { kit } = exchange;
  const query = queryOf(exchange);
  const after = placeIn(query.get('after') ?? '');
  const found = await pageOfClients(kit.deps.token, {
    text: (query.get('q') ?? '').trim().slice(0, 200),
    after,
  });
  const base = kit.deps.publicUrl;
  const endpoints = {
    authorize: kit.authorizeUrl,
    token: `${base}/token`,
    api: `${base}/api`,
  };
  return sendPage(
    exchange,
    clientsPage(await memberPage(exchange), { ...found, later: after !== undefined, endpoints }),
  );
}

type Shown = { form: ClientForm; errors: ClientFormErrors; ask: AskPassword | undefined };

async function showForm(exchange: MemberExchange, { form, errors, ask }: Shown) {
  const { kit } = exchange;
  const { lifetimes, scopes } = kit.deps.token;
  const options = { scopeOptions: scopes, grantOptions: GRANT_TYPES, lifetimes };
  const status = Object.keys(errors).length > 0 ? 422 : undefined;
  const page = clientNewPage(await memberPage(exchange), {
    values: valuesOf(form),
    errors,
    ...options,
    ask,
    formId: randomToken(),
  });
  return sendPage(exchange, page, { status });
}

async function register(exchange: MemberExchange) {
  const { kit } = exchange;
  const form = readClientForm(formOf(exchange));
  const verdict = judgeClientForm(form, kit.deps.token.scopes);
  if (!verdict.ok) {
    return showForm(exchange, { form, errors: verdict.errors, ask: undefined });
  }
  const actor = actorOf(exchange);
  const { derivationKey } = kit.deps.token;
  const deps = { ...kit.deps.clients, derivationKey };
  const formId = formOf(exchange).text('form_id');
  const { client, secret } = await registerOnce(deps, verdict.settings, actor, formId || randomToken());
  const { clientId, name, isPublic, policies } = client;
  // Sent again after its secret was replaced: there is none to show.
  if (secret === null && usesSecret(policies)) return redirectTo(exchange, kit.paths.client(clientId));
  const props = { clientId, name, isPublic, clientSecret: secret, steps: stepsFor(kit, client, secret) };
  return sendPage(exchange, clientCreatedPage(await memberPage(exchange), props));
}

async function clearExpired(exchange: MemberExchange) {
  const { kit } = exchange;
  const count = await clearExpiredTokens(kit.deps.clients, actorOf(exchange));
  return redirectWith(exchange, kit.paths.clients, 'tokensCleared', count);
}
