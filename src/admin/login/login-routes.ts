/** Login and logout, on their way to the page or the authorization request that was asked for. */
import { type LoginResult, logIn } from '../../staff/log-in.ts';
import { logOut } from '../../staff/session.ts';
import { clearCookie, setCookie } from '../cookies.ts';
import type { Exchange } from '../exchange.ts';
import { type Form, formOf } from '../form.ts';
import { PageError } from '../page-error.ts';
import type { PageRoutes } from '../page-routes.ts';
import { mustWait, redirectTo, redirectWith, sendPage } from '../replies.ts';
import { browserOriginOf, queryOf } from '../request.ts';
import { type LoginProps, loginPage } from './login.tsx';
import { goOn, placeAfterLogin, waitingRequest, withRequest } from './waiting-request.ts';

export function loginRoutes({ page, act }: PageRoutes): void {
  page('login', showLogin);
  act('login', 'login', submitLogin, { late: lateLogin });
  page('logout', leave);
  act('logout', 'logout', submitLogout);
}

/** The address of the logout, typed or bookmarked: it changes nothing. */
async function leave(exchange: Exchange) {
  const { kit, visit } = exchange;
  return redirectTo(exchange, visit.session ? kit.paths.home : kit.paths.login);
}

async function showLogin(exchange: Exchange) {
  const { visit } = exchange;
  const waiting = queryOf(exchange).get('request') ?? '';
  if (visit.session) return redirectTo(exchange, await placeAfterLogin(exchange, waiting));
  return render(exchange, waiting, { loginId: '', flash: visit.flash });
}

async function submitLogin(exchange: Exchange) {
  const { kit, visit, reply } = exchange;
  const form = formOf(exchange);
  const waiting = form.text('request');
  const result = await logIn(kit.deps.identity, {
    ...browserOriginOf(exchange),
    loginId: form.text('login_id'),
    password: form.text('password'),
    previousSessionToken: visit.sessionToken,
  });
  if (result.kind === 'wrong' || result.kind === 'locked') return refuse(exchange, form, result);
  reply.header('set-cookie', setCookie('session', result.sessionToken, visit.jar));
  if (result.kind === 'ok') return goOn(exchange, waiting);
  const next = result.awaits === 'code' ? kit.paths.secondStep : kit.paths.enrolment;
  return redirectTo(exchange, withRequest(next, waiting));
}

/** A login page that was left open during a login in another tab of this browser. */
async function lateLogin(exchange: Exchange) {
  const { visit } = exchange;
  if (!visit.session) throw new PageError('csrf', 403);
  return goOn(exchange, formOf(exchange).text('request'));
}

async function refuse(exchange: Exchange, form: Form, result: LoginResult & { kind: 'wrong' | 'locked' }) {
  if (result.kind === 'locked') mustWait(exchange, result.minutes * 60);
  const problem = result.kind === 'locked' ? { throttledMinutes: result.minutes } : 'failed';
  const props = { loginId: form.text('login_id').slice(0, 255), problem } as const;
  return render(exchange, form.text('request'), props);
}

async function render(exchange: Exchange, waiting: string, props: LoginProps) {
  const { kit, visit } = exchange;
  const request = await waitingRequest(exchange, waiting);
  const signOn = kit.deps.signOn && withRequest(kit.paths.link, request?.id ?? '');
  return sendPage(exchange, loginPage(await visit.page(), { ...props, request, signOn }));
}

/** “Not you?” on the consent page logs out and keeps the request that waits. */
async function submitLogout(exchange: Exchange) {
  const { kit, visit, reply } = exchange;
  await logOut(kit.deps.identity, visit.sessionToken, browserOriginOf(exchange));
  reply.header('set-cookie', clearCookie('session', visit.jar));
  const waiting = formOf(exchange).text('request');
  if (waiting !== '') return redirectTo(exchange, withRequest(kit.paths.login, waiting));
  return redirectWith(exchange, kit.paths.login, 'loggedOut');
}
