/** Probes of clients, members and settings: what the page セキュリティ says of them, and the state of every checklist row. */
import { en } from '../../admin/i18n/en/messages.ts';
import { type ChecklistRow, checklist, countStates, toLookAt } from '../../security/security-checklist.ts';
import { namedOf, type SecurityFinding, type SecurityKind } from '../../security/security-findings.ts';
import { type Finding, note, ok, warning } from './finding.ts';

const CLIENTS = 'clients';
const CHECKLIST = 'checklist';
/** Issuer, files, clock and password cost have probes of their own, which need no database. */
const PROBED_ELSEWHERE: readonly SecurityKind[] = [
  'plain-http-issuer',
  'open-files',
  'clock-apart',
  'cheap-passwords',
];

export function securityLines(report: readonly SecurityFinding[]): Finding[] {
  const own = report.filter(({ kind }) => !PROBED_ELSEWHERE.includes(kind));
  const warnings = own.filter(({ level }) => level === 'warning');
  const advice = own.filter(({ level }) => level === 'advice');
  return [
    ...(warnings.length === 0 ? [ok(CLIENTS, 'nothing weakens the API')] : warnings.map(warningOf)),
    ...advice.map((finding) => note('security', `${says(finding)}. ${en.security.kinds[finding.kind].todo}`)),
  ];
}

const warningOf = (finding: SecurityFinding): Finding => {
  const { why, todo } = en.security.kinds[finding.kind];
  return warning(CLIENTS, `${says(finding)}. ${why}`, todo);
};

function says({ kind, level, clients, values }: SecurityFinding): string {
  const { title, well } = en.security.kinds[kind];
  if (level === 'well') return well;
  const found = [...clients.map(({ clientId, name }) => `${name} (${clientId})`), ...values];
  const { named, further } = namedOf(found);
  return `${title}: ${named.join(', ')}${further > 0 ? ` and ${further} more` : ''}`;
}

/** `report`: undefined when the database cannot be asked; then the rows say nothing of this installation. */
export function checklistFindings(report: readonly SecurityFinding[] | undefined) {
  const rows = checklist(report ?? []);
  const counts = countStates(rows);
  const looked = toLookAt(rows).map(({ id }) => id);
  const here = looked.length === 0 ? '' : `; settings here weaken ${looked.join(', ')}`;
  const line = counts.map(([state, count]) => `${count} ${state}`).join(', ');
  return {
    finding: ok(CHECKLIST, `${rows.length} rows: ${line}${here} (every row: --json)`),
    checklist: { counts: Object.fromEntries(counts), rows: rows.map(rowOf) },
  };
}

const rowOf = ({ id, group, state, here }: ChecklistRow) => ({
  id,
  group: en.securityRows.groups[group],
  requirement: en.securityRows.requirements[id],
  state,
  reason: en.securityRows.reasons[id],
  here: here.map((finding) => ({ kind: finding.kind, level: finding.level, says: says(finding) })),
});
