/** Gathers what the security report judges: clients, members, the machine's files, clocks, settings, the signing key. */
import { type SecurityFacts, type SecurityFinding, securityFindings } from '../oauth/security-findings.ts';
import { listClients } from '../store/clients.ts';
import { allMembers } from '../store/members.ts';
import { readServerFacts } from '../store/server-facts.ts';
import { lastUsedOf } from '../store/token-overview.ts';
import type { IdentityDeps } from './session.ts';

const BATCH = 500; // clients read at a time

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
    clients: await allClients(deps),
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

async function allClients({ store: { db } }: SecurityDeps) {
  const all = [];
  for (let offset = 0; ; offset += BATCH) {
    const { clients } = await listClients(db, { text: '', limit: BATCH, offset });
    const used = await lastUsedOf(
      db,
      clients.map(({ clientId }) => clientId),
    );
    all.push(...clients.map((client) => ({ client, lastUsedAt: used.get(client.clientId) ?? null })));
    if (clients.length < BATCH) return all;
  }
}
