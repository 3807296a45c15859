/** APIエクスプローラー: GraphiQL, and a short-lived token for it by the code flow, consent included. */
import { removeClient } from '../../oauth/clients.ts';
import { findExplorerToken, keepExplorerToken } from '../../oauth/explorer-token.ts';
import { WALK_TOKEN_SECONDS } from '../../oauth/flow-test.ts';
import { explorerPolicy } from '../csp.ts';
import { actorOf, type MemberExchange, memberPage } from '../exchange.ts';
import { formOf } from '../form.ts';
import type { PageRoutes } from '../page-routes.ts';
import { redirectTo, sendPage } from '../replies.ts';
import { type ExplorerProps, explorerPage } from './explorer.tsx';
import { finishWalk, startWalk } from './flow-test.ts';

const FIRST_CHOICE = ['read'];

export function explorerRoutes({ page, act, kit: { paths } }: PageRoutes): void {
  page('explorer', showKept);
  act('token.fetch', 'explorer', fetchToken);
  act('token.forget', 'explorer', forget, { at: paths.explorerForget });
  page('explorerCallback', comeBack);
}

type Shown = Omit<ExplorerProps, 'scopeOptions' | 'minutes'>;

async function show(exchange: MemberExchange, shown: Shown) {
  const {
    kit: { deps },
  } = exchange;
  const props = { scopeOptions: deps.token.scopes, minutes: WALK_TOKEN_SECONDS / 60, ...shown };
  const html = explorerPage(await memberPage(exchange), props);
  const status = shown.problem === 'notChosen' ? 422 : 200;
  return sendPage(exchange, html, { status, policy: explorerPolicy() });
}

async function fetchToken(exchange: MemberExchange) {
  const { kit } = exchange;
  const wanted = formOf(exchange).all('scopes');
  const scopes = kit.deps.token.scopes.filter((scope) => wanted.includes(scope));
  if (scopes.length === 0) return show(exchange, { scopes, problem: 'notChosen' });
  return redirectTo(exchange, await startWalk(exchange, { kind: 'explorer', scopes }));
}

async function comeBack(exchange: MemberExchange) {
  const { kit, visit } = exchange;
  const { token, clientId } = await finishWalk(exchange, 'explorer');
  if (!token) return show(exchange, { scopes: FIRST_CHOICE, problem: 'refused' });
  const expiresAt = kit.deps.token.clock.now() + WALK_TOKEN_SECONDS;
  await keepExplorerToken(kit.deps.token, visit.sessionToken ?? '', { ...token, clientId, expiresAt });
  return show(exchange, { scopes: [], token, kept: { until: expiresAt, fresh: true } });
}

async function showKept(exchange: MemberExchange) {
  const { kit, visit } = exchange;
  const token = await findExplorerToken(kit.deps.token, visit.sessionToken ?? '');
  if (!token) return show(exchange, { scopes: FIRST_CHOICE });
  return show(exchange, { scopes: [], token, kept: { until: token.expiresAt, fresh: false } });
}

/** The token ends, and not only on this page. */
async function forget(exchange: MemberExchange) {
  const { kit, visit } = exchange;
  const sessionToken = visit.sessionToken ?? '';
  const kept = await findExplorerToken(kit.deps.token, sessionToken);
  await keepExplorerToken(kit.deps.token, sessionToken, null);
  if (kept) await removeClient(kit.deps.clients, kept.clientId, actorOf(exchange));
  return redirectTo(exchange, kit.paths.explorer);
}
