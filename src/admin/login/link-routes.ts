/**
 * The login by EC-CUBE's admin, as pages: without a ticket the browser is sent there to fetch one, with a ticket it is let in.
 * Where it goes is fixed by the configuration in both directions, and what it comes back to is a page of ours.
 */
import { randomToken, sha256Base64url } from '../../base/bytes.ts';
import { type LinkRefused, logInByTicket } from '../../staff/link-log-in.ts';
import { clearCookie, readCookies, setBack, setCookie, setLink } from '../cookies.ts';
import type { SignOn } from '../deps.ts';
import type { Exchange } from '../exchange.ts';
import { PageError } from '../page-error.ts';
import type { PageRoutes } from '../page-routes.ts';
import { redirectTo, sendPage } from '../replies.ts';
import { browserOriginOf, queryOf } from '../request.ts';
import { linkRefusedPage } from './link-refused.tsx';
import { placeAfterLogin, waitingRequest, withRequest } from './waiting-request.ts';

export function linkRoutes({ page }: PageRoutes): void {
  page('link', signOn);
}

/** The way to EC-CUBE's admin without a click: once, until the browser has come back or some minutes have passed. */
export function linkAtOnce(exchange: Exchange, requestId: string): string | undefined {
  const { kit, visit, request } = exchange;
  const isTried = readCookies(request.headers.cookie, visit.jar).link !== undefined;
  return kit.deps.signOn === undefined || isTried ? undefined : withRequest(kit.paths.link, requestId);
}

async function signOn(exchange: Exchange) {
  const { signOn: settings } = exchange.kit.deps;
  if (!settings) throw new PageError('not_found', 404);
  const query = queryOf(exchange);
  const ticket = query.get('ticket');
  return ticket === null ? begin(exchange, settings, query) : finish(exchange, settings, ticket);
}

async function begin(exchange: Exchange, { ticketUrl }: SignOn, query: URLSearchParams) {
  const { visit, reply } = exchange;
  const requestId = query.get('request') ?? '';
  const target = targetOf(exchange, query.get('to'));
  if (visit.session) return redirectTo(exchange, target ?? (await placeAfterLogin(exchange, requestId)));
  const nonce = randomToken();
  // An id that is none of this browser's leads nowhere later either, but need not be carried.
  const waiting = requestId !== '' && (await waitingRequest(exchange, requestId)) ? requestId : '';
  reply.header('set-cookie', setLink({ nonce, requestId: waiting }, visit.jar));
  if (target !== undefined) reply.header('set-cookie', setBack(target, visit.jar));
  return redirectTo(exchange, `${ticketUrl}?${new URLSearchParams({ challenge: sha256Base64url(nonce) })}`);
}

/** Where the entries of EC-CUBE's menu lead: a word, never an address. */
function targetOf({ kit: { paths } }: Exchange, word: string | null): string | undefined {
  if (word === 'oauth') return paths.clients;
  return word === 'webhook' ? paths.webhooks : undefined;
}

async function finish(exchange: Exchange, { secret }: SignOn, ticket: string) {
  const { kit, visit, reply, request } = exchange;
  const tried = readCookies(request.headers.cookie, visit.jar).link;
  const requestId = tried?.requestId ?? '';
  const result = await logInByTicket(kit.deps.identity, {
    ...browserOriginOf(exchange),
    ticket,
    secret,
    audience: linkAddress(exchange),
    challenge: tried && sha256Base64url(tried.nonce),
    previousSessionToken: visit.sessionToken,
  });
  if (result.kind === 'refused') return refuse(exchange, result, requestId);
  reply.header('set-cookie', clearCookie('link', visit.jar));
  reply.header('set-cookie', setCookie('session', result.sessionToken, visit.jar));
  if (result.kind === 'ok') return redirectTo(exchange, await placeAfterLogin(exchange, requestId));
  const next = result.awaits === 'code' ? kit.paths.secondStep : kit.paths.enrolment;
  return redirectTo(exchange, withRequest(next, requestId));
}

/** As the world asks for it; EC-CUBE's plugin is given the same. */
const linkAddress = ({ kit: { paths, deps } }: Exchange): string => new URL(paths.link, deps.publicUrl).href;

async function refuse(exchange: Exchange, { reason }: LinkRefused, requestId: string) {
  const { kit, visit, request } = exchange;
  const page = await visit.page();
  const again = withRequest(kit.paths.link, requestId);
  const login = withRequest(kit.paths.login, requestId);
  const props = { reason, again, login, requestId: request.id };
  return sendPage(exchange, linkRefusedPage(page, props), { status: reason === 'malformed' ? 400 : 403 });
}
