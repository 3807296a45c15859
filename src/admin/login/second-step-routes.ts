/** The second step of a login: a code of the authenticator, or taking one on where the shop demands it. */
import { finishEnrolment, offerEnrolment } from '../../staff/enrolment.ts';
import type { FactorRefused } from '../../staff/factor.ts';
import { owedStep, takeSecondStep } from '../../staff/second-step.ts';
import { codesAtLoginPage } from '../account/recovery-codes.tsx';
import { type Exchange, enter } from '../exchange.ts';
import { formOf } from '../form.ts';
import type { PageRoutes } from '../page-routes.ts';
import { mustWait, redirectTo, redirectWith, sendPage } from '../replies.ts';
import { browserOriginOf, queryOf } from '../request.ts';
import { enrolAtLoginPage } from './enrolment.tsx';
import type { FactorProblem } from './factor-field.tsx';
import { secondStepPage } from './second-step.tsx';
import { goOn, placeAfterLogin, waitingRequest, withRequest } from './waiting-request.ts';

export function secondStepRoutes({ page, act }: PageRoutes): void {
  page('secondStep', showCode);
  act('login.secondStep', 'secondStep', submitCode);
  page('enrolment', showEnrolment);
  act('login.enrol', 'enrolment', submitEnrolment);
}

async function showCode(exchange: Exchange) {
  const { kit, visit } = exchange;
  const waiting = queryOf(exchange).get('request') ?? '';
  const owed = await owedStep(kit.deps.identity, visit.sessionToken);
  if (owed === 'enrolment') return redirectTo(exchange, withRequest(kit.paths.enrolment, waiting));
  if (owed !== 'code') return beginAgain(exchange, waiting);
  return renderCode(exchange, waiting, undefined);
}

async function submitCode(exchange: Exchange) {
  const { kit, visit } = exchange;
  const form = formOf(exchange);
  const waiting = form.text('request');
  const { sessionToken } = visit;
  const step = { ...browserOriginOf(exchange), sessionToken, code: form.text('code') };
  const result = await takeSecondStep(kit.deps.identity, step);
  if (result.kind === 'expired') return beginAgain(exchange, waiting);
  if (result.kind !== 'ok') return renderCode(exchange, waiting, problemOf(exchange, result));
  return goOn(enter(exchange, result), waiting);
}

async function renderCode(exchange: Exchange, waiting: string, problem: FactorProblem | undefined) {
  const { visit } = exchange;
  const request = await waitingRequest(exchange, waiting);
  return sendPage(exchange, secondStepPage(await visit.page(), { problem, request }));
}

async function showEnrolment(exchange: Exchange) {
  const waiting = queryOf(exchange).get('request') ?? '';
  return renderEnrolment(exchange, waiting, undefined);
}

/** Only for a login that owes it; who is logged in already enrols from 2段階認証 設定. */
async function renderEnrolment(exchange: Exchange, waiting: string, problem: FactorProblem | undefined) {
  const { kit, visit } = exchange;
  if ((await owedStep(kit.deps.identity, visit.sessionToken)) !== 'enrolment') {
    return beginAgain(exchange, waiting);
  }
  const page = await visit.page();
  const offer = await offerEnrolment(kit.deps.identity, visit.sessionToken, page.shopName);
  if (offer.kind !== 'offer') return beginAgain(exchange, waiting);
  const request = await waitingRequest(exchange, waiting);
  return sendPage(exchange, enrolAtLoginPage(page, { offer, problem, request }));
}

async function submitEnrolment(exchange: Exchange) {
  const { kit, visit } = exchange;
  const form = formOf(exchange);
  const waiting = form.text('request');
  const { sessionToken } = visit;
  if ((await owedStep(kit.deps.identity, sessionToken)) !== 'enrolment') {
    return beginAgain(exchange, waiting);
  }
  const step = { ...browserOriginOf(exchange), sessionToken, code: form.text('code') };
  const result = await finishEnrolment(kit.deps.identity, step);
  switch (result.kind) {
    case 'ok': {
      const inside = enter(exchange, result);
      const props = { codes: result.recoveryCodes, next: await placeAfterLogin(inside, waiting) };
      return sendPage(exchange, codesAtLoginPage(await inside.visit.page(), props));
    }
    case 'wrong':
    case 'malformed':
    case 'locked':
      return renderEnrolment(exchange, waiting, problemOf(exchange, result));
    default:
      return beginAgain(exchange, waiting);
  }
}

/** The ten minutes between the steps are over, or there never was a first one. */
async function beginAgain(exchange: Exchange, waiting: string) {
  const { kit, visit } = exchange;
  if (visit.session) return goOn(exchange, waiting);
  return redirectWith(exchange, withRequest(kit.paths.login, waiting), 'loginExpired');
}

export function problemOf(exchange: Exchange, refused: FactorRefused): FactorProblem {
  if (refused.kind !== 'locked') return refused.kind;
  mustWait(exchange, refused.minutes * 60);
  return { throttledMinutes: refused.minutes };
}
