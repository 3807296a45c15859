/** The tools that every group of admin routes shares: the visit, the guards, the errors. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../audit/origin.ts';
import { logPutOff, unavailableFor } from '../http/unavailable.ts';
import { isDenied } from '../staff/rules/deny-url.ts';
import type { Session } from '../staff/session.ts';
import { setBack } from './cookies.ts';
import { type Asker, meetDemands } from './demands.ts';
import { formOf } from './form.ts';
import { PageError } from './page-error.ts';
import { mustWait, redirectTo, sendPage } from './replies.ts';
import { matchedPath } from './request.ts';
import { errorKind, errorPage } from './ui/error.tsx';
import { lateFormPage } from './ui/late-form.tsx';
import { type AdminKit, openVisit, strangerPage, type Visit } from './visit.ts';

export type Handler = (visit: Visit, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
export type MemberHandler = (
  visit: Visit & { readonly session: Session },
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<unknown>;

const refuse: Handler = async () => {
  throw new PageError('csrf', 403);
};

/**
 * Anybody may come; a POST needs the form token. `late` answers a form of our own page whose token is of another login: it
 * changes nothing and asks again. Only where the browser itself says that the form is ours: else a foreign page could have
 * its own form confirmed so.
 */
export const open =
  (kit: AdminKit, handler: Handler, late: Handler = refuse) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const visit = await openVisit(kit, request, reply);
    if (request.method !== 'POST' || isOurForm(visit, request)) return handler(visit, request, reply);
    return (request.headers['sec-fetch-site'] === 'same-origin' ? late : refuse)(visit, request, reply);
  };

/**
 * Only a logged-in member whose authority is not denied the path, and who meets what the route's act demands; others go to
 * the login page, and come back after it. `asker` shows the page again when the password is due.
 */
export const membersOnly = (kit: AdminKit, handler: MemberHandler, asker?: Asker) =>
  open(
    kit,
    async (visit, request, reply) => {
      const { session } = visit;
      if (!session) return toLogin(kit, visit, request, reply);
      refuseDenied(kit, session, request);
      const inside = await meetDemands(kit, { ...visit, session }, request, reply, asker);
      return inside ? handler(inside, request, reply) : reply;
    },
    keepForm,
  );

/** What the member's authority may not reach (EC-CUBE's AuthorityVoter), by the route that was matched. */
export function refuseDenied({ deps }: AdminKit, session: Session, request: FastifyRequest): void {
  if (!isDenied(matchedPath(request), deps.adminRoute, session.deniedUrls)) return;
  throw new PageError('not_accessible', 403);
}

function toLogin(kit: AdminKit, visit: Visit, request: FastifyRequest, reply: FastifyReply) {
  if (request.method === 'GET') reply.header('set-cookie', setBack(request.url, visit.https));
  return redirectTo(reply, kit.paths.login);
}

/** What was typed is shown to be sent again, for the member to decide. */
const keepForm: Handler = async (visit, request, reply) => {
  const loggedIn = visit.session !== undefined;
  request.log.warn(
    { req: request, kind: 'late form', loginId: visit.session?.member.loginId },
    'page refused',
  );
  const fields = formOf(request).entries();
  const props = { action: request.url, fields, loggedIn, requestId: request.id };
  return sendPage(reply, lateFormPage(await visit.page(), props), { status: 403 });
};

/** The same, and the API must be switched on. */
export const apiMembersOnly = (kit: AdminKit, handler: MemberHandler, asker?: Asker) =>
  membersOnly(
    kit,
    async (visit, request, reply) => {
      if (!(await kit.deps.apiSwitch.isOn())) throw new PageError('api_disabled', 404);
      return handler(visit, request, reply);
    },
    asker,
  );

function isOurForm(visit: Visit, request: FastifyRequest): boolean {
  // A browser that tells where a form comes from must tell our own origin (defence beside the token).
  const site = request.headers['sec-fetch-site'];
  return site !== 'cross-site' && visit.csrfHolds(formOf(request).text('_token'));
}

export const actorOf = (session: Session, request: FastifyRequest): Actor => ({
  loginId: session.member.loginId,
  clientIp: request.ip,
  requestId: request.id,
});

/** The error page; it needs no session and must not fail itself. */
export async function answerError(
  kit: AdminKit,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const known = error instanceof PageError ? error : undefined;
  const status = known?.status ?? clientStatus(error);
  if (status >= 500) return answerFailure(kit, error, request, reply);
  try {
    const visit = await openVisit(kit, request, reply);
    const wait = (error as { retryAfterSeconds?: number }).retryAfterSeconds;
    if (wait !== undefined) mustWait(reply, wait);
    const kind = known?.kind ?? errorKind(status);
    if (status === 403) {
      request.log.warn({ req: request, kind, loginId: visit.session?.member.loginId }, 'page refused');
    }
    const props = { kind, requestId: request.id, loggedIn: visit.session !== undefined };
    return sendPage(reply, errorPage(await visit.page(), props), { status });
  } catch (further) {
    return answerFailure(kit, further, request, reply);
  }
}

/** What failed may well fail again: who is there and what the shop is called is left out. */
function answerFailure(kit: AdminKit, error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const away = unavailableFor(error);
  if (away) {
    logPutOff(request, error, away);
    reply.header('retry-after', String(away.retryAfterSeconds));
  } else request.log.error({ err: error }, 'page failed');
  const status = away ? 503 : 500;
  const props = { kind: errorKind(status), requestId: request.id, loggedIn: false };
  return sendPage(reply, errorPage(strangerPage(kit, request), props), { status });
}

/** A logged-in member whose authority is not denied the audit log. */
export const mayReadLog = ({ paths, deps }: AdminKit, session: Session | undefined): boolean =>
  session !== undefined && !isDenied(paths.audit, deps.adminRoute, session.deniedUrls);

function clientStatus(error: unknown): number {
  const status = (error as { statusCode?: number }).statusCode;
  return status !== undefined && status >= 400 && status < 500 ? status : 500;
}
