/** 連携アプリ: every live grant, and the button that ends one. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { endApp, pageOfApps } from '../../flow/apps.ts';
import { appsPage } from '../pages/apps.tsx';
import { redirectWith, sendPage } from '../replies.ts';
import { queryOf } from '../request.ts';
import type { AdminKit, MemberVisit } from '../visit.ts';
import { act } from './demands.ts';
import { actorOf, apiMembersOnly } from './scope.ts';

export function appRoutes(app: FastifyInstance, kit: AdminKit): void {
  const { apps } = kit.paths;
  app.get(
    apps,
    apiMembersOnly(kit, (visit, request, reply) => show(kit, visit, request, reply)),
  );
  app.post(
    `${apps}/:grant_id/end`,
    act('grant.end'),
    apiMembersOnly(kit, (visit, request, reply) => end(kit, visit, request, reply)),
  );
}

async function show(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const query = queryOf(request);
  const found = await pageOfApps(kit.deps.token, {
    text: (query.get('q') ?? '').trim().slice(0, 200),
    page: Number(query.get('page') ?? '1'),
  });
  return sendPage(reply, appsPage(await visit.admin(visit.session), found));
}

async function end(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const { grant_id: grantId } = request.params as { grant_id: string };
  const ended = await endApp(kit.deps.clients, grantId, actorOf(visit.session, request));
  return redirectWith(reply, kit.paths.apps, visit.https, ended ? 'grantRevoked' : 'alreadyDeleted');
}
