/** Gathers what the security report judges: clients, members, the machine's files, clocks, settings, the signing key. */

import { readServerFacts } from '../database/server-facts.ts';
import { listClients } from '../oauth/store/client-search.ts';
import { lastUsedOf } from '../oauth/store/token-overview.ts';
import type { IdentityDeps } from '../staff/session.ts';
import { allMembers } from '../staff/store/members.ts';
import { type SecurityFacts, type SecurityFinding, securityFindings } from './security-findings.ts';

/** Of more clients than that the newest are looked at. */
export const CLIENTS_JUDGED = 1_000;

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
    withoutSecondFactor: await byPasswordAlone(deps),
  });
}

async function byPasswordAlone({ store, twoFactorEnabled, memberCapabilities }: SecurityDeps) {
  if (!memberCapabilities.twoFactor) return undefined;
  const members = await allMembers(store.db, memberCapabilities);
  return members
    .filter(({ active, twoFactorKey }) => active && !(twoFactorEnabled && twoFactorKey !== null))
    .map(({ loginId }) => loginId);
}

async function newestClients({ store: { db } }: SecurityDeps) {
  const { clients } = await listClients(db, { text: '', limit: CLIENTS_JUDGED });
  const used = await lastUsedOf(
    db,
    clients.map(({ clientId }) => clientId),
  );
  return clients.map((client) => ({ client, lastUsedAt: used.get(client.clientId) ?? null }));
}
