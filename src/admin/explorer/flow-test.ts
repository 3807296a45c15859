/** The code flow as an app walks it, begun and finished by pages of the admin; what was asked and answered is kept masked. */
import { beginWalk, endWalk, type FlowTest, resumeWalk, type WalkKind } from '../../oauth/flow-test.ts';
import { actorOf, type Exchange, type MemberExchange } from '../exchange.ts';
import { PageError } from '../page-error.ts';
import { queryOf } from '../request.ts';
import type { PanelToken } from './explorer-panel.tsx';
import { firstQuery } from './first-query.ts';
import { masked } from './masked.ts';
import type { TestedStep } from './tester.tsx';
import { walkCallbacks } from './walk-callbacks.ts';

/** Where the browser has to go for the consent. */
export async function startWalk(
  exchange: MemberExchange,
  { kind, scopes }: { kind: WalkKind; scopes: readonly string[] },
): Promise<string> {
  const { kit, visit } = exchange;
  const callback = walkCallbacks(kit)[kind];
  const begun = { kind, sessionToken: visit.sessionToken ?? '', scopes, callback };
  const walk = await beginWalk(kit.deps.clients, begun, actorOf(exchange));
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: walk.clientId,
    redirect_uri: callback,
    scope: scopes.join(' '),
    state: walk.state,
    code_challenge: walk.challenge,
    code_challenge_method: 'S256',
  });
  return `${kit.authorizeUrl}?${query}`;
}

/** `token`: only when every step worked. */
export type Walked = {
  readonly clientId: string;
  readonly steps: readonly TestedStep[];
  readonly token?: PanelToken;
};

/** The callback's request: the rest of the walk. What failed leaves no client behind. */
export async function finishWalk(exchange: MemberExchange, kind: WalkKind): Promise<Walked> {
  const { kit, visit } = exchange;
  const query = queryOf(exchange);
  const walk = resumeWalk(query.get('state') ?? '', visit.sessionToken ?? '');
  if (!walk) throw new PageError('not_accessible', 400);
  const { clientId } = walk;
  let walked: Walked = { clientId, steps: [] };
  try {
    walked = { clientId, ...(await walkOn(exchange, walk, walkCallbacks(kit)[kind])) };
  } finally {
    if (walked.token === undefined) await endWalk(kit.deps.clients, walk, actorOf(exchange));
  }
  return walked;
}

async function walkOn(exchange: MemberExchange, walk: FlowTest, callback: string) {
  const answer = Object.fromEntries(queryOf(exchange));
  const returned: TestedStep = {
    step: 'authorize',
    request: `GET ${callback}`,
    answer: JSON.stringify(masked(answer), null, 2),
    status: answer.code === undefined ? 400 : 200,
  };
  if (answer.code === undefined) return { steps: [returned] };
  const redeeming = formRequest('/token', {
    grant_type: 'authorization_code',
    client_id: walk.clientId,
    redirect_uri: callback,
    code: answer.code,
    code_verifier: walk.verifier,
  });
  const redeemed = await askSelf(exchange, 'token', redeeming);
  const { access_token: accessToken, scope = '' } = redeemed.body as {
    access_token?: string;
    scope?: string;
  };
  if (accessToken === undefined) return { steps: [returned, redeemed.shown] };
  const scopes = scope.split(' ');
  const call = await askSelf(exchange, 'api', apiRequest(firstQuery(scopes), accessToken));
  const steps = [returned, redeemed.shown, call.shown];
  return call.shown.status < 400 ? { steps, token: { accessToken, scopes } } : { steps };
}

type Asked = { url: string; headers: Readonly<Record<string, string>>; payload: string; shown: object };

export const formRequest = (
  url: string,
  fields: Readonly<Record<string, string>>,
  headers: Asked['headers'] = {},
): Asked => ({
  url,
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  payload: new URLSearchParams(fields).toString(),
  shown: masked(fields),
});

export const apiRequest = (query: string, accessToken: string): Asked => ({
  url: '/api',
  headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
  payload: JSON.stringify({ query }),
  shown: { ...masked({ access_token: accessToken }), query },
});

/** A GraphQL answer without errors. */
export const hasData = (body: object): boolean => 'data' in body && !('errors' in body);

/** Asks this server itself, through all that a request from outside goes through. */
export async function askSelf(
  { request }: Exchange,
  step: 'token' | 'api',
  { url, headers, payload, shown }: Asked,
): Promise<{ shown: TestedStep; body: object }> {
  const response = await request.server.inject({
    method: 'POST',
    url,
    headers: { accept: 'application/json', ...headers },
    payload,
    remoteAddress: request.ip,
  });
  const body = response.body === '' ? {} : response.json<object>();
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
