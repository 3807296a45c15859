/** The member's own account: パスワード変更, ログイン中の端末. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { changeOwnPassword } from '../../staff/own-password.ts';
import { endOtherSessions, endOwnSession, sessionsOf } from '../../staff/session.ts';
import { act } from '../demands.ts';
import { type Form, formOf } from '../form.ts';
import { membersOnly } from '../guards.ts';
import { PageError } from '../page-error.ts';
import { mustWait, redirectTo, redirectWith, sendPage } from '../replies.ts';
import { originOf } from '../request.ts';
import { type AdminKit, enter, type MemberVisit } from '../visit.ts';
import { type PasswordProps, passwordPage } from './password.tsx';
import { endSessionsPage, sessionsPage } from './sessions.tsx';

export function accountRoutes(app: FastifyInstance, kit: AdminKit): void {
  const { paths } = kit;
  app.get(
    paths.password,
    membersOnly(kit, (visit, _request, reply) =>
      showPassword(visit, reply, { errors: {}, endGrants: false }),
    ),
  );
  app.post(
    paths.password,
    act('password.change'),
    membersOnly(kit, (visit, request, reply) => changePassword(kit, visit, request, reply)),
  );
  app.get(
    paths.sessions,
    membersOnly(kit, (visit, _request, reply) => showSessions(kit, visit, reply)),
  );
  app.post(
    paths.sessionEnd,
    act('session.end'),
    membersOnly(kit, (visit, request, reply) => endOne(kit, visit, request, reply)),
  );
  app.get(
    paths.sessionsEndOthers,
    membersOnly(kit, (visit, _request, reply) => askEndOthers(kit, visit, reply)),
  );
  app.post(
    paths.sessionsEndOthers,
    act('session.end'),
    membersOnly(kit, (visit, request, reply) => endOthers(kit, visit, request, reply)),
  );
}

async function askEndOthers(kit: AdminKit, visit: MemberVisit, reply: FastifyReply) {
  const others = (await sessionsOf(kit.deps.identity, visit.session)).length - 1;
  if (others < 1) return redirectTo(reply, kit.paths.sessions);
  return sendPage(reply, endSessionsPage(await visit.admin(visit.session), { others }));
}

async function showPassword(visit: MemberVisit, reply: FastifyReply, props: PasswordProps) {
  const failed = Object.keys(props.errors).length > 0;
  const status = failed ? 422 : undefined;
  return sendPage(reply, passwordPage(await visit.admin(visit.session), props), { status });
}

async function changePassword(
  kit: AdminKit,
  visit: MemberVisit,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const form = formOf(request);
  const endGrants = form.text('end_grants') === '1';
  const fail = (props: Omit<PasswordProps, 'endGrants'>) =>
    showPassword(visit, reply, { ...props, endGrants });
  if (form.text('next') !== form.text('again')) return fail({ errors: { again: 'different' } });
  const result = await change(kit, visit, form, endGrants, request);
  switch (result.kind) {
    case 'refused':
      return fail({ errors: { next: result.reason } });
    case 'wrong':
      return fail({ errors: { current: 'wrong' } });
    case 'locked':
      mustWait(reply, result.minutes * 60);
      return fail({ errors: {}, throttledMinutes: result.minutes });
    case 'expired':
      throw new PageError('login_required', 401);
    case 'changed':
      enter(kit, visit, reply, result);
      return redirectWith(reply, kit.paths.home, visit.https, 'passwordChanged', result.grantsRevoked);
  }
}

function change(kit: AdminKit, visit: MemberVisit, form: Form, endGrants: boolean, request: FastifyRequest) {
  const { forgetTokens } = kit.deps.clients;
  const wish = { current: form.text('current'), next: form.text('next'), endGrants };
  return changeOwnPassword({ ...kit.deps.identity, forgetTokens }, visit.session, wish, originOf(request));
}

async function showSessions(kit: AdminKit, visit: MemberVisit, reply: FastifyReply) {
  const { session } = visit;
  const sessions = await sessionsOf(kit.deps.identity, session);
  const page = await visit.admin(session);
  return sendPage(reply, sessionsPage(page, { sessions, current: session.sessionHash }));
}

async function endOne(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const sessionHash = formOf(request).text('session');
  const ended = await endOwnSession(kit.deps.identity, visit.session, sessionHash, originOf(request));
  return redirectWith(reply, kit.paths.sessions, visit.https, ended ? 'sessionEnded' : 'alreadyDeleted');
}

async function endOthers(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const count = await endOtherSessions(kit.deps.identity, visit.session, originOf(request));
  return redirectWith(reply, kit.paths.sessions, visit.https, 'sessionsEnded', count);
}
