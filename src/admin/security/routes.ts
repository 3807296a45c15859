/** セキュリティ: what in the settings weakens the API and what to do, and the state of every checklist row. */
import { currentKey, securityBits } from '../../oauth/keys/keyring.ts';
import { securityReport } from '../../security/report.ts';
import type { AdminDeps } from '../deps.ts';
import { type MemberExchange, memberPage } from '../exchange.ts';
import type { PageRoutes } from '../page-routes.ts';
import { sendPage } from '../replies.ts';
import { securityPage } from './security.tsx';

export function securityRoutes({ page }: PageRoutes): void {
  page('security', show);
}

async function show(exchange: MemberExchange) {
  const findings = await reportOf(exchange.kit.deps);
  return sendPage(exchange, securityPage(await memberPage(exchange), { findings }));
}

const reportOf = ({ identity, token, openFiles }: AdminDeps) =>
  securityReport({
    ...identity,
    issuer: token.issuer,
    codeSeconds: token.lifetimes.codeSeconds,
    keyStrength: securityBits(currentKey(token.keys()).publicKey),
    openFiles: openFiles(),
  });
