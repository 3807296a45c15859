/** APIエクスプローラー: GraphiQL, and a short-lived token for it by the code flow, consent included. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { beginWalk, endWalk, resumeWalk, type Walk } from '../../flow/tester.ts';
import { explorerPolicy } from '../csp.ts';
import { formOf } from '../form.ts';
import { type ExplorerProps, explorerPage } from '../pages/explorer.tsx';
import { redirectTo, sendPage } from '../replies.ts';
import { queryOf } from '../request.ts';
import type { AdminKit, MemberVisit } from '../visit.ts';
import { actorOf, apiMembersOnly, PageError } from './scope.ts';

const TOKEN_SECONDS = 15 * 60;
const FIRST_CHOICE = ['read'];

export function explorerRoutes(app: FastifyInstance, kit: AdminKit): void {
  const { paths } = kit;
  app.get(
    paths.explorer,
    apiMembersOnly(kit, (visit, _request, reply) => show(kit, visit, reply, { scopes: FIRST_CHOICE })),
  );
  app.post(
    paths.explorer,
    apiMembersOnly(kit, (visit, request, reply) => fetchToken(kit, visit, request, reply)),
  );
  app.get(
    paths.explorerCallback,
    apiMembersOnly(kit, (visit, request, reply) => comeBack(kit, visit, request, reply)),
  );
}

type Shown = Omit<ExplorerProps, 'scopeOptions'>;

async function show({ deps }: AdminKit, visit: MemberVisit, reply: FastifyReply, shown: Shown) {
  const props = { scopeOptions: deps.token.scopes, ...shown };
  const html = explorerPage(await visit.admin(visit.session), props);
  const status = shown.problem === 'notChosen' ? 422 : 200;
  return sendPage(reply, html, { status, policy: explorerPolicy() });
}

const callbackOf = ({ deps, paths }: AdminKit): string => `${deps.publicUrl}${paths.explorerCallback}`;

async function fetchToken(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const wanted = formOf(request).all('scopes');
  const scopes = kit.deps.token.scopes.filter((scope) => wanted.includes(scope));
  if (scopes.length === 0) return show(kit, visit, reply, { scopes, problem: 'notChosen' });
  const callback = callbackOf(kit);
  const begun = {
    sessionToken: visit.sessionToken ?? '',
    scopes,
    callback,
    name: 'Tegata API explorer',
    accessSeconds: TOKEN_SECONDS,
  };
  const walk = await beginWalk(kit.deps.clients, begun, actorOf(visit.session, request));
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: walk.clientId,
    redirect_uri: callback,
    scope: scopes.join(' '),
    state: walk.state,
    code_challenge: walk.challenge,
    code_challenge_method: 'S256',
  });
  return redirectTo(reply, `${kit.deps.publicUrl}${kit.paths.authorize}?${query}`);
}

/** The client stays as long as the token may; a later walk removes it. */
async function comeBack(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const query = queryOf(request);
  const walk = resumeWalk(query.get('state') ?? '', visit.sessionToken ?? '');
  if (!walk) throw new PageError('not_accessible', 400);
  const accessToken = await redeem(kit, walk, query.get('code') ?? '', request);
  if (accessToken === undefined) {
    await endWalk(kit.deps.clients, walk, actorOf(visit.session, request));
    return show(kit, visit, reply, { scopes: FIRST_CHOICE, problem: 'refused' });
  }
  return show(kit, visit, reply, { scopes: [], accessToken, minutes: TOKEN_SECONDS / 60 });
}

/** Asks this server's own token endpoint, through all that a request from outside goes through. */
async function redeem(
  kit: AdminKit,
  { clientId, verifier }: Walk,
  code: string,
  request: FastifyRequest,
): Promise<string | undefined> {
  const fields = {
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: callbackOf(kit),
    code,
    code_verifier: verifier,
  };
  const response = await request.server.inject({
    method: 'POST',
    url: '/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
    remoteAddress: request.ip,
  });
  return response.json<{ access_token?: string }>().access_token;
}
