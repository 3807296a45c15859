/** 連携アプリ: every live grant, and the button that ends one. */
import { placeIn } from '../../database/keyset.ts';
import { endApp, findApp, pageOfApps } from '../../oauth/apps.ts';
import { askEndOfGrant } from '../clients/client-tab-routes.ts';
import { actorOf, type MemberExchange, memberPage } from '../exchange.ts';
import type { PageRoutes } from '../page-routes.ts';
import { redirectWith, sendPage } from '../replies.ts';
import { queryOf } from '../request.ts';
import { appsPage } from './apps-page.tsx';

export function appRoutes({ page, act }: PageRoutes): void {
  page('apps', show);
  page('appEnd', askEnd);
  act('grant.end', 'appEnd', end);
}

async function show(exchange: MemberExchange) {
  const { kit } = exchange;
  const query = queryOf(exchange);
  const after = placeIn(query.get('after') ?? '');
  const found = await pageOfApps(kit.deps.token, {
    text: (query.get('q') ?? '').trim().slice(0, 200),
    after,
  });
  const props = { ...found, later: after !== undefined };
  return sendPage(exchange, appsPage(await memberPage(exchange), props));
}

async function askEnd(exchange: MemberExchange) {
  const { kit, request } = exchange;
  const { grant_id: grantId } = request.params as { grant_id: string };
  const found = await findApp(kit.deps.token, grantId);
  if (!found) return redirectWith(exchange, kit.paths.apps, 'alreadyDeleted');
  const { apps: back } = kit.paths;
  const ending = { ...found, grantId, action: kit.paths.appEnd(grantId), page: 'appEnd', back } as const;
  return askEndOfGrant(exchange, ending);
}

async function end(exchange: MemberExchange) {
  const { kit, request } = exchange;
  const { grant_id: grantId } = request.params as { grant_id: string };
  const ended = await endApp(kit.deps.clients, grantId, actorOf(exchange));
  return redirectWith(exchange, kit.paths.apps, ended ? 'grantRevoked' : 'alreadyDeleted');
}
