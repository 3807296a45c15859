/** `/health`: the process lives. `/ready`: it can serve, with the reason when it cannot. `/metrics`: for Prometheus, from inside only. */
import type { FastifyInstance } from 'fastify';

export type Probe = { readonly name: string; check(): Promise<void> };

export type OpsDeps = {
  readonly probes: readonly Probe[];
  /** The text of Prometheus' exposition format, and its content type. */
  readonly metrics: { text(): Promise<string>; readonly contentType: string };
  readonly mayReadMetrics: (address: string) => boolean;
};

export async function opsRoutes(app: FastifyInstance, deps: OpsDeps): Promise<void> {
  app.get('/health', { logLevel: 'warn' }, async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  );
  app.get('/ready', { logLevel: 'warn' }, async (request, reply) => {
    const failed = [];
    for (const probe of deps.probes) {
      try {
        await probe.check();
      } catch (error) {
        request.log.error({ err: error, probe: probe.name }, 'not ready');
        failed.push(probe.name);
      }
    }
    reply.header('cache-control', 'no-store').code(failed.length > 0 ? 503 : 200);
    return reply.send(failed.length > 0 ? { status: 'unavailable', failed } : { status: 'ready' });
  });
  app.get('/metrics', { logLevel: 'warn' }, async (request, reply) => {
    if (!deps.mayReadMetrics(request.ip)) return reply.callNotFound();
    return reply
      .header('cache-control', 'no-store')
      .type(deps.metrics.contentType)
      .send(await deps.metrics.text());
  });
}
