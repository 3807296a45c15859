/** 2段階認証 設定: set it up, new recovery codes, remove it. Each after the password. */
import { finishEnrolment, offerEnrolment } from '../../staff/enrolment.ts';
import { recoveryCodesLeft, renewRecoveryCodes } from '../../staff/recovery-codes.ts';
import { removeFactor } from '../../staff/remove-factor.ts';
import type { Asker } from '../demands.ts';
import { enter, type MemberExchange, memberPage } from '../exchange.ts';
import { formOf } from '../form.ts';
import { enrolPage } from '../login/enrolment.tsx';
import type { FactorProblem } from '../login/factor-field.tsx';
import { problemOf } from '../login/second-step-routes.ts';
import type { PageRoutes } from '../page-routes.ts';
import { redirectTo, redirectWith, sendPage } from '../replies.ts';
import { browserOriginOf } from '../request.ts';
import { type AskPassword, confirmPage } from '../ui/password-again.tsx';
import { codesPage } from './recovery-codes.tsx';
import { askOf } from './step-up.ts';
import { newCodesPage, noTwoFactorPage, twoFactorPage } from './two-factor.tsx';

export function twoFactorRoutes({ page, act, kit: { paths } }: PageRoutes): void {
  const ask: Asker = (exchange, password) => show(exchange, { ask: password });
  page('twoFactor', show);
  act('factor.enrol', 'twoFactor', enrol, { ask });
  page('newRecoveryCodes', (exchange) => askNewCodes(exchange, askOf(exchange)));
  act('factor.recoveryCodes', 'newRecoveryCodes', newCodes, { ask: askNewCodes });
  act('factor.remove', 'twoFactor', remove, { at: paths.twoFactorRemove, ask });
}

type Shown = { problem?: FactorProblem; ask?: AskPassword };

async function show(exchange: MemberExchange, shown: Shown = {}) {
  const { kit, visit } = exchange;
  const page = await memberPage(exchange);
  const { problem } = shown;
  if (visit.session.member.twoFactor.enrolled) {
    const codesLeft = await recoveryCodesLeft(kit.deps.identity, visit.session);
    const ask = shown.ask ?? askOf(exchange);
    return sendPage(exchange, twoFactorPage(page, { codesLeft, ask, problem }));
  }
  const offer = await offerEnrolment(kit.deps.identity, visit.sessionToken, page.shopName);
  switch (offer.kind) {
    case 'offer':
      return sendPage(exchange, enrolPage(page, { offer, problem }));
    case 'unconfirmed': {
      const props = { title: page.messages.twoFactor.title, action: kit.paths.twoFactor };
      return sendPage(exchange, confirmPage(page, { ...props, ask: shown.ask ?? {} }));
    }
    case 'unavailable':
      return sendPage(exchange, noTwoFactorPage(page));
    // Enrolled or logged out in another window meanwhile.
    case 'enrolled':
    case 'expired':
      return redirectTo(exchange, kit.paths.home);
  }
}

/** The password first, then the code: two forms that post to one place. */
async function enrol(exchange: MemberExchange) {
  const { kit, visit } = exchange;
  const { sessionToken } = visit;
  const code = formOf(exchange).text('code');
  if (code === '') return redirectTo(exchange, kit.paths.twoFactor);
  const result = await finishEnrolment(kit.deps.identity, {
    ...browserOriginOf(exchange),
    sessionToken,
    code,
  });
  switch (result.kind) {
    case 'ok': {
      const inside = enter(exchange, result);
      const props = { codes: result.recoveryCodes, next: kit.paths.twoFactor };
      return sendPage(exchange, codesPage(await memberPage(inside), props));
    }
    case 'wrong':
    case 'malformed':
    case 'locked':
      return show(exchange, { problem: problemOf(exchange, result) });
    default:
      return redirectTo(exchange, kit.paths.twoFactor);
  }
}

async function askNewCodes(exchange: MemberExchange, ask: AskPassword | undefined) {
  const { kit, visit } = exchange;
  if (!visit.session.member.twoFactor.enrolled) return redirectTo(exchange, kit.paths.twoFactor);
  const codesLeft = await recoveryCodesLeft(kit.deps.identity, visit.session);
  return sendPage(exchange, newCodesPage(await memberPage(exchange), { codesLeft, ask }));
}

async function newCodes(exchange: MemberExchange) {
  const { kit, visit } = exchange;
  const result = await renewRecoveryCodes(kit.deps.identity, visit.session, browserOriginOf(exchange));
  if (result.kind !== 'ok') return redirectTo(exchange, kit.paths.twoFactor);
  const props = { codes: result.recoveryCodes, next: kit.paths.twoFactor };
  return sendPage(exchange, codesPage(await memberPage(exchange), props));
}

async function remove(exchange: MemberExchange) {
  const { kit, visit } = exchange;
  const code = formOf(exchange).text('code');
  const result = await removeFactor(kit.deps.identity, visit.session, code, browserOriginOf(exchange));
  switch (result.kind) {
    case 'removed':
      return redirectWith(exchange, kit.paths.home, 'factorRemoved');
    case 'wrong':
    case 'malformed':
    case 'locked':
      return show(exchange, { problem: problemOf(exchange, result) });
    default:
      return redirectTo(exchange, kit.paths.twoFactor);
  }
}
