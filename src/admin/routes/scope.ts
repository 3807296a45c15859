/** The tools that every group of admin routes shares: the visit, the guards, the errors. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../flow/clients.ts';
import type { Session } from '../../flow/session.ts';
import { isDenied } from '../../identity/deny-url.ts';
import { type ErrorKind, errorKind, errorPage } from '../pages/error.tsx';
import { redirectTo, sendPage } from '../replies.ts';
import { type AdminKit, openVisit, type Visit } from '../visit.ts';

/** A page that cannot be shown; the admin's error handler renders it. */
export class PageError extends Error {
  readonly kind: ErrorKind;
  readonly status: number;
  constructor(kind: ErrorKind, status: number) {
    super(kind);
    this.kind = kind;
    this.status = status;
  }
}

export type Handler = (visit: Visit, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
export type MemberHandler = (
  visit: Visit & { readonly session: Session },
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<unknown>;

/** Anybody may come; a POST needs the form token. */
export const open =
  (kit: AdminKit, handler: Handler) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const visit = await openVisit(kit, request, reply);
    checkForm(visit, request);
    return handler(visit, request, reply);
  };

/** Only a logged-in member whose authority is not denied the path; others go to the login page. */
export const membersOnly = (kit: AdminKit, handler: MemberHandler) =>
  open(kit, async (visit, request, reply) => {
    const { session } = visit;
    if (!session) return redirectTo(reply, kit.paths.login);
    if (isDenied(request.url.split('?')[0] ?? '', kit.deps.adminRoute, session.deniedUrls)) {
      throw new PageError('not_accessible', 403);
    }
    return handler({ ...visit, session }, request, reply);
  });

/** The same, and the API must be switched on. */
export const apiMembersOnly = (kit: AdminKit, handler: MemberHandler) =>
  membersOnly(kit, async (visit, request, reply) => {
    if (!(await kit.deps.apiSwitch.isOn())) throw new PageError('not_found', 404);
    return handler(visit, request, reply);
  });

function checkForm(visit: Visit, request: FastifyRequest): void {
  if (request.method !== 'POST') return;
  const token = new URLSearchParams(typeof request.body === 'string' ? request.body : '').get('_token');
  // A browser that tells where a form comes from must tell our own origin (defence beside the token).
  const site = request.headers['sec-fetch-site'];
  const foreign = site === 'cross-site';
  if (foreign || !visit.csrfHolds(token)) throw new PageError('csrf', 403);
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
  if (status >= 500) request.log.error({ err: error }, 'page failed');
  const visit = await openVisit(kit, request, reply);
  const kind = known?.kind ?? errorKind(status);
  if (status === 403) {
    request.log.warn({ req: request, kind, loginId: visit.session?.member.loginId }, 'page refused');
  }
  const html = errorPage(await visit.page(), {
    kind,
    requestId: request.id,
    loggedIn: visit.session !== undefined,
  });
  return sendPage(reply, html, { status });
}

function clientStatus(error: unknown): number {
  const status = (error as { statusCode?: number }).statusCode;
  return status !== undefined && status >= 400 && status < 500 ? status : 500;
}
