/** 2段階認証 設定: set it up, new recovery codes, remove it. Each after the password. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { finishEnrolment, offerEnrolment } from '../../staff/enrolment.ts';
import { recoveryCodesLeft, renewRecoveryCodes } from '../../staff/recovery-codes.ts';
import { removeFactor } from '../../staff/remove-factor.ts';
import { act } from '../demands.ts';
import { formOf } from '../form.ts';
import { type MemberHandler, membersOnly } from '../guards.ts';
import { enrolPage } from '../login/enrolment.tsx';
import type { FactorProblem } from '../login/factor-field.tsx';
import { problemOf } from '../login/second-step-routes.ts';
import { redirectTo, redirectWith, sendPage } from '../replies.ts';
import { originOf } from '../request.ts';
import { type AskPassword, confirmPage } from '../ui/password-again.tsx';
import { type AdminKit, enter, type MemberVisit } from '../visit.ts';
import { codesPage } from './recovery-codes.tsx';
import { askOf } from './step-up.ts';
import { newCodesPage, noTwoFactorPage, twoFactorPage } from './two-factor.tsx';

export function twoFactorRoutes(app: FastifyInstance, kit: AdminKit): void {
  const { paths } = kit;
  const guarded = (handler: MemberHandler) =>
    membersOnly(kit, handler, (visit, _request, reply, ask) => show(kit, visit, reply, { ask }));
  app.get(
    paths.twoFactor,
    membersOnly(kit, (visit, _request, reply) => show(kit, visit, reply)),
  );
  app.post(
    paths.twoFactor,
    act('factor.enrol'),
    guarded((visit, request, reply) => enrol(kit, visit, request, reply)),
  );
  app.get(
    paths.recoveryCodes,
    membersOnly(kit, (visit, _request, reply) => askNewCodes(kit, visit, reply, askOf(kit, visit))),
  );
  app.post(
    paths.recoveryCodes,
    act('factor.recoveryCodes'),
    membersOnly(
      kit,
      (visit, request, reply) => newCodes(kit, visit, request, reply),
      (visit, _request, reply, ask) => askNewCodes(kit, visit, reply, ask),
    ),
  );
  app.post(
    paths.twoFactorRemove,
    act('factor.remove'),
    guarded((visit, request, reply) => remove(kit, visit, request, reply)),
  );
}

type Shown = { problem?: FactorProblem; ask?: AskPassword };

async function show(kit: AdminKit, visit: MemberVisit, reply: FastifyReply, shown: Shown = {}) {
  const page = await visit.admin(visit.session);
  const { problem } = shown;
  if (visit.session.member.twoFactor.enrolled) {
    const codesLeft = await recoveryCodesLeft(kit.deps.identity, visit.session);
    const ask = shown.ask ?? askOf(kit, visit);
    return sendPage(reply, twoFactorPage(page, { codesLeft, ask, problem }));
  }
  const offer = await offerEnrolment(kit.deps.identity, visit.sessionToken, page.shopName);
  switch (offer.kind) {
    case 'offer':
      return sendPage(reply, enrolPage(page, { offer, problem }));
    case 'unconfirmed': {
      const props = { title: page.messages.twoFactor.title, action: kit.paths.twoFactor };
      return sendPage(reply, confirmPage(page, { ...props, ask: shown.ask ?? {} }));
    }
    case 'unavailable':
      return sendPage(reply, noTwoFactorPage(page));
    // Enrolled or logged out in another window meanwhile.
    case 'enrolled':
    case 'expired':
      return redirectTo(reply, kit.paths.home);
  }
}

/** The password first, then the code: two forms that post to one place. */
async function enrol(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const { sessionToken } = visit;
  const code = formOf(request).text('code');
  if (code === '') return redirectTo(reply, kit.paths.twoFactor);
  const result = await finishEnrolment(kit.deps.identity, { ...originOf(request), sessionToken, code });
  switch (result.kind) {
    case 'ok': {
      const inside = enter(kit, visit, reply, result);
      const props = { codes: result.recoveryCodes, next: kit.paths.twoFactor };
      return sendPage(reply, codesPage(await inside.admin(inside.session), props));
    }
    case 'wrong':
    case 'malformed':
    case 'locked':
      return show(kit, visit, reply, { problem: problemOf(reply, result) });
    default:
      return redirectTo(reply, kit.paths.twoFactor);
  }
}

async function askNewCodes(
  kit: AdminKit,
  visit: MemberVisit,
  reply: FastifyReply,
  ask: AskPassword | undefined,
) {
  if (!visit.session.member.twoFactor.enrolled) return redirectTo(reply, kit.paths.twoFactor);
  const codesLeft = await recoveryCodesLeft(kit.deps.identity, visit.session);
  return sendPage(reply, newCodesPage(await visit.admin(visit.session), { codesLeft, ask }));
}

async function newCodes(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const result = await renewRecoveryCodes(kit.deps.identity, visit.session, originOf(request));
  if (result.kind !== 'ok') return redirectTo(reply, kit.paths.twoFactor);
  const props = { codes: result.recoveryCodes, next: kit.paths.twoFactor };
  return sendPage(reply, codesPage(await visit.admin(visit.session), props));
}

async function remove(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const code = formOf(request).text('code');
  const result = await removeFactor(kit.deps.identity, visit.session, code, originOf(request));
  switch (result.kind) {
    case 'removed':
      return redirectWith(reply, kit.paths.home, visit.https, 'factorRemoved');
    case 'wrong':
    case 'malformed':
    case 'locked':
      return show(kit, visit, reply, { problem: problemOf(reply, result) });
    default:
      return redirectTo(reply, kit.paths.twoFactor);
  }
}
