/** One request to the admin and its reply, with who is there: what every handler gets. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../audit/origin.ts';
import type { OpenedSession } from '../staff/session.ts';
import { setCookie } from './cookies.ts';
import type { AdminContext } from './ui/context.ts';
import { type AdminKit, type MemberVisit, openVisit, type Visit, visitOf } from './visit.ts';

export type Exchange = {
  readonly kit: AdminKit;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly visit: Visit;
};

/** The exchange of a logged-in member. */
export type MemberExchange = Exchange & { readonly visit: MemberVisit };

export type Handler<Given extends Exchange = Exchange> = (exchange: Given) => Promise<unknown>;

export const openExchange = async (
  kit: AdminKit,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Exchange> => ({ kit, request, reply, visit: await openVisit(kit, request, reply) });

/** Goes on under a session that was opened just now: its cookie is set, its form tokens are the new ones. */
export function enter(exchange: Exchange, { session, sessionToken }: OpenedSession): MemberExchange {
  const { kit, reply, visit } = exchange;
  const { jar, browser, flash, back, locale } = visit;
  reply.header('set-cookie', setCookie('session', sessionToken, jar));
  const inside = visitOf(kit, { jar, session, sessionToken, browser, flash, back, locale });
  return { ...exchange, visit: { ...inside, session } };
}

/** What the page of a logged-in member is rendered with. */
export const memberPage = ({ visit }: MemberExchange): Promise<AdminContext> => visit.admin(visit.session);

/** The member, for the audit log. */
export const actorOf = ({ visit, request }: MemberExchange): Actor => ({
  loginId: visit.session.member.loginId,
  clientIp: request.ip,
  requestId: request.id,
});
