/** The second step of a login: a code of the authenticator, or taking one on where the shop demands it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { finishEnrolment, offerEnrolment } from '../../staff/enrolment.ts';
import type { FactorRefused } from '../../staff/factor.ts';
import { owedStep, takeSecondStep } from '../../staff/second-step.ts';
import { codesAtLoginPage } from '../account/recovery-codes.tsx';
import { act } from '../demands.ts';
import { formOf } from '../form.ts';
import { open } from '../guards.ts';
import { mustWait, redirectTo, redirectWith, sendPage } from '../replies.ts';
import { originOf, queryOf } from '../request.ts';
import { type AdminKit, enter, type Visit } from '../visit.ts';
import { enrolAtLoginPage } from './enrolment.tsx';
import type { FactorProblem } from './factor-field.tsx';
import { secondStepPage } from './second-step.tsx';
import { goOn, placeAfterLogin, waitingRequest, withRequest } from './waiting-request.ts';

export function secondStepRoutes(app: FastifyInstance, kit: AdminKit): void {
  const { paths } = kit;
  app.get(
    paths.secondStep,
    open(kit, (visit, request, reply) => showCode(kit, visit, request, reply)),
  );
  app.post(
    paths.secondStep,
    act('login.secondStep'),
    open(kit, (visit, request, reply) => submitCode(kit, visit, request, reply)),
  );
  app.get(
    paths.enrolment,
    open(kit, (visit, request, reply) => showEnrolment(kit, visit, request, reply)),
  );
  app.post(
    paths.enrolment,
    act('login.enrol'),
    open(kit, (visit, request, reply) => submitEnrolment(kit, visit, request, reply)),
  );
}

async function showCode(kit: AdminKit, visit: Visit, request: FastifyRequest, reply: FastifyReply) {
  const waiting = queryOf(request).get('request') ?? '';
  const owed = await owedStep(kit.deps.identity, visit.sessionToken);
  if (owed === 'enrolment') return redirectTo(reply, withRequest(kit.paths.enrolment, waiting));
  if (owed !== 'code') return beginAnew(kit, visit, reply, waiting);
  return renderCode(kit, visit, reply, waiting, undefined);
}

async function submitCode(kit: AdminKit, visit: Visit, request: FastifyRequest, reply: FastifyReply) {
  const form = formOf(request);
  const waiting = form.text('request');
  const { sessionToken } = visit;
  const step = { ...originOf(request), sessionToken, code: form.text('code') };
  const result = await takeSecondStep(kit.deps.identity, step);
  if (result.kind === 'expired') return beginAnew(kit, visit, reply, waiting);
  if (result.kind !== 'ok') return renderCode(kit, visit, reply, waiting, problemOf(reply, result));
  return goOn(kit, enter(kit, visit, reply, result), reply, waiting);
}

async function renderCode(
  kit: AdminKit,
  visit: Visit,
  reply: FastifyReply,
  waiting: string,
  problem: FactorProblem | undefined,
) {
  const request = await waitingRequest(kit, visit, waiting);
  return sendPage(reply, secondStepPage(await visit.page(), { problem, request }));
}

async function showEnrolment(kit: AdminKit, visit: Visit, request: FastifyRequest, reply: FastifyReply) {
  const waiting = queryOf(request).get('request') ?? '';
  return renderEnrolment(kit, visit, reply, waiting, undefined);
}

/** Only for a login that owes it; who is logged in already enrols from 2段階認証 設定. */
async function renderEnrolment(
  kit: AdminKit,
  visit: Visit,
  reply: FastifyReply,
  waiting: string,
  problem: FactorProblem | undefined,
) {
  if ((await owedStep(kit.deps.identity, visit.sessionToken)) !== 'enrolment') {
    return beginAnew(kit, visit, reply, waiting);
  }
  const page = await visit.page();
  const offer = await offerEnrolment(kit.deps.identity, visit.sessionToken, page.shopName);
  if (offer.kind !== 'offer') return beginAnew(kit, visit, reply, waiting);
  const request = await waitingRequest(kit, visit, waiting);
  return sendPage(reply, enrolAtLoginPage(page, { offer, problem, request }));
}

async function submitEnrolment(kit: AdminKit, visit: Visit, request: FastifyRequest, reply: FastifyReply) {
  const form = formOf(request);
  const waiting = form.text('request');
  const { sessionToken } = visit;
  if ((await owedStep(kit.deps.identity, sessionToken)) !== 'enrolment') {
    return beginAnew(kit, visit, reply, waiting);
  }
  const step = { ...originOf(request), sessionToken, code: form.text('code') };
  const result = await finishEnrolment(kit.deps.identity, step);
  switch (result.kind) {
    case 'ok': {
      const inside = enter(kit, visit, reply, result);
      const props = { codes: result.recoveryCodes, next: await placeAfterLogin(kit, inside, waiting) };
      return sendPage(reply, codesAtLoginPage(await inside.page(), props));
    }
    case 'wrong':
    case 'malformed':
    case 'locked':
      return renderEnrolment(kit, visit, reply, waiting, problemOf(reply, result));
    default:
      return beginAnew(kit, visit, reply, waiting);
  }
}

/** The ten minutes between the steps are over, or there never was a first one. */
async function beginAnew(kit: AdminKit, visit: Visit, reply: FastifyReply, waiting: string) {
  if (visit.session) return goOn(kit, visit, reply, waiting);
  return redirectWith(reply, withRequest(kit.paths.login, waiting), visit.https, 'loginExpired');
}

export function problemOf(reply: FastifyReply, refused: FactorRefused): FactorProblem {
  if (refused.kind !== 'locked') return refused.kind;
  mustWait(reply, refused.minutes * 60);
  return { throttledMinutes: refused.minutes };
}
