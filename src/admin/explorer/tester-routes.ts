/** 接続テスト: the code flow as an app walks it, every request and answer shown, then the explorer with the walk's token. */
import { WALK_TOKEN_SECONDS } from '../../oauth/flow-test.ts';
import { explorerPolicy } from '../csp.ts';
import { type MemberExchange, memberPage } from '../exchange.ts';
import { formOf } from '../form.ts';
import type { PageRoutes } from '../page-routes.ts';
import { sendPage } from '../replies.ts';
import { finishWalk, startWalk } from './flow-test.ts';
import { testerPage, testerResultPage, testerStartedPage } from './tester.tsx';

const FIRST_CHOICE = ['read:products'];

export function testerRoutes({ page, act }: PageRoutes): void {
  page('tester', (exchange) => show(exchange, FIRST_CHOICE));
  act('token.fetch', 'tester', start);
  page('testerCallback', finish);
}

async function show(exchange: MemberExchange, scopes: readonly string[], problem = false) {
  const {
    kit: { deps },
  } = exchange;
  const props = { scopeOptions: deps.token.scopes, scopes, problem };
  return sendPage(exchange, testerPage(await memberPage(exchange), props), {
    status: problem ? 422 : 200,
  });
}

async function start(exchange: MemberExchange) {
  const { kit } = exchange;
  const wanted = formOf(exchange).all('scopes');
  const scopes = kit.deps.token.scopes.filter((scope) => wanted.includes(scope));
  if (scopes.length === 0) return show(exchange, [], true);
  const authorizeUrl = await startWalk(exchange, { kind: 'tester', scopes });
  return sendPage(exchange, testerStartedPage(await memberPage(exchange), { authorizeUrl }));
}

async function finish(exchange: MemberExchange) {
  const walked = await finishWalk(exchange, 'tester');
  const html = testerResultPage(await memberPage(exchange), {
    ...walked,
    minutes: WALK_TOKEN_SECONDS / 60,
  });
  return sendPage(exchange, html, { policy: explorerPolicy() });
}
