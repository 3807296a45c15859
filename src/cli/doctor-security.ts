/** Probes of the registered clients: what the page セキュリティ says of them. Issuer, files and clocks have probes of their own. */
import { en } from '../admin/i18n/en.ts';
import { systemClock } from '../base/clock.ts';
import type { Config } from '../config.ts';
import { securityReport } from '../flow/security-report.ts';
import type { SecurityFinding } from '../oauth/security-findings.ts';
import type { Store } from '../store/open.ts';
import { type Finding, ok, warning } from './finding.ts';

const CLIENTS = 'clients';

export async function clientFindings({ publicUrl }: Config, store: Store): Promise<Finding[]> {
  const report = await securityReport({ store, clock: systemClock, issuer: publicUrl, openFiles: () => [] });
  const concerning = report.filter(({ clients }) => clients.length > 0);
  return concerning.length === 0 ? [ok(CLIENTS, 'nothing weakens the API')] : concerning.map(findingOf);
}

function findingOf({ kind, clients }: SecurityFinding): Finding {
  const { title, why, todo } = en.security.kinds[kind];
  const names = clients.map(({ clientId, name }) => `${name} (${clientId})`).join(', ');
  return warning(CLIENTS, `${title}: ${names}. ${why}`, todo);
}
