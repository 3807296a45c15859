/** One client: edit, switch off and on, new secret, live grants, delete. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
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
import { type Client, GRANT_TYPES } from '../../oauth/rules/client.ts';
import { type ClientForm, type ClientFormErrors, judgeClientForm } from '../../oauth/rules/client-form.ts';
import { policyFormOf } from '../../oauth/rules/policy-form.ts';
import type { FlashKey } from '../cookies.ts';
import { act } from '../demands.ts';
import { formOf } from '../form.ts';
import { actorOf, apiMembersOnly } from '../guards.ts';
import { PageError } from '../page-error.ts';
import { redirectWith, sendPage } from '../replies.ts';
import type { AdminKit, MemberVisit } from '../visit.ts';
import { clientSecretPage } from './client-created.tsx';
import { clientDeletePage } from './client-delete.tsx';
import { clientDetailPage } from './client-detail.tsx';
import { formOfClient, readClientForm, valuesOf } from './client-form.ts';
import { KEEP_OLD_SECONDS, USUAL_KEEP_SECONDS } from './client-secrets.tsx';
import { askNewSecret } from './client-tab-routes.ts';
import { askWithClient, type ClientAsker, type ClientHandler, withClient } from './one-client.ts';

const GRANTS_SHOWN = 100;

export function oneClientRoutes(app: FastifyInstance, kit: AdminKit): void {
  const one = kit.paths.client(':client_id').replace('%3A', ':');
  const handle = (handler: ClientHandler, asker?: ClientAsker) =>
    apiMembersOnly(kit, withClient(kit, handler), asker && askWithClient(kit, asker));
  givingRoutes(app, kit, one, handle);
  takingRoutes(app, kit, one, handle);
}

type Handle = (handler: ClientHandler, asker?: ClientAsker) => ReturnType<typeof apiMembersOnly>;

/** What a client may, and how it proves itself. */
function givingRoutes(app: FastifyInstance, kit: AdminKit, one: string, handle: Handle): void {
  app.get(
    one,
    handle((client, visit, _request, reply) => show(kit, client, visit, reply, formOfClient(client), {})),
  );
  app.post(
    one,
    act('client.change'),
    handle((client, visit, request, reply) => save(kit, client, visit, request, reply)),
  );
  app.post(
    `${one}/enable`,
    act('client.enable'),
    handle((client, visit, request, reply) => turn(kit, client, true, visit, request, reply)),
  );
  app.post(
    `${one}/secret`,
    act('client.newSecret'),
    handle(
      (client, visit, request, reply) => newSecret(kit, client, visit, request, reply),
      async (client, visit, request, reply, ask) =>
        sendPage(reply, await askNewSecret(kit, client, visit, ask, keepOf(request))),
    ),
  );
}

function takingRoutes(app: FastifyInstance, kit: AdminKit, one: string, handle: Handle): void {
  app.post(
    `${one}/disable`,
    act('client.disable'),
    handle((client, visit, request, reply) => turn(kit, client, false, visit, request, reply)),
  );
  app.post(
    `${one}/secrets/:secret_id/end`,
    act('client.endSecret'),
    handle((client, visit, request, reply) => end(kit, client, visit, request, reply)),
  );
  app.get(
    `${one}/delete`,
    handle((client, visit, _request, reply) => askDelete(kit, client, visit, reply)),
  );
  app.post(
    `${one}/delete`,
    act('client.delete'),
    handle((client, visit, request, reply) => remove(kit, client, visit, request, reply)),
  );
  app.post(
    `${one}/grants/:grant_id/revoke`,
    act('grant.end'),
    handle((client, visit, request, reply) => revoke(kit, client, visit, request, reply)),
  );
}

async function show(
  kit: AdminKit,
  client: Client,
  visit: MemberVisit,
  reply: FastifyReply,
  form: ClientForm,
  errors: ClientFormErrors,
) {
  const props = {
    client,
    values: valuesOf(form),
    errors,
    scopeOptions: kit.deps.token.scopes,
    grantOptions: GRANT_TYPES,
    lifetimes: kit.deps.token.lifetimes,
  };
  const status = Object.keys(errors).length > 0 ? 422 : undefined;
  return sendPage(reply, clientDetailPage(await visit.admin(visit.session), props), { status });
}

async function save(
  kit: AdminKit,
  client: Client,
  visit: MemberVisit,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const form: ClientForm = {
    policies: policyFormOf(client.policies),
    ...readClientForm(formOf(request)),
    type: client.isPublic ? 'public' : 'confidential',
  };
  const verdict = judgeClientForm(form, kit.deps.token.scopes);
  if (!verdict.ok) return show(kit, client, visit, reply, form, verdict.errors);
  const saved = await changeClient(
    kit.deps.clients,
    client.clientId,
    verdict.settings,
    actorOf(visit.session, request),
  );
  return redirectWith(reply, kit.paths.client(client.clientId), visit.https, saved ? 'saved' : 'saveFailed');
}

async function turn(
  kit: AdminKit,
  client: Client,
  on: boolean,
  visit: MemberVisit,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  await switchClient(kit.deps.clients, client.clientId, on, actorOf(visit.session, request));
  const message: FlashKey = on ? 'clientEnabled' : 'clientDisabled';
  return redirectWith(reply, kit.paths.client(client.clientId), visit.https, message);
}

function keepOf(request: FastifyRequest): (typeof KEEP_OLD_SECONDS)[number] {
  const asked = formOf(request).text('keep_old_seconds');
  return KEEP_OLD_SECONDS.find((seconds) => seconds === asked) ?? USUAL_KEEP_SECONDS;
}

async function newSecret(
  kit: AdminKit,
  client: Client,
  visit: MemberVisit,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const keep = Number(keepOf(request));
  const secret = await renewSecret(kit.deps.clients, client.clientId, keep, actorOf(visit.session, request));
  if (secret === undefined) throw new PageError('not_found', 404);
  const oldUntil = keep === 0 ? null : kit.deps.token.clock.now() + keep;
  const props = { clientId: client.clientId, clientSecret: secret, oldUntil };
  return sendPage(reply, clientSecretPage(await visit.admin(visit.session), props));
}

async function end(
  kit: AdminKit,
  { clientId }: Client,
  visit: MemberVisit,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const { secret_id: secretId } = request.params as { secret_id: string };
  const ended = await endSecret(kit.deps.clients, clientId, secretId, actorOf(visit.session, request));
  const message: FlashKey = ended ? 'secretEnded' : 'secretStays';
  return redirectWith(reply, kit.paths.clientTab(clientId, 'secrets'), visit.https, message);
}

async function askDelete(kit: AdminKit, client: Client, visit: MemberVisit, reply: FastifyReply) {
  const { total } = await grantsOfClient(kit.deps.token, client.clientId, GRANTS_SHOWN);
  const { clientId, name } = client;
  const calls = await callsInDay(kit.deps.token, clientId);
  const props = { clientId, name, liveGrantCount: total, callsInDay: calls };
  return sendPage(reply, clientDeletePage(await visit.admin(visit.session), props));
}

async function remove(
  kit: AdminKit,
  client: Client,
  visit: MemberVisit,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const removed = await removeClient(kit.deps.clients, client.clientId, actorOf(visit.session, request));
  return redirectWith(reply, kit.paths.clients, visit.https, removed ? 'deleted' : 'alreadyDeleted');
}

async function revoke(
  kit: AdminKit,
  client: Client,
  visit: MemberVisit,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const { grant_id: grantId } = request.params as { grant_id: string };
  if (!/^[0-9a-f]{32}$/.test(grantId)) throw new PageError('not_found', 404);
  const ended = await endGrant(kit.deps.clients, client.clientId, grantId, actorOf(visit.session, request));
  return redirectWith(
    reply,
    kit.paths.clientTab(client.clientId, 'connections'),
    visit.https,
    ended ? 'grantRevoked' : 'alreadyDeleted',
  );
}
