/** What every request passes before its handler: the form token, the login, what the authority may reach; and the error pages. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { logPutOff, unavailableFor } from '../http/unavailable.ts';
import type { Session } from '../staff/session.ts';
import { setBack } from './cookies.ts';
import { type Asker, meetDemands } from './demands.ts';
import { type Exchange, type Handler, type MemberExchange, openExchange } from './exchange.ts';
import { formOf } from './form.ts';
import { PageError } from './page-error.ts';
import { mustWait, redirectTo, sendPage } from './replies.ts';
import { matchedPath } from './request.ts';
import { type ErrorKind, errorKind, errorPage } from './ui/error.tsx';
import { lateFormPage } from './ui/late-form.tsx';
import { type AdminKit, addressHere, isDeniedTo, strangerPage } from './visit.ts';

const refuse: Handler = async () => {
  throw new PageError('csrf', 403);
};

/**
 * Needs no login; a POST needs the form token. `late` answers a form of our own page whose token is of another login: it
 * changes nothing and asks again. Only where the browser itself says that the form is ours: else a foreign page could have
 * its own form confirmed so.
 */
export const open =
  (kit: AdminKit, handler: Handler, late: Handler = refuse) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const exchange = await openExchange(kit, request, reply);
    if (request.method !== 'POST' || isOurForm(exchange)) return handler(exchange);
    return (request.headers['sec-fetch-site'] === 'same-origin' ? late : refuse)(exchange);
  };

/**
 * Lets a logged-in member through whose authority is not denied the path and who meets what the route's act demands. Others
 * go to the login page and come back after it. `asker` shows the page again when the password is due.
 */
export const membersOnly =
  (handler: Handler<MemberExchange>, asker?: Asker): Handler =>
  async (exchange) => {
    const { session } = exchange.visit;
    if (!session) return toLogin(exchange);
    refuseDenied(exchange, session);
    const inside = await meetDemands({ ...exchange, visit: { ...exchange.visit, session } }, asker);
    return inside ? handler(inside) : exchange.reply;
  };

/** Only while the API is switched on. */
export const apiOnly =
  (handler: Handler<MemberExchange>): Handler<MemberExchange> =>
  async (exchange) => {
    if (!(await exchange.kit.deps.apiSwitch.isOn())) throw new PageError('api_disabled', 404);
    return handler(exchange);
  };

/** What the member's authority may not reach (EC-CUBE's AuthorityVoter), by the route that was matched. */
export function refuseDenied({ kit, request }: Exchange, session: Session): void {
  if (!isDeniedTo(session, kit, matchedPath(request))) return;
  throw new PageError('denied', 403);
}

function toLogin(exchange: Exchange) {
  const { kit, request, reply, visit } = exchange;
  if (request.method === 'GET') reply.header('set-cookie', setBack(addressHere(kit, request), visit.jar));
  return redirectTo(exchange, kit.paths.login);
}

/** What was typed is shown to be sent again, for the member to decide. */
export const keepForm: Handler = async (exchange) => {
  const { kit, request, visit } = exchange;
  const loggedIn = visit.session !== undefined;
  request.log.warn(
    { req: request, kind: 'late form', loginId: visit.session?.member.loginId },
    'page refused',
  );
  const fields = formOf(exchange).entries();
  const props = { action: addressHere(kit, request), fields, loggedIn, requestId: request.id };
  return sendPage(exchange, lateFormPage(await visit.page(), props), { status: 403 });
};

function isOurForm({ visit, request }: Exchange): boolean {
  // A browser that tells where a form comes from must tell our own origin (defence beside the token).
  const site = request.headers['sec-fetch-site'];
  return site !== 'cross-site' && visit.csrfHolds(formOf({ request }).text('_token'));
}

/** The error page; it needs no session and must not fail itself. */
export const answerErrors =
  (kit: AdminKit) =>
  async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const known = error instanceof PageError ? error : undefined;
    const status = known?.status ?? clientStatus(error);
    if (status >= 500) return answerFailure(kit, error, request, reply);
    try {
      const wait = (error as { retryAfterSeconds?: number }).retryAfterSeconds;
      if (wait !== undefined) mustWait({ reply }, wait);
      const exchange = await openExchange(kit, request, reply);
      return await sendError(exchange, known?.kind ?? errorKind(status), status);
    } catch (further) {
      return answerFailure(kit, further, request, reply);
    }
  };

async function sendError(exchange: Exchange, kind: ErrorKind, status: number) {
  const { request, visit } = exchange;
  if (status === 403) {
    request.log.warn({ req: request, kind, loginId: visit.session?.member.loginId }, 'page refused');
  }
  const toLog = mayReadLog(exchange);
  const props = { kind, requestId: request.id, loggedIn: visit.session !== undefined, toLog };
  return sendPage(exchange, errorPage(await visit.page(), props), { status });
}

/** What failed may fail again: the member and the name of the shop are left out. */
function answerFailure(kit: AdminKit, error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const away = unavailableFor(error);
  if (away) {
    logPutOff(request, error, away);
    reply.header('retry-after', String(away.retryAfterSeconds));
  } else request.log.error({ err: error }, 'page failed');
  const status = away ? 503 : 500;
  const props = { kind: errorKind(status), requestId: request.id, loggedIn: false };
  return sendPage({ reply }, errorPage(strangerPage(kit, request), props), { status });
}

/** A logged-in member whose authority is not denied the audit log. */
export const mayReadLog = ({ kit, visit: { session } }: Exchange): boolean =>
  session !== undefined && !isDeniedTo(session, kit, kit.routes.audit);

function clientStatus(error: unknown): number {
  const status = (error as { statusCode?: number }).statusCode;
  return status !== undefined && status >= 400 && status < 500 ? status : 500;
}
