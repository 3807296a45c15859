/**
 * Services → Fastify. Four scopes, each with its own body limit, error form and cookies: OAuth, API, operations, admin.
 * What holds for all of them is here: limits, security headers, request ids, the address gates.
 */
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController,
} from 'fastify';
import { PageError } from '../admin/page-error.ts';
import { adminRoutes } from '../admin/routes.ts';
import { randomHex } from '../base/bytes.ts';
import { changeTopics } from '../graphql/readable-changes.ts';
import { Quotas } from '../graphql/request/quota.ts';
import { apiRoute } from '../http/api-route.ts';
import { changesRoute } from '../http/changes-route.ts';
import { answerEarly, isUnread } from '../http/early-answer.ts';
import { isForOneHost, isForPeople, isOriginForm, markForPeople } from '../http/gates.ts';
import { hostGate } from '../http/host-gate.ts';
import { imagesRoute } from '../http/images-route.ts';
import { boundArrival } from '../http/jobs/arrival.ts';
import { JOBS_URL, jobsRoute } from '../http/jobs/jobs-route.ts';
import { limiter } from '../http/limits.ts';
import { documentRoutes, oauthRoutes } from '../http/oauth-routes.ts';
import { healthRoute, opsRoutes } from '../http/ops-routes.ts';
import { refuseWithoutTime } from '../http/overload/clock-gate.ts';
import { boundLoad } from '../http/overload/overload.ts';
import { withPatience } from '../http/patience.ts';
import { RequestLog } from '../http/request-log.ts';
import { Running } from '../http/running.ts';
import { traceRequests } from '../http/traced-requests.ts';
import { logPutOff, StoppingError, unavailableFor } from '../http/unavailable.ts';
import type { LoggedCall } from '../oauth/call-log.ts';
import { imageAddress } from '../shop/images/image-store.ts';
import { uploadImage } from '../shop/images/upload.ts';
import { shopTime } from '../shop/shop-time.ts';
import { healthPathOf } from './config/addresses.ts';
import { imageUrlOf } from './config/image-url.ts';
import type { Services } from './services.ts';
import { readTlsFiles } from './tls-files.ts';
import { metricsGate, type ProxyWatch, proxyWatch } from './unnamed-proxy.ts';

const FORM_LIMIT_BYTES = 64 * 1024;
const HEADER_TIMEOUT_MS = 10_000;
const BODY_STRETCH_MS = 30_000;
const LEAST_BYTES_A_STRETCH = 256 * 1024; // of the lines of a job: about 9 KB/s
const LONGEST_REQUEST_MS = 3_600_000; // as long as the lines of a job may take (graphql/jobs/job-limits.ts)
const KEEP_ALIVE_TIMEOUT_MS = 65_000; // longer than the usual proxy's, so that the proxy closes first
// Listeners of /api/changes, in each process.
const HEARTBEAT_MS = 15_000;
const MAX_LISTENERS = 500;
const MAX_LISTENERS_PER_CLIENT = 5;
// Requests to /api, in each process.
const RUNNING = { all: 100, waiting: 1_000, waitingBytes: 64 * 1024 * 1024, waitMs: 5_000 };

const OPERATIONS: ReadonlySet<string> = new Set(['/health', '/ready', '/metrics']);
const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
} as const;

/** `traced`: with a span for each request. */
export function createServer(services: Services, { traced = false } = {}): FastifyInstance {
  const { config } = services;
  const app = Fastify({
    ...tlsOptions(services),
    loggerInstance: services.log as FastifyBaseLogger,
    childLoggerFactory: (_logger, { reqId }) => new RequestLog(services.log, reqId as string),
    genReqId: requestIds(),
    requestIdHeader: false,
    // One line when a request is answered says as much as two.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    bodyLimit: FORM_LIMIT_BYTES,
    requestTimeout: LONGEST_REQUEST_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    connectionTimeout: 0,
    forceCloseConnections: 'idle',
    return503OnClosing: false, // each scope says it in its own form
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 128 },
    rewriteUrl: ({ url = '/' }) => withoutBasePath(config.basePath, url),
    frameworkErrors: (_error, request, reply) => void refuseUnreadable(request, reply as FastifyReply),
  });
  app.server.headersTimeout = HEADER_TIMEOUT_MS;
  app.setNotFoundHandler(async (request, reply) =>
    reply.code(404).send({ error: 'not_found', request_id: request.id }),
  );
  app.setErrorHandler(answerError);
  if (traced) traceRequests(app);
  const unnamed = proxyWatch(services);
  everyRequest(app, services, unnamed);
  tellStop(app, services);
  boundArrival(app, {
    stretchMs: BODY_STRETCH_MS,
    leastBytes: LEAST_BYTES_A_STRETCH,
    // By the act: the page may lie at two addresses (`TEGATA_PATH`).
    isLong: ({ method, routeOptions: { url, config } }) =>
      method === 'POST' && (url === JOBS_URL || config.act === 'job.upload'),
  });
  unhurried(app);
  measure(app, services);
  registerScopes(app, services, unnamed);
  return app;
}

/** A proxy may strip the path of `PUBLIC_URL` or leave it: no address of ours begins as it does, so both are understood. */
const withoutBasePath = (basePath: string, url: string): string =>
  !(basePath === '' && url.startsWith('/')) &&
  url.startsWith(basePath) &&
  /^(?:[/?]|$)/.test(url.slice(basePath.length))
    ? url.slice(basePath.length).replace(/^(?!\/)/, '/')
    : url;

/** Ids that are unique over restarts and processes, at the cost of a counter. */
function requestIds(): () => string {
  const start = randomHex(5);
  let count = 0;
  return () => {
    count += 1;
    return `${start}${count.toString(16).padStart(6, '0')}`;
  };
}

/** A target that cannot be decoded, or is in no form that is read: it reaches no route and no other hook. */
function refuseUnreadable({ id }: { readonly id: string }, reply: FastifyReply): FastifyReply {
  reply.headers(SECURITY_HEADERS).header('x-request-id', id).code(400);
  return reply.send({ error: 'invalid_request', request_id: id });
}

/** For what has no form of its own, and for whatever goes wrong in the other scopes' handlers: no word of the fault. */
function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const away = unavailableFor(error);
  const status = away ? 503 : (error.statusCode ?? 500);
  reply.code(status).header('cache-control', 'no-store');
  if (away) {
    logPutOff(request, error, away);
    reply.header('retry-after', String(away.retryAfterSeconds));
  } else if (status >= 500) request.log.error({ err: error }, 'request failed');
  const code = away ? 'temporarily_unavailable' : status >= 500 ? 'server_error' : 'invalid_request';
  return reply.send({ error: code, request_id: request.id });
}

function tlsOptions({ config }: Services): Pick<FastifyServerOptions, never> {
  const files = readTlsFiles(config);
  return files ? { https: { ...files, minVersion: 'TLSv1.2' } } : {};
}

function everyRequest(app: FastifyInstance, { config }: Services, unnamed: ProxyWatch): void {
  const admin = hostGate({ allow: config.adminAllowHosts, deny: config.adminDenyHosts });
  const front = hostGate({ allow: config.frontAllowHosts, deny: config.frontDenyHosts });
  app.addHook('onRequest', (request, reply, done) => {
    if (!isOriginForm(request.originalUrl) || !isForOneHost(request.raw)) {
      refuseUnreadable(request, reply);
      return;
    }
    unnamed(request);
    reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
    if (!config.isSharedHost && (config.publicHttps || request.protocol === 'https')) {
      reply.header('strict-transport-security', 'max-age=31536000');
    }
    const forPeople = isForPeople(request);
    if ((forPeople ? admin : front)(request.ip)) return done();
    if (forPeople) return done(new PageError('address_refused', 403));
    reply.code(403).send({ error: 'forbidden', request_id: request.id });
  });
}

function unhurried(app: FastifyInstance): void {
  app.addHook('onSend', ({ raw }, reply, _payload, done) => {
    if (isUnread(raw)) answerEarly(raw, reply.raw);
    done();
  });
}

/** Connections that stay open are asked to go elsewhere; a request that comes after the end began is put off. */
function tellStop(app: FastifyInstance, { stop, config }: Services): void {
  const isOperation = (route: string) => OPERATIONS.has(route) || route === healthPathOf(config);
  app.addHook('preClose', async () => {
    stop.closing = true;
  });
  app.addHook('onRequest', (request, reply, done) => {
    if (stop.draining) reply.header('connection', 'close');
    done(stop.closing && !isOperation(request.routeOptions.url ?? '') ? new StoppingError() : undefined);
  });
}

/** By route, never by path: paths are without number, and may hold what is no one's business. */
function measure(app: FastifyInstance, { metrics }: Services): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    request.log.info({ req: request, res: reply, ms: Math.round(reply.elapsedTime) }, 'request');
    metrics.observeRequest(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
}

function changesDeps({ config, store, follower, api, apiSwitch, extended }: Services) {
  const { write } = shopTime(config.timeZone);
  return {
    db: store.db,
    follower,
    topics: changeTopics(extended.api),
    publish: api.publish,
    isOn: () => apiSwitch.isOn(),
    writeTime: (at: number) => write(store.kit.dateText(at)),
    heartbeatMs: HEARTBEAT_MS,
    maxListeners: MAX_LISTENERS,
    maxListenersPerClient: MAX_LISTENERS_PER_CLIENT,
  };
}

function jobsDeps({ config, store, api, jobs, jobWorker }: Services) {
  const { write } = shopTime(config.timeZone);
  return {
    jobs,
    publish: api.publish,
    wake: () => jobWorker.wake(),
    writeTime: (at: number) => write(store.kit.dateText(at)),
    maxListenersPerClient: MAX_LISTENERS_PER_CLIENT,
  };
}

/** Who is told of each request to the API. */
function callSinks({ grantUse, apiUse, callLog, metrics }: Services) {
  const { countOperation, countCost, countThrottled } = metrics;
  const recordCall = (call: LoggedCall): void => {
    apiUse.recordCall(call);
    callLog.recordCall(call);
  };
  return { recordUse: grantUse.recordUse, recordCall, countOperation, countCost, countThrottled };
}

function imagesDeps({ config, store, clock, images, api }: Services) {
  const { timeZone } = config;
  return {
    publish: api.publish,
    upload: images && ((bytes: Buffer) => uploadImage({ store, clock, images, timeZone }, bytes)),
    urlOf: (name: string) => imageAddress(imageUrlOf(config), name),
  };
}

const opsDeps = ({ config, metrics, probes, replica, stop }: Services, unnamed: ProxyWatch) => ({
  probes,
  remarks: (): Record<string, string> => (replica ? { replica: replica.standing() } : {}),
  stop,
  metrics: { text: metrics.text, contentType: metrics.registry.contentType },
  mayReadMetrics: metricsGate(config, unnamed),
});

function refuseSwitchedOff(scope: FastifyInstance, { token, apiSwitch }: Services): void {
  const off = { error: 'not_found', error_description: 'The Web API is switched off.' };
  scope.addHook('onRequest', (request, reply, done) => {
    const judge = (on: boolean) => (on ? done() : reply.code(404).send({ ...off, request_id: request.id }));
    const known = apiSwitch.known();
    if (known === undefined) withPatience(request, token.patienceMs, apiSwitch.isOn).then(judge, done);
    else judge(known);
  });
}

function registerScopes(app: FastifyInstance, services: Services, unnamed: ProxyWatch): void {
  const { config, keyFiles, token, metrics } = services;
  const shared = (name: string) => services.limits && { counter: services.limits, name };
  const oauth = {
    token,
    adminRoute: config.adminRoute,
    keys: keyFiles.keys,
    failures: limiter(config.failuresPerMinute, { policy: 'failures', shared: shared('failures') }),
    countTokenAnswer: metrics.countTokenAnswer,
  };
  app.register(async (scope) => {
    boundLoad(scope);
    refuseWithoutTime(scope, services.clockWatch);
    refuseSwitchedOff(scope, services);
    await scope.register(oauthRoutes, oauth);
    const requests = limiter(config.apiPerMinute, { shared: shared('requests') });
    const gate = { principalOf: services.bearer.principalOf, issuer: config.publicUrl, requests };
    const running = new Running({ ...RUNNING, perClient: config.apiRunningPerClient });
    const quotas = new Quotas(config.apiCostPerMinute, () => services.clock.monotonicMs(), services.limits);
    const sinks = callSinks(services);
    await scope.register(apiRoute, { api: services.api, running, quotas, ...sinks, ...gate });
    const { recordUse } = sinks;
    await scope.register(imagesRoute, { ...imagesDeps(services), running, recordUse, ...gate });
    await scope.register(jobsRoute, { ...jobsDeps(services), recordUse, ...gate });
    await scope.register(changesRoute, { ...changesDeps(services), ...gate });
  });
  app.register(documentRoutes, oauth);
  app.register(opsRoutes, opsDeps(services, unnamed));
  // On a host name that is shared, `/health` is the shop's.
  if (healthPathOf(config) !== '/health') app.register(healthRoute, { prefix: config.pagesPath });
  app.register(async (scope) => {
    markForPeople(scope);
    await scope.register(adminRoutes, services.admin);
  });
}
