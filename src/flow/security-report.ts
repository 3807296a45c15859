/** Gathers what the security report judges: clients, the machine's files, clocks, the issuer. */
import { type SecurityFinding, securityFindings } from '../oauth/security-findings.ts';
import { listClients } from '../store/clients.ts';
import { readServerFacts } from '../store/server-facts.ts';
import { lastUsedOf } from '../store/token-overview.ts';
import type { TokenDeps } from './token-deps.ts';

const BATCH = 500; // clients read at a time

export type SecurityDeps = Pick<TokenDeps, 'store' | 'clock' | 'issuer'> & {
  /** Paths of keys and data that other users of the machine may read. */
  readonly openFiles: () => readonly string[];
};

export async function securityReport(deps: SecurityDeps): Promise<SecurityFinding[]> {
  const { now: serverNow } = await readServerFacts(deps.store);
  const now = deps.clock.now();
  return securityFindings({
    now,
    issuer: deps.issuer,
    clients: await allClients(deps),
    openFiles: deps.openFiles(),
    clockApartSeconds: Math.abs(serverNow - now),
  });
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
