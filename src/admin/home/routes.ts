/** ホーム and プラグイン一覧. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { callsInDay } from '../../oauth/api-use.ts';
import { overview } from '../../oauth/overview.ts';
import { EVERYBODY } from '../../oauth/store/api-use.ts';
import { accountNews } from '../../staff/account-news.ts';
import type { Session } from '../../staff/session.ts';
import { webhookTroubles } from '../../webhook/trouble.ts';
import { act } from '../demands.ts';
import { actorOf, membersOnly } from '../guards.ts';
import { redirectWith, sendPage } from '../replies.ts';
import type { AdminKit, Visit } from '../visit.ts';
import { homePage } from './home.tsx';
import { pluginConfirmPage, pluginsPage } from './plugins.tsx';

type MemberVisit = Visit & { readonly session: Session };

export function homeRoutes(app: FastifyInstance, kit: AdminKit): void {
  const { paths, deps } = kit;
  app.get(
    paths.home,
    membersOnly(kit, (visit, _request, reply) => showHome(kit, visit, reply)),
  );
  app.get(
    paths.plugins,
    membersOnly(kit, async (visit, _request, reply) =>
      sendPage(reply, pluginsPage(await visit.admin(visit.session), { version: deps.version })),
    ),
  );
  switchRoutes(app, kit, 'enable', paths.pluginEnable);
  switchRoutes(app, kit, 'disable', paths.pluginDisable);
}

async function showHome(kit: AdminKit, visit: MemberVisit, reply: FastifyReply) {
  const { token, timeZone, identity } = kit.deps;
  const shown = await overview({ ...token, timeZone });
  const props = {
    ...shown,
    webhookTroubles: await webhookTroubles(token.store.db),
    accountNews: await accountNews(identity, visit.session),
  };
  return sendPage(reply, homePage(await visit.admin(visit.session), props));
}

function switchRoutes(app: FastifyInstance, kit: AdminKit, action: 'enable' | 'disable', path: string): void {
  app.get(
    path,
    membersOnly(kit, async (visit, _request, reply) => {
      const calls = action === 'disable' ? await callsInDay(kit.deps.token, EVERYBODY) : undefined;
      const props = { action, ...(calls !== undefined && { callsInDay: calls }) };
      return sendPage(reply, pluginConfirmPage(await visit.admin(visit.session), props));
    }),
  );
  app.post(
    path,
    act(`api.${action}`),
    membersOnly(kit, async (visit, request, reply) => {
      await kit.deps.apiSwitch.turn(action === 'enable', actorOf(visit.session, request));
      const message = action === 'enable' ? 'apiEnabled' : 'apiDisabled';
      return redirectWith(reply, kit.paths.plugins, visit.https, message);
    }),
  );
}
