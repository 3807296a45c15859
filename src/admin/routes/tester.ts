/** 接続テスト: the code flow as an app walks it, every request and answer shown with its secrets masked. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { beginWalk, endWalk, resumeWalk, type Walk } from '../../flow/tester.ts';
import { SCOPES } from '../../oauth/scope.ts';
import { formOf } from '../form.ts';
import { masked } from '../masked.ts';
import { type Exchange, testerPage, testerResultPage, testerStartedPage } from '../pages/tester.tsx';
import { sendPage } from '../replies.ts';
import { queryOf } from '../request.ts';
import type { AdminKit, MemberVisit } from '../visit.ts';
import { actorOf, apiMembersOnly, PageError } from './scope.ts';

const FIRST_CHOICE = ['read:products'];

export function testerRoutes(app: FastifyInstance, kit: AdminKit): void {
  const { paths } = kit;
  app.get(
    paths.tester,
    apiMembersOnly(kit, (visit, _request, reply) => show(visit, reply, FIRST_CHOICE)),
  );
  app.post(
    paths.tester,
    apiMembersOnly(kit, (visit, request, reply) => start(kit, visit, request, reply)),
  );
  app.get(
    paths.testerCallback,
    apiMembersOnly(kit, (visit, request, reply) => finish(kit, visit, request, reply)),
  );
}

const callbackOf = ({ deps, paths }: AdminKit): string => `${deps.publicUrl}${paths.testerCallback}`;

async function show(visit: MemberVisit, reply: FastifyReply, scopes: readonly string[], problem = false) {
  const props = { scopeOptions: SCOPES, scopes, problem };
  return sendPage(reply, testerPage(await visit.admin(visit.session), props), {
    status: problem ? 422 : 200,
  });
}

async function start(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const wanted = formOf(request).all('scopes');
  const scopes = SCOPES.filter((scope) => wanted.includes(scope));
  if (scopes.length === 0) return show(visit, reply, [], true);
  const callback = callbackOf(kit);
  const begun = { sessionToken: visit.sessionToken ?? '', scopes, callback };
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
  const authorizeUrl = `${kit.deps.publicUrl}${kit.paths.authorize}?${query}`;
  return sendPage(reply, testerStartedPage(await visit.admin(visit.session), { authorizeUrl }));
}

/** Whatever comes of it, the client is removed before the answer leaves. */
async function finish(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const query = queryOf(request);
  const walk = resumeWalk(query.get('state') ?? '', visit.sessionToken ?? '');
  if (!walk) throw new PageError('not_accessible', 400);
  const end = () => endWalk(kit.deps.clients, walk, actorOf(visit.session, request));
  const exchanges = await walkOn(kit, walk, query, request).finally(end);
  const worked = exchanges.length === 3 && exchanges.every(({ status }) => status < 400);
  return sendPage(reply, testerResultPage(await visit.admin(visit.session), { exchanges, worked }));
}

async function walkOn(kit: AdminKit, walk: Walk, query: URLSearchParams, request: FastifyRequest) {
  const answer = Object.fromEntries(query);
  const returned: Exchange = {
    step: 'authorize',
    request: `GET ${callbackOf(kit)}`,
    answer: JSON.stringify(masked(answer), null, 2),
    status: answer.code === undefined ? 400 : 200,
  };
  if (answer.code === undefined) return [returned];
  const redeeming = formRequest('/token', {
    grant_type: 'authorization_code',
    client_id: walk.clientId,
    redirect_uri: callbackOf(kit),
    code: answer.code,
    code_verifier: walk.verifier,
  });
  const token = await exchange(request, 'token', redeeming);
  const { access_token: accessToken, scope = '' } = token.body as { access_token?: string; scope?: string };
  if (accessToken === undefined) return [returned, token.shown];
  const call = await exchange(request, 'api', apiRequest(questionFor(scope.split(' ')), accessToken));
  return [returned, token.shown, call.shown];
}

/** Something that the scopes allow. */
function questionFor(scopes: readonly string[]): string {
  const may = (what: string) => scopes.includes('read') || scopes.includes(`read:${what}`);
  const list = ['products', 'orders', 'customers'].find(may);
  return list === undefined ? '{ __typename }' : `{ ${list}(limit: 1) { totalCount } }`;
}

type Asked = { url: string; headers: Readonly<Record<string, string>>; payload: string; shown: object };

const formRequest = (url: string, fields: Readonly<Record<string, string>>): Asked => ({
  url,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  payload: new URLSearchParams(fields).toString(),
  shown: masked(fields),
});

const apiRequest = (query: string, accessToken: string): Asked => ({
  url: '/api',
  headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
  payload: JSON.stringify({ query }),
  shown: { ...masked({ access_token: accessToken }), query },
});

/** Asks this server itself, through all that a request from outside goes through. */
async function exchange(
  request: FastifyRequest,
  step: 'token' | 'api',
  { url, headers, payload, shown }: Asked,
): Promise<{ shown: Exchange; body: object }> {
  const response = await request.server.inject({
    method: 'POST',
    url,
    headers: { accept: 'application/json', ...headers },
    payload,
    remoteAddress: request.ip,
  });
  const body = response.json<object>();
  const lines = Object.entries(shown).map(([name, value]) => `${name}: ${value}`);
  return {
    body,
    shown: {
      step,
      request: [`POST ${url}`, ...lines].join('\n'),
      answer: JSON.stringify(masked(body), null, 2),
      status: response.statusCode,
    },
  };
}
