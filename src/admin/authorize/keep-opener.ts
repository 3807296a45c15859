/**
 * An app that opens the authorization in a pop-up (Swagger UI, oidc-client-ts, automation tools) has its callback speak to
 * the window that opened it. `Cross-Origin-Opener-Policy` on any page or redirect in between cuts the two apart for good,
 * so it is taken off where such a flow passes, and only there.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { formOf } from '../form.ts';
import type { Paths } from '../paths.ts';
import { queryOf } from '../request.ts';

export function keepOpener(app: FastifyInstance, paths: Paths): void {
  const withRequest = [paths.login, paths.logout, paths.secondStep, paths.enrolment];
  const passes = (request: FastifyRequest): boolean => {
    const route = request.routeOptions.url ?? '';
    if (route === paths.authorize || route === paths.link) return true;
    return (
      withRequest.includes(route) &&
      (queryOf({ request }).get('request') ?? formOf({ request }).text('request')) !== ''
    );
  };
  app.addHook('onSend', async (request, reply) => {
    if (passes(request)) reply.header('cross-origin-opener-policy', 'unsafe-none');
  });
}
