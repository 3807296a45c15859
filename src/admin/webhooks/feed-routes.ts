/** 変更フィード: its state; installing and removing it, asked first. */
import { triggerHindrance } from '../../database/rights.ts';
import { feedStatus } from '../../feed/store/triggers.ts';
import { installFeedByStaff, removeFeedByStaff } from '../../webhook/feed-switch.ts';
import { countDeliveries } from '../../webhook/store/delivery-log.ts';
import { countEnabledWebhooks } from '../../webhook/store/webhooks.ts';
import { actorOf, type MemberExchange, memberPage } from '../exchange.ts';
import type { PageRoutes } from '../page-routes.ts';
import { redirectWith, sendPage } from '../replies.ts';
import { feedConfirmPage, feedPage } from './feed-page.tsx';

type Action = 'install' | 'remove';

const MESSAGE_CHARACTERS = 500; // of what a database says

export function feedRoutes({ page, act }: PageRoutes): void {
  page('feed', show);
  page('feedInstall', (exchange) => ask(exchange, 'install'));
  act('feed.install', 'feedInstall', (exchange) => change(exchange, 'install'));
  page('feedRemove', (exchange) => ask(exchange, 'remove'));
  act('feed.remove', 'feedRemove', (exchange) => change(exchange, 'remove'));
}

async function show(exchange: MemberExchange) {
  const { store, feedSources } = exchange.kit.deps.webhooks;
  const status = await feedStatus(store, feedSources);
  const props = {
    status,
    hindrance: status.state === 'installed' ? undefined : await triggerHindrance(store),
    deliveries: await countDeliveries(store.db),
  };
  return sendPage(exchange, feedPage(await memberPage(exchange), props));
}

async function ask(exchange: MemberExchange, action: Action, problem?: string) {
  const {
    kit: { deps },
  } = exchange;
  const served = await countEnabledWebhooks(deps.webhooks.store.db);
  const props = { action, served, ...(problem !== undefined && { problem }) };
  const status = problem === undefined ? 200 : 409;
  return sendPage(exchange, feedConfirmPage(await memberPage(exchange), props), { status });
}

/** A shop's database may forbid triggers to this user; staff read why. */
async function change(exchange: MemberExchange, action: Action) {
  const { kit, request } = exchange;
  const { deps, paths } = kit;
  const actor = actorOf(exchange);
  const installing = action === 'install';
  try {
    await (installing ? installFeedByStaff(deps.webhooks, actor) : removeFeedByStaff(deps.webhooks, actor));
  } catch (error) {
    request.log.error({ err: error }, 'the change feed could not be changed');
    const said = error instanceof Error ? error.message.slice(0, MESSAGE_CHARACTERS) : '';
    return ask(exchange, action, said);
  }
  return redirectWith(exchange, paths.feed, installing ? 'feedInstalled' : 'feedRemoved');
}
