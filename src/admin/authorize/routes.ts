/** The authorization endpoint as pages: GET begins (parameters in the query), POST decides. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  type AuthorizeResult,
  beginAuthorization,
  type Decided,
  decideAuthorization,
  resumeAuthorization,
} from '../../oauth/authorize.ts';
import type { Session } from '../../staff/session.ts';
import { leadingOutPolicy } from '../csp.ts';
import { act } from '../demands.ts';
import { formOf } from '../form.ts';
import { mayReadLog, open, refuseDenied } from '../guards.ts';
import { withRequest } from '../login/waiting-request.ts';
import { PageError } from '../page-error.ts';
import { redirectTo, sendPage } from '../replies.ts';
import { queryTextOf } from '../request.ts';
import type { PageContext } from '../ui/context.ts';
import type { AdminKit, Visit } from '../visit.ts';
import { answeredPage, authorizeErrorPage, notAllowedPage } from './authorize-stops.tsx';
import { consentPage } from './consent.tsx';

export function authorizeRoutes(app: FastifyInstance, kit: AdminKit): void {
  app.addHook('onRequest', async () => {
    if (!(await kit.deps.apiSwitch.isOn())) throw new PageError('api_disabled', 404);
  });
  app.get(
    kit.paths.authorize,
    open(kit, (visit, request, reply) => begin(kit, visit, request, reply)),
  );
  app.post(
    kit.paths.authorize,
    act('authorization.decide'),
    open(
      kit,
      (visit, request, reply) => decide(kit, visit, request, reply),
      (visit, request, reply) => askAgain(kit, visit, request, reply),
    ),
  );
}

const approver = ({ member }: Session) => member;

async function begin(kit: AdminKit, visit: Visit, request: FastifyRequest, reply: FastifyReply) {
  if (visit.session) refuseDenied(kit, visit.session, request);
  await kit.deps.limitAuthorize(request);
  const begun = await beginAuthorization(kit.deps.token, {
    query: queryTextOf(request),
    browser: visit.browser,
    member: visit.session && approver(visit.session),
    caller: { clientIp: request.ip, requestId: request.id },
    beforeWaiting: () => kit.deps.limitWaiting(request),
  });
  return show(kit, visit, begun, request, reply);
}

async function show(
  kit: AdminKit,
  visit: Visit,
  begun: AuthorizeResult,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const page = await visit.page();
  switch (begun.kind) {
    case 'page':
      return showReason(kit, visit, begun, page, request, reply);
    case 'login':
      return redirectTo(reply, `${kit.paths.login}?${new URLSearchParams({ request: begun.requestId })}`);
    case 'redirect':
      return redirectTo(reply, begun.url);
    case 'not-allowed': {
      const memberName = visit.session?.member.name ?? '';
      const props = { request: begun.requestId, memberName, requestId: request.id };
      return sendPage(reply, notAllowedPage(page, props), { status: 403, policy: leadingOutPolicy() });
    }
    case 'consent':
      return sendPage(reply, consentPage(page, consentProps(kit, visit, begun)), {
        policy: leadingOutPolicy(),
      });
  }
}

function showReason(
  kit: AdminKit,
  { session }: Visit,
  { reason, misfit }: AuthorizeResult & { kind: 'page' },
  page: PageContext,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const toLog = mayReadLog(kit, session);
  const html = authorizeErrorPage(page, { reason, misfit, requestId: request.id, toLog });
  return sendPage(reply, html, { status: 400 });
}

function consentProps({ deps }: AdminKit, visit: Visit, begun: AuthorizeResult & { kind: 'consent' }) {
  const { lifetimes } = deps.token;
  const { policies, grants } = begun.client;
  const idleSeconds = policies.refreshIdleSeconds ?? lifetimes.refreshSeconds;
  const member = visit.session?.member;
  return {
    requestId: begun.requestId,
    clientName: begun.client.name,
    redirectUri: begun.redirectUri,
    scopes: begun.scopes,
    member: { name: member?.name ?? '', loginId: member?.loginId ?? '' },
    accessTokenSeconds: policies.accessSeconds ?? lifetimes.accessSeconds,
    refreshTokenSeconds: grants.includes('refresh_token') ? idleSeconds : null,
  };
}

async function decide(kit: AdminKit, visit: Visit, request: FastifyRequest, reply: FastifyReply) {
  const form = formOf(request);
  const requestId = form.text('request');
  if (!visit.session) return redirectTo(reply, withRequest(kit.paths.login, requestId));
  refuseDenied(kit, visit.session, request);
  const decided = await decideAuthorization(kit.deps.token, {
    requestId,
    // Anything but the approve button is a no.
    decision: form.text('decision') === 'approve' ? 'approve' : 'deny',
    browser: visit.browser,
    member: approver(visit.session),
    caller: { clientIp: request.ip, requestId: request.id },
  });
  return answer(kit, visit, decided, request, reply);
}

/** The login ended, or is another one, since the consent was shown: this browser's own request is shown anew. */
async function askAgain(kit: AdminKit, visit: Visit, request: FastifyRequest, reply: FastifyReply) {
  const query = await resumeAuthorization(kit.deps.token, formOf(request).text('request'), visit.browser);
  if (query === undefined) throw new PageError('csrf', 403);
  return redirectTo(reply, `${kit.paths.authorize}?${query}`);
}

async function answer(
  kit: AdminKit,
  visit: Visit,
  decided: Decided,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  switch (decided.kind) {
    case 'redirect':
      return redirectTo(reply, decided.url);
    case 'answered':
      return sendPage(
        reply,
        answeredPage(await visit.page(), { decision: decided.decision, requestId: request.id }),
        {
          status: 409,
        },
      );
    case 'not-allowed':
      throw new PageError('not_accessible', 403);
    case 'gone':
      // An expired request starts anew from its own query; a foreign or unknown one cannot.
      if (decided.query !== undefined) return redirectTo(reply, `${kit.paths.authorize}?${decided.query}`);
      return sendPage(
        reply,
        authorizeErrorPage(await visit.page(), { reason: 'request-gone', requestId: request.id }),
        {
          status: 400,
        },
      );
  }
}
