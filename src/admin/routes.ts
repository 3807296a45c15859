/** The admin's scope: its forms, its error pages, its files, and one group of routes a page group. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { accountRoutes } from './account/account-routes.ts';
import { twoFactorRoutes } from './account/two-factor-routes.ts';
import { appRoutes } from './apps/apps-routes.ts';
import { ASSET_CACHE_CONTROL } from './assets.ts';
import { auditRoutes } from './audit/audit-routes.ts';
import { keepOpener } from './authorize/keep-opener.ts';
import { authorizeRoutes } from './authorize/routes.ts';
import { oneClientRoutes } from './clients/client-routes.ts';
import { clientTabRoutes } from './clients/client-tab-routes.ts';
import { clientTestRoutes } from './clients/client-test-routes.ts';
import { clientRoutes } from './clients/list-routes.ts';
import { demandActs } from './demands.ts';
import type { AdminDeps } from './deps.ts';
import { explorerRoutes } from './explorer/explorer-routes.ts';
import { testerRoutes } from './explorer/tester-routes.ts';
import { answerErrors } from './guards.ts';
import { homeRoutes } from './home/routes.ts';
import { jobRoutes } from './jobs/job-routes.ts';
import { jobUploadRoutes } from './jobs/upload-routes.ts';
import { keyRoutes } from './keys/routes.ts';
import { linkRoutes } from './login/link-routes.ts';
import { loginRoutes } from './login/login-routes.ts';
import { secondStepRoutes } from './login/second-step-routes.ts';
import { PageError } from './page-error.ts';
import { type PageRoutes, pageRoutes } from './page-routes.ts';
import { redirectTo } from './replies.ts';
import { matchedPath } from './request.ts';
import { securityRoutes } from './security/routes.ts';
import { takeoverRoutes } from './takeover/takeover-routes.ts';
import { type AdminKit, adminKit } from './visit.ts';
import { webhookLogRoutes } from './webhooks/delivery-routes.ts';
import { feedRoutes } from './webhooks/feed-routes.ts';
import { webhookListRoutes } from './webhooks/list-routes.ts';
import { oneWebhookRoutes } from './webhooks/webhook-routes.ts';

const NOTHING_THERE = 'page.missing';

const PAGE_GROUPS: readonly ((routes: PageRoutes) => void)[] = [
  homeRoutes,
  loginRoutes,
  linkRoutes,
  secondStepRoutes,
  accountRoutes,
  twoFactorRoutes,
  appRoutes,
  auditRoutes,
  jobRoutes,
  jobUploadRoutes,
  keyRoutes,
  securityRoutes,
  takeoverRoutes,
  testerRoutes,
  explorerRoutes,
  clientRoutes,
  oneClientRoutes,
  clientTabRoutes,
  clientTestRoutes,
  webhookListRoutes,
  oneWebhookRoutes,
  webhookLogRoutes,
  feedRoutes,
];

export async function adminRoutes(app: FastifyInstance, deps: AdminDeps): Promise<void> {
  const kit = adminKit(deps);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, body),
  );
  demandActs(app);
  const methodsAt = noteMethods(app);
  // The addresses of 0.1.0 go on working where no EC-CUBE takes them; their pages lead on among themselves.
  const known = adminKit({ ...deps, pagesPath: `/${deps.adminRoute}` });
  const isKnown = kit.routes.home === known.routes.home;
  if (!isKnown) await app.register(async (scope) => pageScope(scope, known, { withoutPlugin: true }));
  await app.register(async (scope) => {
    pageScope(scope, kit, { withoutPlugin: false });
    scope.register(async (inner) => authorizeRoutes(pageRoutes(inner, kit)));
    scope.get('/', async (_request, reply) => redirectTo({ reply }, known.paths.home));
    const roots = [`/${deps.adminRoute}`, ...(isKnown ? [] : [kit.routes.home])];
    for (const root of roots) nothingThere(scope, root, methodsAt);
  });
}

function pageScope(scope: FastifyInstance, kit: AdminKit, options: { withoutPlugin: boolean }): void {
  scope.setErrorHandler(answerErrors(kit));
  keepOpener(scope, kit.routes);
  assetRoutes(scope, kit);
  for (const register of PAGE_GROUPS) register(pageRoutes(scope, kit, options));
  // EC-CUBE's own address of the home page.
  scope.get(`${kit.routes.home}/`, async (_request, reply) => redirectTo({ reply }, kit.paths.home));
}

/** Answers every other address and method below a root, behind the admin's gate and with its error pages. */
function nothingThere(app: FastifyInstance, root: string, methodsAt: MethodsAt): void {
  const config = { act: NOTHING_THERE } as const;
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const methods = methodsAt(matchedPath(request));
    if (methods.length === 0) throw new PageError('not_found', 404);
    reply.header('allow', methods.join(', '));
    throw new PageError('not_accessible', 405);
  };
  app.all(`${root}/*`, { config }, handler);
  // The pattern begins behind the slash.
  app.route({ method: ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'], url: root, config, handler });
}

type MethodsAt = (path: string) => string[];

/** Returns a function that lists the methods which pages registered from now on take at a path. */
function noteMethods(app: FastifyInstance): MethodsAt {
  const known: { method: string; form: RegExp }[] = [];
  app.addHook('onRoute', ({ url, method, config }) => {
    if (config?.act === NOTHING_THERE) return;
    const form = new RegExp(`^${url.replace(/:\w+/g, '[^/]+')}$`);
    for (const one of [method].flat()) known.push({ method: one, form });
  });
  return (path) =>
    [...new Set(known.filter(({ form }) => form.test(path)).map(({ method }) => method))].sort();
}

function assetRoutes(app: FastifyInstance, { assets, deps }: AdminKit): void {
  for (const asset of assets.byUrl.values()) {
    app.get(asset.url.slice(deps.basePath.length), async (request, reply) => {
      reply.header('cache-control', ASSET_CACHE_CONTROL).header('etag', asset.etag).type(asset.type);
      return request.headers['if-none-match'] === asset.etag
        ? reply.code(304).send()
        : reply.send(asset.body);
    });
  }
}
