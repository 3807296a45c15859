/** Login and logout, on their way to the page or the authorization request that was asked for. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type LoginResult, logIn } from '../../staff/log-in.ts';
import { logOut } from '../../staff/session.ts';
import { clearCookie, setCookie } from '../cookies.ts';
import { act } from '../demands.ts';
import { type Form, formOf } from '../form.ts';
import { open } from '../guards.ts';
import { PageError } from '../page-error.ts';
import { mustWait, redirectTo, redirectWith, sendPage } from '../replies.ts';
import { originOf, queryOf } from '../request.ts';
import type { AdminKit, Visit } from '../visit.ts';
import { type LoginProps, loginPage } from './login.tsx';
import { goOn, placeAfterLogin, waitingRequest, withRequest } from './waiting-request.ts';

export function loginRoutes(app: FastifyInstance, kit: AdminKit): void {
  const { paths } = kit;
  app.get(
    paths.login,
    open(kit, (visit, request, reply) => showLogin(kit, visit, request, reply)),
  );
  app.post(
    paths.login,
    act('login'),
    open(
      kit,
      (visit, request, reply) => submitLogin(kit, visit, request, reply),
      (visit, request, reply) => lateLogin(kit, visit, request, reply),
    ),
  );
  app.post(
    paths.logout,
    act('logout'),
    open(kit, (visit, request, reply) => submitLogout(kit, visit, request, reply)),
  );
  app.get(
    paths.logout,
    open(kit, async (visit, _request, reply) => redirectTo(reply, visit.session ? paths.home : paths.login)),
  );
}

async function showLogin(kit: AdminKit, visit: Visit, request: FastifyRequest, reply: FastifyReply) {
  const waiting = queryOf(request).get('request') ?? '';
  if (visit.session) return redirectTo(reply, await placeAfterLogin(kit, visit, waiting));
  return render(kit, visit, reply, waiting, { loginId: '', flash: visit.flash });
}

async function submitLogin(kit: AdminKit, visit: Visit, request: FastifyRequest, reply: FastifyReply) {
  const form = formOf(request);
  const waiting = form.text('request');
  const result = await logIn(kit.deps.identity, {
    ...originOf(request),
    loginId: form.text('login_id'),
    password: form.text('password'),
    previousSessionToken: visit.sessionToken,
  });
  if (result.kind === 'wrong' || result.kind === 'locked') return refuse(kit, visit, reply, form, result);
  reply.header('set-cookie', setCookie('session', result.sessionToken, visit.https));
  if (result.kind === 'ok') return goOn(kit, visit, reply, waiting);
  const next = result.awaits === 'code' ? kit.paths.secondStep : kit.paths.enrolment;
  return redirectTo(reply, withRequest(next, waiting));
}

/** A login page that was left open while somebody logged in elsewhere in this browser. */
async function lateLogin(kit: AdminKit, visit: Visit, request: FastifyRequest, reply: FastifyReply) {
  if (!visit.session) throw new PageError('csrf', 403);
  return goOn(kit, visit, reply, formOf(request).text('request'));
}

async function refuse(
  kit: AdminKit,
  visit: Visit,
  reply: FastifyReply,
  form: Form,
  result: LoginResult & { kind: 'wrong' | 'locked' },
) {
  if (result.kind === 'locked') mustWait(reply, result.minutes * 60);
  const problem = result.kind === 'locked' ? { throttledMinutes: result.minutes } : 'failed';
  const props = { loginId: form.text('login_id').slice(0, 255), problem } as const;
  return render(kit, visit, reply, form.text('request'), props);
}

async function render(kit: AdminKit, visit: Visit, reply: FastifyReply, waiting: string, props: LoginProps) {
  const request = await waitingRequest(kit, visit, waiting);
  return sendPage(reply, loginPage(await visit.page(), { ...props, request }));
}

/** “Not you?” on the consent page logs out and keeps the request that waits. */
async function submitLogout(kit: AdminKit, visit: Visit, request: FastifyRequest, reply: FastifyReply) {
  await logOut(kit.deps.identity, visit.sessionToken, originOf(request));
  reply.header('set-cookie', clearCookie('session', visit.https));
  const waiting = formOf(request).text('request');
  if (waiting !== '') return redirectTo(reply, withRequest(kit.paths.login, waiting));
  return redirectWith(reply, kit.paths.login, visit.https, 'loggedOut');
}
