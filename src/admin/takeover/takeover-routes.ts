/** プラグインからの切り替え: shows how far it has come, takes over, gives back, completes. */
import { MissingRightError } from '../../database/rights.ts';
import { applyTakeover } from '../../takeover/apply.ts';
import { finishTakeover } from '../../takeover/finish.ts';
import { planTakeover, type TakeoverPlan } from '../../takeover/plan.ts';
import { takeoverStatus } from '../../takeover/status.ts';
import { planUndo, type Undone, undoTakeover } from '../../takeover/undo.ts';
import { askOf } from '../account/step-up.ts';
import type { Asker } from '../demands.ts';
import { actorOf, type Handler, type MemberExchange, memberPage } from '../exchange.ts';
import type { PageRoutes } from '../page-routes.ts';
import { redirectTo, redirectWith, sendPage } from '../replies.ts';
import { takeoverPage } from './takeover.tsx';
import { type StepAsked, takeoverApplyPage, takeoverFinishPage, takeoverUndoPage } from './takeover-asks.tsx';

/** Who leaves something out does it knowingly, at the command line. */
const WISH = { allowRefused: false, withoutKey: false };

/** Where there is nothing to give back, the password that is due is asked for all the same. */
const NOTHING: Undone = { clients: [], webhooks: [], ownRefreshTokens: 0 };

/** Shows the page that asks. */
type Asking = (exchange: MemberExchange, asked: StepAsked) => Promise<unknown>;

export function takeoverRoutes({ page, act }: PageRoutes): void {
  page('takeover', show);
  page('takeoverApply', (exchange) => askApply(exchange, { ask: askOf(exchange) }));
  act('takeover.apply', 'takeoverApply', tried(apply, askApply), { ask: passwordFor(askApply) });
  page('takeoverUndo', (exchange) => askUndo(exchange, { ask: askOf(exchange) }));
  act('takeover.undo', 'takeoverUndo', tried(undo, askUndo), { ask: passwordFor(askUndo) });
  page('takeoverFinish', (exchange) => askFinish(exchange, { ask: askOf(exchange) }));
  act('takeover.finish', 'takeoverFinish', tried(finish, askFinish), { ask: passwordFor(askFinish) });
}

const passwordFor =
  (asking: Asking): Asker =>
  (exchange, ask) =>
    asking(exchange, { ask });

/** Asks again, with what has to be granted, where the database user lacks a right; nothing has happened then. */
const tried =
  (work: Handler<MemberExchange>, asking: Asking): Handler<MemberExchange> =>
  async (exchange) => {
    try {
      return await work(exchange);
    } catch (error) {
      if (!(error instanceof MissingRightError)) throw error;
      exchange.request.log.error({ err: error }, 'the database user lacks a right');
      exchange.reply.code(409);
      return asking(exchange, { lacks: error.message });
    }
  };

const planOf = ({ kit: { deps } }: MemberExchange): Promise<TakeoverPlan> =>
  planTakeover(deps.takeover, deps.pluginKeys(), WISH);

async function show(exchange: MemberExchange) {
  const status = await takeoverStatus(exchange.kit.deps.takeover);
  const plan = status.state === 'finished' ? undefined : await planOf(exchange);
  return sendPage(exchange, takeoverPage(await memberPage(exchange), { status, plan }));
}

async function askApply(exchange: MemberExchange, asked: StepAsked) {
  const plan = await planOf(exchange);
  if (plan.blockers.length > 0 && asked.ask === undefined)
    return redirectTo(exchange, exchange.kit.paths.takeover);
  return sendPage(exchange, takeoverApplyPage(await memberPage(exchange), plan, asked));
}

async function apply(exchange: MemberExchange) {
  const { deps, paths } = exchange.kit;
  const result = await applyTakeover(deps.takeover, deps.pluginKeys(), WISH, actorOf(exchange));
  if (!result.ok) return redirectWith(exchange, paths.takeover, 'takeoverNotDone');
  return result.isNew
    ? redirectWith(exchange, paths.takeover, 'takeoverApplied')
    : redirectWith(exchange, paths.takeover, 'takeoverAppliedBefore', result.webhooks);
}

async function askUndo(exchange: MemberExchange, asked: StepAsked) {
  const { deps, paths } = exchange.kit;
  const plan = await planUndo(deps.takeover);
  if (!plan.ok && asked.ask === undefined) return redirectTo(exchange, paths.takeover);
  const undone = plan.ok ? plan : NOTHING;
  return sendPage(exchange, takeoverUndoPage(await memberPage(exchange), undone, asked));
}

async function undo(exchange: MemberExchange) {
  const { deps, paths } = exchange.kit;
  const result = await undoTakeover(deps.takeover, actorOf(exchange));
  return redirectWith(exchange, paths.takeover, result.ok ? 'takeoverUndone' : 'takeoverNotDone');
}

async function askFinish(exchange: MemberExchange, asked: StepAsked) {
  const { deps, paths } = exchange.kit;
  const status = await takeoverStatus(deps.takeover);
  const mayFinish = status.state === 'open' || status.state === 'returned';
  if (!mayFinish && asked.ask === undefined) return redirectTo(exchange, paths.takeover);
  return sendPage(exchange, takeoverFinishPage(await memberPage(exchange), status, asked));
}

async function finish(exchange: MemberExchange) {
  const { deps, paths } = exchange.kit;
  const result = await finishTakeover(deps.takeover, actorOf(exchange));
  return redirectWith(exchange, paths.takeover, result.ok ? 'takeoverFinished' : 'takeoverNotDone');
}
