/** OAuth管理: list, registration, clearing of expired tokens. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomToken } from '../../base/bytes.ts';
import { placeIn } from '../../database/keyset.ts';
import { clearExpiredTokens, pageOfClients } from '../../oauth/client-list.ts';
import { registerOnce } from '../../oauth/register-once.ts';
import { GRANT_TYPES, usesSecret } from '../../oauth/rules/client.ts';
import { type ClientForm, type ClientFormErrors, judgeClientForm } from '../../oauth/rules/client-form.ts';
import { askOf } from '../account/step-up.ts';
import { act } from '../demands.ts';
import { formOf } from '../form.ts';
import { actorOf, apiMembersOnly } from '../guards.ts';
import { redirectTo, redirectWith, sendPage } from '../replies.ts';
import { queryOf } from '../request.ts';
import type { AskPassword } from '../ui/password-again.tsx';
import type { AdminKit, MemberVisit } from '../visit.ts';
import { clientCreatedPage } from './client-created.tsx';
import { readClientForm, valuesOf } from './client-form.ts';
import { clientNewPage } from './client-new.tsx';
import { clientsPage } from './clients.tsx';
import { stepsFor } from './steps/steps-for.ts';

const NEW_CLIENT: ClientForm = {
  name: '',
  redirectUris: '',
  scopes: [],
  grants: ['authorization_code', 'refresh_token'],
  type: 'confidential',
  pkceRequired: false,
};

export function clientRoutes(app: FastifyInstance, kit: AdminKit): void {
  const { paths } = kit;
  const handle = (handler: Parameters<typeof apiMembersOnly>[1]) => apiMembersOnly(kit, handler);
  app.get(
    paths.clients,
    handle((visit, request, reply) => showList(kit, visit, request, reply)),
  );
  app.get(
    paths.clientNew,
    act('client.register'),
    handle((visit, _request, reply) =>
      showForm(kit, visit, reply, { form: NEW_CLIENT, errors: {}, ask: askOf(kit, visit) }),
    ),
  );
  app.post(
    paths.clientNew,
    act('client.register'),
    apiMembersOnly(
      kit,
      (visit, request, reply) => register(kit, visit, request, reply),
      (visit, request, reply, ask) =>
        showForm(kit, visit, reply, { form: readClientForm(formOf(request)), errors: {}, ask }),
    ),
  );
  app.post(
    paths.clearExpiredTokens,
    act('tokens.clear'),
    handle((visit, request, reply) => clearExpired(kit, visit, request, reply)),
  );
}

async function showList(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const query = queryOf(request);
  const after = placeIn(query.get('after') ?? '');
  const found = await pageOfClients(kit.deps.token, {
    text: (query.get('q') ?? '').trim().slice(0, 200),
    after,
  });
  const base = kit.deps.publicUrl;
  const endpoints = {
    authorize: `${base}${kit.paths.authorize}`,
    token: `${base}/token`,
    api: `${base}/api`,
  };
  return sendPage(
    reply,
    clientsPage(await visit.admin(visit.session), { ...found, later: after !== undefined, endpoints }),
  );
}

type Shown = { form: ClientForm; errors: ClientFormErrors; ask: AskPassword | undefined };

async function showForm(
  kit: AdminKit,
  visit: MemberVisit,
  reply: FastifyReply,
  { form, errors, ask }: Shown,
) {
  const { lifetimes, scopes } = kit.deps.token;
  const options = { scopeOptions: scopes, grantOptions: GRANT_TYPES, lifetimes };
  const status = Object.keys(errors).length > 0 ? 422 : undefined;
  const page = clientNewPage(await visit.admin(visit.session), {
    values: valuesOf(form),
    errors,
    ...options,
    ask,
    formId: randomToken(),
  });
  return sendPage(reply, page, { status });
}

async function register(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const form = readClientForm(formOf(request));
  const verdict = judgeClientForm(form, kit.deps.token.scopes);
  if (!verdict.ok) {
    return showForm(kit, visit, reply, { form, errors: verdict.errors, ask: undefined });
  }
  const actor = actorOf(visit.session, request);
  const { derivationKey } = kit.deps.token;
  const deps = { ...kit.deps.clients, derivationKey };
  const formId = formOf(request).text('form_id');
  const { client, secret } = await registerOnce(deps, verdict.settings, actor, formId || randomToken());
  const { clientId, name, isPublic, policies } = client;
  // Sent again after its secret was replaced: there is none to show.
  if (secret === null && usesSecret(policies)) return redirectTo(reply, kit.paths.client(clientId));
  const props = { clientId, name, isPublic, clientSecret: secret, steps: stepsFor(kit, client, secret) };
  return sendPage(reply, clientCreatedPage(await visit.admin(visit.session), props));
}

async function clearExpired(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const count = await clearExpiredTokens(kit.deps.clients, actorOf(visit.session, request));
  return redirectWith(reply, kit.paths.clients, visit.https, 'tokensCleared', count);
}
