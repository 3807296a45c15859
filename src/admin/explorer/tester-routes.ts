/** 接続テスト: the code flow as an app walks it, every request and answer shown, then the explorer with the walk's token. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { WALK_TOKEN_SECONDS } from '../../oauth/flow-test.ts';
import { explorerPolicy } from '../csp.ts';
import { act } from '../demands.ts';
import { formOf } from '../form.ts';
import { apiMembersOnly } from '../guards.ts';
import { sendPage } from '../replies.ts';
import type { AdminKit, MemberVisit } from '../visit.ts';
import { finishWalk, startWalk } from './flow-test.ts';
import { testerPage, testerResultPage, testerStartedPage } from './tester.tsx';

const FIRST_CHOICE = ['read:products'];

export function testerRoutes(app: FastifyInstance, kit: AdminKit): void {
  const { paths } = kit;
  app.get(
    paths.tester,
    apiMembersOnly(kit, (visit, _request, reply) => show(kit, visit, reply, FIRST_CHOICE)),
  );
  app.post(
    paths.tester,
    act('token.fetch'),
    apiMembersOnly(kit, (visit, request, reply) => start(kit, visit, request, reply)),
  );
  app.get(
    paths.testerCallback,
    apiMembersOnly(kit, (visit, request, reply) => finish(kit, visit, request, reply)),
  );
}

async function show(
  { deps }: AdminKit,
  visit: MemberVisit,
  reply: FastifyReply,
  scopes: readonly string[],
  problem = false,
) {
  const props = { scopeOptions: deps.token.scopes, scopes, problem };
  return sendPage(reply, testerPage(await visit.admin(visit.session), props), {
    status: problem ? 422 : 200,
  });
}

async function start(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const wanted = formOf(request).all('scopes');
  const scopes = kit.deps.token.scopes.filter((scope) => wanted.includes(scope));
  if (scopes.length === 0) return show(kit, visit, reply, [], true);
  const authorizeUrl = await startWalk(kit, visit, request, { kind: 'tester', scopes });
  return sendPage(reply, testerStartedPage(await visit.admin(visit.session), { authorizeUrl }));
}

async function finish(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const walked = await finishWalk(kit, visit, request, 'tester');
  const html = testerResultPage(await visit.admin(visit.session), {
    ...walked,
    minutes: WALK_TOKEN_SECONDS / 60,
  });
  return sendPage(reply, html, { policy: explorerPolicy() });
}
