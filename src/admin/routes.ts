/** The admin's scope: its forms, its error pages, its files, and one group of routes a page group. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ASSET_CACHE_CONTROL, type Assets, loadAssets } from './assets.ts';
import type { AdminDeps } from './deps.ts';
import { keepOpener } from './keep-opener.ts';
import { paths } from './paths.ts';
import { redirectTo } from './replies.ts';
import { matchedPath } from './request.ts';
import { accountRoutes } from './routes/account.ts';
import { appRoutes } from './routes/apps.ts';
import { auditRoutes } from './routes/audit.ts';
import { authorizeRoutes } from './routes/authorize.ts';
import { oneClientRoutes } from './routes/client.ts';
import { clientTabRoutes } from './routes/client-tabs.ts';
import { clientTestRoutes } from './routes/client-test.ts';
import { clientRoutes } from './routes/clients.ts';
import { demandActs } from './routes/demands.ts';
import { explorerRoutes } from './routes/explorer.ts';
import { feedRoutes } from './routes/feed.ts';
import { homeRoutes } from './routes/home.ts';
import { keyRoutes } from './routes/keys.ts';
import { loginRoutes } from './routes/login.ts';
import { PageError } from './routes/page-error.ts';
import { answerError } from './routes/scope.ts';
import { secondStepRoutes } from './routes/second-step.ts';
import { securityRoutes } from './routes/security.ts';
import { testerRoutes } from './routes/tester.ts';
import { twoFactorRoutes } from './routes/two-factor.ts';
import { oneWebhookRoutes } from './routes/webhook.ts';
import { webhookLogRoutes } from './routes/webhook-log.ts';
import { webhookListRoutes } from './routes/webhooks.ts';
import { type AdminKit, adminKit } from './visit.ts';

const NOTHING_THERE = 'page.missing';

export async function adminRoutes(app: FastifyInstance, deps: AdminDeps): Promise<void> {
  const assets = loadAssets(paths(deps.adminRoute));
  const kit = adminKit(deps, assets);
  app.setErrorHandler((error, request, reply) => answerError(kit, error, request, reply));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, body),
  );
  demandActs(app);
  keepOpener(app, kit.paths);
  const methodsAt = noteMethods(app);
  assetRoutes(app, assets);
  app.get('/', async (_request, reply) => redirectTo(reply, kit.paths.home));
  homeRoutes(app, kit);
  loginRoutes(app, kit);
  secondStepRoutes(app, kit);
  accountRoutes(app, kit);
  twoFactorRoutes(app, kit);
  appRoutes(app, kit);
  auditRoutes(app, kit);
  keyRoutes(app, kit);
  securityRoutes(app, kit);
  testerRoutes(app, kit);
  explorerRoutes(app, kit);
  clientRoutes(app, kit);
  oneClientRoutes(app, kit);
  clientTabRoutes(app, kit);
  clientTestRoutes(app, kit);
  webhookListRoutes(app, kit);
  oneWebhookRoutes(app, kit);
  webhookLogRoutes(app, kit);
  feedRoutes(app, kit);
  app.register(async (scope) => authorizeRoutes(scope, kit));
  // EC-CUBE's own address of the home page.
  app.get(`${kit.paths.home}/`, async (_request, reply) => redirectTo(reply, kit.paths.home));
  nothingThere(app, kit, methodsAt);
}

/** Every other address and method of the admin: so that its gate and its pages are there, too. */
function nothingThere(app: FastifyInstance, { paths: { home } }: AdminKit, methodsAt: MethodsAt): void {
  const config = { act: NOTHING_THERE } as const;
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const methods = methodsAt(matchedPath(request));
    if (methods.length === 0) throw new PageError('not_found', 404);
    reply.header('allow', methods.join(', '));
    throw new PageError('not_accessible', 405);
  };
  app.all(`${home}/*`, { config }, handler);
  // The pattern begins behind the slash.
  app.route({ method: ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'], url: home, config, handler });
}

type MethodsAt = (path: string) => string[];

/** Asked for a path, tells the methods that pages registered from now on take there. */
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

function assetRoutes(app: FastifyInstance, assets: Assets): void {
  for (const asset of assets.byUrl.values()) {
    app.get(asset.url, async (request, reply) => {
      reply.header('cache-control', ASSET_CACHE_CONTROL).header('etag', asset.etag).type(asset.type);
      return request.headers['if-none-match'] === asset.etag
        ? reply.code(304).send()
        : reply.send(asset.body);
    });
  }
}
