/** APIエクスプローラー: GraphiQL, and a short-lived token for it by the code flow, consent included. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { removeClient } from '../../oauth/clients.ts';
import { findExplorerToken, keepExplorerToken } from '../../oauth/explorer-token.ts';
import { WALK_TOKEN_SECONDS } from '../../oauth/flow-test.ts';
import { explorerPolicy } from '../csp.ts';
import { act } from '../demands.ts';
import { formOf } from '../form.ts';
import { actorOf, apiMembersOnly } from '../guards.ts';
import { redirectTo, sendPage } from '../replies.ts';
import type { AdminKit, MemberVisit } from '../visit.ts';
import { type ExplorerProps, explorerPage } from './explorer.tsx';
import { finishWalk, startWalk } from './flow-test.ts';

const FIRST_CHOICE = ['read'];

export function explorerRoutes(app: FastifyInstance, kit: AdminKit): void {
  const { paths } = kit;
  app.get(
    paths.explorer,
    apiMembersOnly(kit, (visit, _request, reply) => showKept(kit, visit, reply)),
  );
  app.post(
    paths.explorerForget,
    act('token.forget'),
    apiMembersOnly(kit, (visit, request, reply) => forget(kit, visit, request, reply)),
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
  const { token, clientId } = await finishWalk(kit, visit, request, 'explorer');
  if (!token) return show(kit, visit, reply, { scopes: FIRST_CHOICE, problem: 'refused' });
  const expiresAt = kit.deps.token.clock.now() + WALK_TOKEN_SECONDS;
  await keepExplorerToken(kit.deps.token, visit.sessionToken ?? '', { ...token, clientId, expiresAt });
  return show(kit, visit, reply, { scopes: [], token, kept: { until: expiresAt, fresh: true } });
}

async function showKept(kit: AdminKit, visit: MemberVisit, reply: FastifyReply) {
  const token = await findExplorerToken(kit.deps.token, visit.sessionToken ?? '');
  if (!token) return show(kit, visit, reply, { scopes: FIRST_CHOICE });
  return show(kit, visit, reply, { scopes: [], token, kept: { until: token.expiresAt, fresh: false } });
}

/** The token ends, and not only on this page. */
async function forget(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const sessionToken = visit.sessionToken ?? '';
  const kept = await findExplorerToken(kit.deps.token, sessionToken);
  await keepExplorerToken(kit.deps.token, sessionToken, null);
  if (kept) await removeClient(kit.deps.clients, kept.clientId, actorOf(visit.session, request));
  return redirectTo(reply, kit.paths.explorer);
}
