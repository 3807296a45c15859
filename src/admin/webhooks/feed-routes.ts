/** 変更フィード: its state; installing and removing it, asked first. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { triggerHindrance } from '../../database/rights.ts';
import { feedStatus } from '../../feed/store/triggers.ts';
import { installFeedByStaff, removeFeedByStaff } from '../../webhook/feed-switch.ts';
import { countDeliveries } from '../../webhook/store/delivery-log.ts';
import { countEnabledWebhooks } from '../../webhook/store/webhooks.ts';
import { act } from '../demands.ts';
import { actorOf, apiMembersOnly } from '../guards.ts';
import { redirectWith, sendPage } from '../replies.ts';
import type { AdminKit, MemberVisit } from '../visit.ts';
import { feedConfirmPage, feedPage } from './feed-page.tsx';

type Action = 'install' | 'remove';

const MESSAGE_CHARACTERS = 500; // of what a database says

export function feedRoutes(app: FastifyInstance, kit: AdminKit): void {
  const { paths, deps } = kit;
  app.get(
    paths.feed,
    apiMembersOnly(kit, async (visit, _request, reply) => {
      const { store, feedSources } = deps.webhooks;
      const status = await feedStatus(store, feedSources);
      const props = {
        status,
        hindrance: status.state === 'installed' ? undefined : await triggerHindrance(store),
        deliveries: await countDeliveries(store.db),
      };
      return sendPage(reply, feedPage(await visit.admin(visit.session), props));
    }),
  );
  changeRoutes(app, kit, 'install', paths.feedInstall);
  changeRoutes(app, kit, 'remove', paths.feedRemove);
}

function changeRoutes(app: FastifyInstance, kit: AdminKit, action: Action, path: string): void {
  app.get(
    path,
    apiMembersOnly(kit, (visit, _request, reply) => ask(kit, visit, reply, action)),
  );
  app.post(
    path,
    act(`feed.${action}`),
    apiMembersOnly(kit, (visit, request, reply) => change(kit, visit, request, reply, action)),
  );
}

async function ask(
  { deps }: AdminKit,
  visit: MemberVisit,
  reply: FastifyReply,
  action: Action,
  problem?: string,
) {
  const served = await countEnabledWebhooks(deps.webhooks.store.db);
  const props = { action, served, ...(problem !== undefined && { problem }) };
  const status = problem === undefined ? 200 : 409;
  return sendPage(reply, feedConfirmPage(await visit.admin(visit.session), props), { status });
}

/** A shop's database may forbid triggers to this user; staff read why. */
async function change(
  kit: AdminKit,
  visit: MemberVisit,
  request: FastifyRequest,
  reply: FastifyReply,
  action: Action,
) {
  const { deps, paths } = kit;
  const actor = actorOf(visit.session, request);
  const installing = action === 'install';
  try {
    await (installing ? installFeedByStaff(deps.webhooks, actor) : removeFeedByStaff(deps.webhooks, actor));
  } catch (error) {
    request.log.error({ err: error }, 'the change feed could not be changed');
    const said = error instanceof Error ? error.message.slice(0, MESSAGE_CHARACTERS) : '';
    return ask(kit, visit, reply, action, said);
  }
  return redirectWith(reply, paths.feed, visit.https, installing ? 'feedInstalled' : 'feedRemoved');
}
