/** ホーム and プラグイン一覧. */
import { callsInDay } from '../../oauth/api-use.ts';
import { overview } from '../../oauth/overview.ts';
import { EVERYBODY } from '../../oauth/store/api-use.ts';
import { accountNews } from '../../staff/account-news.ts';
import { webhookTroubles } from '../../webhook/trouble.ts';
import { actorOf, type MemberExchange, memberPage } from '../exchange.ts';
import type { PageRoutes } from '../page-routes.ts';
import { redirectWith, sendPage } from '../replies.ts';
import { homePage } from './home.tsx';
import { type PluginConfirmProps, pluginConfirmPage, pluginsPage } from './plugins.tsx';

export function homeRoutes({ page, act }: PageRoutes): void {
  page('home', showHome);
  page('plugins', showPlugins);
  page('pluginEnable', (exchange) => sendSwitch(exchange, { action: 'enable' }));
  act('api.enable', 'pluginEnable', (exchange) => turn(exchange, true));
  page('pluginDisable', async (exchange) =>
    sendSwitch(exchange, {
      action: 'disable',
      callsInDay: await callsInDay(exchange.kit.deps.token, EVERYBODY),
    }),
  );
  act('api.disable', 'pluginDisable', (exchange) => turn(exchange, false));
}

async function showHome(exchange: MemberExchange) {
  const { kit, visit } = exchange;
  const { token, timeZone, identity } = kit.deps;
  const shown = await overview({ ...token, timeZone });
  const props = {
    ...shown,
    webhookTroubles: await webhookTroubles(token.store.db),
    accountNews: await accountNews(identity, visit.session),
  };
  return sendPage(exchange, homePage(await memberPage(exchange), props));
}

async function showPlugins(exchange: MemberExchange) {
  const { version, pluginTables } = exchange.kit.deps;
  const props = { version, hasPlugin: pluginTables.clients };
  return sendPage(exchange, pluginsPage(await memberPage(exchange), props));
}

async function sendSwitch(exchange: MemberExchange, props: PluginConfirmProps) {
  return sendPage(exchange, pluginConfirmPage(await memberPage(exchange), props));
}

async function turn(exchange: MemberExchange, on: boolean) {
  const { deps, paths } = exchange.kit;
  await deps.apiSwitch.turn(on, actorOf(exchange));
  return redirectWith(exchange, paths.plugins, on ? 'apiEnabled' : 'apiDisabled');
}
