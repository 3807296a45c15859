/** The authorization endpoint as pages: GET begins (parameters in the query), POST decides. */
import {
  type AuthorizeResult,
  beginAuthorization,
  type Decided,
  decideAuthorization,
  resumeAuthorization,
} from '../../oauth/authorize.ts';
import { leadingOutPolicy } from '../csp.ts';
import type { Exchange } from '../exchange.ts';
import { formOf } from '../form.ts';
import { mayReadLog, refuseDenied } from '../guards.ts';
import { linkAtOnce } from '../login/link-routes.ts';
import { withRequest } from '../login/waiting-request.ts';
import { PageError } from '../page-error.ts';
import type { PageRoutes } from '../page-routes.ts';
import { redirectTo, sendPage } from '../replies.ts';
import { queryTextOf } from '../request.ts';
import { answeredPage, authorizeErrorPage, notAllowedPage } from './authorize-stops.tsx';
import { consentPage } from './consent.tsx';

export function authorizeRoutes({ app, page, act, kit }: PageRoutes): void {
  app.addHook('onRequest', async () => {
    if (!(await kit.deps.apiSwitch.isOn())) throw new PageError('api_disabled', 404);
  });
  page('authorize', begin);
  act('authorization.decide', 'authorize', decide, { late: askAgain });
}

async function begin(exchange: Exchange) {
  const { kit, visit, request } = exchange;
  if (visit.session) refuseDenied(exchange, visit.session);
  await kit.deps.limitAuthorize(request);
  const begun = await beginAuthorization(kit.deps.token, {
    query: queryTextOf(exchange),
    browser: visit.browser,
    member: visit.session?.member,
    origin: { clientIp: request.ip, requestId: request.id },
    beforeWaiting: () => kit.deps.limitWaiting(request),
  });
  return show(exchange, begun);
}

async function show(exchange: Exchange, begun: AuthorizeResult) {
  const { kit, visit, request } = exchange;
  const page = await visit.page();
  switch (begun.kind) {
    case 'page':
      return showReason(exchange, begun);
    case 'login':
      return redirectTo(
        exchange,
        linkAtOnce(exchange, begun.requestId) ?? withRequest(kit.paths.login, begun.requestId),
      );
    case 'redirect':
      return redirectTo(exchange, begun.url);
    case 'not-allowed': {
      const memberName = visit.session?.member.name ?? '';
      const props = { request: begun.requestId, memberName, requestId: request.id };
      return sendPage(exchange, notAllowedPage(page, props), { status: 403, policy: leadingOutPolicy() });
    }
    case 'consent':
      return sendPage(exchange, consentPage(page, consentProps(exchange, begun)), {
        policy: leadingOutPolicy(),
      });
  }
}

async function showReason(exchange: Exchange, { reason, misfit }: AuthorizeResult & { kind: 'page' }) {
  const toLog = mayReadLog(exchange);
  const props = { reason, misfit, requestId: exchange.request.id, toLog };
  return sendPage(exchange, authorizeErrorPage(await exchange.visit.page(), props), { status: 400 });
}

function consentProps({ kit: { deps }, visit }: Exchange, begun: AuthorizeResult & { kind: 'consent' }) {
  const { lifetimes } = deps.token;
  const { policies, grantTypes } = begun.client;
  const idleSeconds = policies.refreshIdleSeconds ?? lifetimes.refreshSeconds;
  const member = visit.session?.member;
  return {
    requestId: begun.requestId,
    clientName: begun.client.name,
    redirectUri: begun.redirectUri,
    scopes: begun.scopes,
    member: { name: member?.name ?? '', loginId: member?.loginId ?? '' },
    accessTokenSeconds: policies.accessSeconds ?? lifetimes.accessSeconds,
    refreshTokenSeconds: grantTypes.includes('refresh_token') ? idleSeconds : null,
  };
}

async function decide(exchange: Exchange) {
  const { kit, visit, request } = exchange;
  const form = formOf(exchange);
  const requestId = form.text('request');
  if (!visit.session) return redirectTo(exchange, withRequest(kit.paths.login, requestId));
  refuseDenied(exchange, visit.session);
  const decided = await decideAuthorization(kit.deps.token, {
    requestId,
    // Anything but the approve button is a no.
    decision: form.text('decision') === 'approve' ? 'approve' : 'deny',
    browser: visit.browser,
    member: visit.session.member,
    sessionHash: visit.session.sessionHash,
    origin: { clientIp: request.ip, requestId: request.id },
  });
  return answer(exchange, decided);
}

/** The login ended, or is another one, since the consent was shown: this browser's own request is shown again. */
async function askAgain(exchange: Exchange) {
  const { kit, visit } = exchange;
  const query = await resumeAuthorization(kit.deps.token, formOf(exchange).text('request'), visit.browser);
  if (query === undefined) throw new PageError('csrf', 403);
  return redirectTo(exchange, `${kit.paths.authorize}?${query}`);
}

async function answer(exchange: Exchange, decided: Decided) {
  const { kit, visit, request } = exchange;
  switch (decided.kind) {
    case 'redirect':
      return redirectTo(exchange, decided.url);
    case 'answered':
      return sendPage(
        exchange,
        answeredPage(await visit.page(), { decision: decided.decision, requestId: request.id }),
        {
          status: 409,
        },
      );
    case 'not-allowed':
      throw new PageError('system_admin_only', 403);
    case 'gone':
      // An expired request starts again from its own query; a foreign or unknown one cannot.
      if (decided.query !== undefined) return redirectTo(exchange, `${kit.paths.authorize}?${decided.query}`);
      return sendPage(
        exchange,
        authorizeErrorPage(await visit.page(), { reason: 'request-gone', requestId: request.id }),
        {
          status: 400,
        },
      );
  }
}
