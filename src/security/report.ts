/** Gathers what the security report judges: clients, members, the machine's files, clocks, settings, the signing key. */

import { readServerFacts } from '../database/server-facts.ts';
import { listClients } from '../oauth/store/client-search.ts';
import { lastUsedOf } from '../oauth/store/token-overview.ts';
import type { IdentityDeps } from '../staff/session.ts';
import { byPasswordAlone } from '../staff/store/members.ts';
import { type SecurityFacts, type SecurityFinding, securityFindings } from './security-findings.ts';

/** Of more clients than that the newest are looked at, of more members the oldest. */
export const MOST_JUDGED = 1_000;

export type SecurityDeps = Pick<
  IdentityDeps,
  'store' | 'clock' | 'twoFactorEnabled' | 'memberCapabilities' | 'passwordCost'
> &
  Pick<SecurityFacts, 'issuer' | 'codeSeconds' | 'openFiles' | 'keyStrength'>;

export async function securityReport(deps: SecurityDeps): Promise<SecurityFinding[]> {
  const { now: serverNow } = await readServerFacts(deps.store);
  const now = deps.clock.now();
  return securityFindings({
    ...deps,
    now,
    clients: await newestClients(deps),
    clockApartSeconds: Math.abs(serverNow - now),
    withoutSecondFactor: await withoutSecondFactor(deps),
  });
}

async function withoutSecondFactor({ store, twoFactorEnabled, memberCapabilities }: SecurityDeps) {
  if (!memberCapabilities.twoFactor) return undefined;
  return byPasswordAlone(store.db, { factorsOn: twoFactorEnabled, limit: MOST_JUDGED });
}

async function newestClients({ store: { db } }: SecurityDeps) {
  const { clients } = await listClients(db, { text: '', limit: MOST_JUDGED });
  const used = await lastUsedOf(
    db,
    clients.map(({ clientId }) => clientId),
  );
  return clients.map((client) => ({ client, lastUsedAt: used.get(client.clientId) ?? null }));
}
