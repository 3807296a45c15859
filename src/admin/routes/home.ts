/** ホーム and プラグイン一覧. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { accountNews } from '../../flow/account-news.ts';
import { callsInDay } from '../../flow/api-use.ts';
import { overview } from '../../flow/overview.ts';
import type { Session } from '../../flow/session.ts';
import { EVERYBODY } from '../../store/api-use.ts';
import { webhookTroubles } from '../../webhook/trouble.ts';
import { homePage } from '../pages/home.tsx';
import { pluginConfirmPage, pluginsPage } from '../pages/plugins.tsx';
import { redirectWith, sendPage } from '../replies.ts';
import type { AdminKit, Visit } from '../visit.ts';
import { actorOf, membersOnly } from './scope.ts';

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
    membersOnly(kit, async (visit, request, reply) => {
      await kit.deps.apiSwitch.turn(action === 'enable', actorOf(visit.session, request));
      const message = action === 'enable' ? 'apiEnabled' : 'apiDisabled';
      return redirectWith(reply, kit.paths.plugins, visit.https, message);
    }),
  );
}
