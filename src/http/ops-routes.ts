/** `/health`: the process lives. `/ready`: it can serve, with the reason when it cannot. */
import type { FastifyInstance } from 'fastify';

export type Probe = { readonly name: string; check(): Promise<void> };

export async function opsRoutes(app: FastifyInstance, deps: { probes: readonly Probe[] }): Promise<void> {
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
}
