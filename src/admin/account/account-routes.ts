/** The member's own account: パスワード変更, ログイン中の端末. */
import { changeOwnPassword } from '../../staff/own-password.ts';
import { endOtherSessions, endOwnSession, sessionsOf } from '../../staff/session.ts';
import { enter, type MemberExchange, memberPage } from '../exchange.ts';
import { type Form, formOf } from '../form.ts';
import { PageError } from '../page-error.ts';
import type { PageRoutes } from '../page-routes.ts';
import { mustWait, redirectTo, redirectWith, sendPage } from '../replies.ts';
import { browserOriginOf } from '../request.ts';
import { type PasswordProps, passwordPage } from './password.tsx';
import { endSessionsPage, sessionsPage } from './sessions.tsx';

export function accountRoutes({ page, act, kit: { paths } }: PageRoutes): void {
  page('password', (exchange) => showPassword(exchange, { errors: {}, endGrants: false }));
  act('password.change', 'password', changePassword);
  page('sessions', showSessions);
  act('session.end', 'sessions', endOne, { at: paths.sessionEnd });
  page('sessionsEndOthers', askEndOthers);
  act('session.end', 'sessionsEndOthers', endOthers);
}

async function askEndOthers(exchange: MemberExchange) {
  const { kit, visit } = exchange;
  const others = (await sessionsOf(kit.deps.identity, visit.session)).length - 1;
  if (others < 1) return redirectTo(exchange, kit.paths.sessions);
  return sendPage(exchange, endSessionsPage(await memberPage(exchange), { others }));
}

async function showPassword(exchange: MemberExchange, props: PasswordProps) {
  const failed = Object.keys(props.errors).length > 0;
  const status = failed ? 422 : undefined;
  return sendPage(exchange, passwordPage(await memberPage(exchange), props), { status });
}

async function changePassword(exchange: MemberExchange) {
  const { kit } = exchange;
  const form = formOf(exchange);
  const endGrants = form.text('end_grants') === '1';
  const fail = (props: Omit<PasswordProps, 'endGrants'>) => showPassword(exchange, { ...props, endGrants });
  if (form.text('next') !== form.text('again')) return fail({ errors: { again: 'different' } });
  const result = await change(exchange, form, endGrants);
  switch (result.kind) {
    case 'refused':
      return fail({ errors: { next: result.reason } });
    case 'wrong':
      return fail({ errors: { current: 'wrong' } });
    case 'locked':
      mustWait(exchange, result.minutes * 60);
      return fail({ errors: {}, throttledMinutes: result.minutes });
    case 'expired':
      throw new PageError('login_required', 401);
    case 'changed':
      enter(exchange, result);
      return redirectWith(exchange, kit.paths.home, 'passwordChanged', result.grantsRevoked);
  }
}

function change(exchange: MemberExchange, form: Form, endGrants: boolean) {
  const { kit, visit } = exchange;
  const { forgetTokens } = kit.deps.clients;
  const wish = { current: form.text('current'), next: form.text('next'), endGrants };
  return changeOwnPassword(
    { ...kit.deps.identity, forgetTokens },
    visit.session,
    wish,
    browserOriginOf(exchange),
  );
}

async function showSessions(exchange: MemberExchange) {
  const { kit, visit } = exchange;
  const { session } = visit;
  const sessions = await sessionsOf(kit.deps.identity, session);
  const page = await visit.admin(session);
  return sendPage(exchange, sessionsPage(page, { sessions, current: session.sessionHash }));
}

async function endOne(exchange: MemberExchange) {
  const { kit, visit } = exchange;
  const sessionHash = formOf(exchange).text('session');
  const ended = await endOwnSession(kit.deps.identity, visit.session, sessionHash, browserOriginOf(exchange));
  return redirectWith(exchange, kit.paths.sessions, ended ? 'sessionEnded' : 'alreadyDeleted');
}

async function endOthers(exchange: MemberExchange) {
  const { kit, visit } = exchange;
  const count = await endOtherSessions(kit.deps.identity, visit.session, browserOriginOf(exchange));
  return redirectWith(exchange, kit.paths.sessions, 'sessionsEnded', count);
}
