/** セキュリティ: what in the settings weakens the API and what to do, and the state of every checklist row. */
import type { FastifyInstance } from 'fastify';
import { currentKey, securityBits } from '../../oauth/keys/keyring.ts';
import { securityReport } from '../../security/report.ts';
import type { AdminDeps } from '../deps.ts';
import { membersOnly } from '../guards.ts';
import { sendPage } from '../replies.ts';
import type { AdminKit } from '../visit.ts';
import { securityPage } from './security.tsx';

export function securityRoutes(app: FastifyInstance, kit: AdminKit): void {
  app.get(
    kit.paths.security,
    membersOnly(kit, async (visit, _request, reply) => {
      const findings = await reportOf(kit.deps);
      return sendPage(reply, securityPage(await visit.admin(visit.session), { findings }));
    }),
  );
}

const reportOf = ({ identity, token, openFiles }: AdminDeps) =>
  securityReport({
    ...identity,
    issuer: token.issuer,
    codeSeconds: token.lifetimes.codeSeconds,
    keyStrength: securityBits(currentKey(token.keys()).publicKey),
    openFiles: openFiles(),
  });
