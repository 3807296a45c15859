/** 連携アプリ: every live grant, and the button that ends one. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { placeIn } from '../../database/keyset.ts';
import { endApp, findApp, pageOfApps } from '../../oauth/apps.ts';
import { endGrantPage } from '../clients/client-tab-routes.ts';
import { act } from '../demands.ts';
import { actorOf, apiMembersOnly } from '../guards.ts';
import { redirectWith, sendPage } from '../replies.ts';
import { queryOf } from '../request.ts';
import type { AdminKit, MemberVisit } from '../visit.ts';
import { appsPage } from './apps-page.tsx';

export function appRoutes(app: FastifyInstance, kit: AdminKit): void {
  const { apps } = kit.paths;
  app.get(
    apps,
    apiMembersOnly(kit, (visit, request, reply) => show(kit, visit, request, reply)),
  );
  app.get(
    `${apps}/:grant_id/end`,
    apiMembersOnly(kit, (visit, request, reply) => askEnd(kit, visit, request, reply)),
  );
  app.post(
    `${apps}/:grant_id/end`,
    act('grant.end'),
    apiMembersOnly(kit, (visit, request, reply) => end(kit, visit, request, reply)),
  );
}

async function show(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const query = queryOf(request);
  const after = placeIn(query.get('after') ?? '');
  const found = await pageOfApps(kit.deps.token, {
    text: (query.get('q') ?? '').trim().slice(0, 200),
    after,
  });
  const props = { ...found, later: after !== undefined };
  return sendPage(reply, appsPage(await visit.admin(visit.session), props));
}

async function askEnd(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const { grant_id: grantId } = request.params as { grant_id: string };
  const found = await findApp(kit.deps.token, grantId);
  if (!found) return redirectWith(reply, kit.paths.apps, visit.https, 'alreadyDeleted');
  const { apps: back } = kit.paths;
  const ending = { ...found, grantId, action: kit.paths.appEnd(grantId), page: 'appEnd', back } as const;
  return sendPage(reply, await endGrantPage(kit, visit, ending));
}

async function end(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const { grant_id: grantId } = request.params as { grant_id: string };
  const ended = await endApp(kit.deps.clients, grantId, actorOf(visit.session, request));
  return redirectWith(reply, kit.paths.apps, visit.https, ended ? 'grantRevoked' : 'alreadyDeleted');
}
