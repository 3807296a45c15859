/** APIエクスプローラー: GraphiQL, and a short-lived token for it by the code flow, consent included. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { WALK_TOKEN_SECONDS } from '../../flow/code-walk.ts';
import { explorerPolicy } from '../csp.ts';
import { formOf } from '../form.ts';
import { type ExplorerProps, explorerPage } from '../pages/explorer.tsx';
import { redirectTo, sendPage } from '../replies.ts';
import type { AdminKit, MemberVisit } from '../visit.ts';
import { finishWalk, startWalk } from './code-walk.ts';
import { act } from './demands.ts';
import { apiMembersOnly } from './scope.ts';

const FIRST_CHOICE = ['read'];

export function explorerRoutes(app: FastifyInstance, kit: AdminKit): void {
  const { paths } = kit;
  app.get(
    paths.explorer,
    apiMembersOnly(kit, (visit, _request, reply) => show(kit, visit, reply, { scopes: FIRST_CHOICE })),
  );
  app.post(
    paths.explorer,
    act('token.fetch'),
    apiMembersOnly(kit, (visit, request, reply) => fetchToken(kit, visit, request, reply)),
  );
  app.get(
    paths.explorerCallback,
    apiMembersOnly(kit, (visit, request, reply) => comeBack(kit, visit, request, reply)),
  );
}

type Shown = Omit<ExplorerProps, 'scopeOptions' | 'minutes'>;

async function show({ deps }: AdminKit, visit: MemberVisit, reply: FastifyReply, shown: Shown) {
  const props = { scopeOptions: deps.token.scopes, minutes: WALK_TOKEN_SECONDS / 60, ...shown };
  const html = explorerPage(await visit.admin(visit.session), props);
  const status = shown.problem === 'notChosen' ? 422 : 200;
  return sendPage(reply, html, { status, policy: explorerPolicy() });
}

async function fetchToken(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const wanted = formOf(request).all('scopes');
  const scopes = kit.deps.token.scopes.filter((scope) => wanted.includes(scope));
  if (scopes.length === 0) return show(kit, visit, reply, { scopes, problem: 'notChosen' });
  return redirectTo(reply, await startWalk(kit, visit, request, { kind: 'explorer', scopes }));
}

async function comeBack(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const { token } = await finishWalk(kit, visit, request, 'explorer');
  const shown: Shown = token ? { scopes: [], token } : { scopes: FIRST_CHOICE, problem: 'refused' };
  return show(kit, visit, reply, shown);
}
