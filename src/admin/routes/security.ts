/** セキュリティ: what in the settings weakens the API, and what to do. */
import type { FastifyInstance } from 'fastify';
import { securityReport } from '../../flow/security-report.ts';
import { securityPage } from '../pages/security.tsx';
import { sendPage } from '../replies.ts';
import type { AdminKit } from '../visit.ts';
import { membersOnly } from './scope.ts';

export function securityRoutes(app: FastifyInstance, kit: AdminKit): void {
  const { token, openFiles } = kit.deps;
  app.get(
    kit.paths.security,
    membersOnly(kit, async (visit, _request, reply) => {
      const findings = await securityReport({ ...token, openFiles });
      return sendPage(reply, securityPage(await visit.admin(visit.session), { findings }));
    }),
  );
}
