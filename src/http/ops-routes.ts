/** `/health`: the process lives. `/ready`: it can serve, with the reason when it cannot. `/metrics`: for Prometheus, from inside only. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';

/** Who asks `/ready` waits no longer than some seconds itself. */
const PROBE_LIMIT_MS = 3_000;

export type ReadyCheck = { readonly name: string; check(): Promise<void> };

export type OpsDeps = {
  readonly probes: readonly ReadyCheck[];
  /** What else is told of a node that is ready. */
  readonly remarks?: () => Readonly<Record<string, string>>;
  readonly stop: { readonly draining: boolean; noteWatcher(): void };
  /** The text of Prometheus' exposition format, and its content type. */
  readonly metrics: { text(): Promise<string>; readonly contentType: string };
  readonly mayReadMetrics: (request: FastifyRequest) => boolean;
};

export async function healthRoute(app: FastifyInstance): Promise<void> {
  app.get('/health', { logLevel: 'warn' }, async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  );
}

export async function opsRoutes(app: FastifyInstance, deps: OpsDeps): Promise<void> {
  await healthRoute(app);
  app.get('/ready', { logLevel: 'warn' }, async (request, reply) => {
    deps.stop.noteWatcher();
    reply.header('cache-control', 'no-store');
    if (deps.stop.draining) return reply.code(503).send({ status: 'unavailable', failed: ['stopping'] });
    const asked = await Promise.all(deps.probes.map((probe) => fails(probe, request.log)));
    const failed = deps.probes.filter((_, place) => asked[place]).map(({ name }) => name);
    reply.code(failed.length > 0 ? 503 : 200);
    return reply.send(
      failed.length > 0 ? { status: 'unavailable', failed } : { status: 'ready', ...deps.remarks?.() },
    );
  });
  app.get('/metrics', { logLevel: 'warn' }, async (request, reply) => {
    if (!deps.mayReadMetrics(request)) return reply.callNotFound();
    return reply
      .header('cache-control', 'no-store')
      .type(deps.metrics.contentType)
      .send(await deps.metrics.text());
  });
}

async function fails(probe: ReadyCheck, log: FastifyBaseLogger): Promise<boolean> {
  const answered = new AbortController();
  const late = sleep(PROBE_LIMIT_MS, undefined, answered).then(() => {
    throw new Error(`no answer within ${PROBE_LIMIT_MS} ms`);
  });
  try {
    await Promise.race([probe.check(), late]);
    return false;
  } catch (error) {
    log.error({ err: error, probe: probe.name }, 'not ready');
    return true;
  } finally {
    answered.abort();
  }
}
