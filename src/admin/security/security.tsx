/** セキュリティ: one card a finding with what to do, what could be stronger, what is well, and the checklists. */

import { MOST_JUDGED } from '../../security/report.ts';
import { namedOf, type SecurityFinding } from '../../security/security-findings.ts';
import { Card } from '../ui/card.tsx';
import { type AdminContext, useMemberPage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { Notice } from '../ui/flash.tsx';
import { Layout } from '../ui/layout.tsx';
import { Checklist } from './security-checklist.tsx';

export type SecurityProps = { readonly findings: readonly SecurityFinding[] };

export function securityPage(context: AdminContext, { findings }: SecurityProps): string {
  const { security: t } = context.messages;
  const [warnings, advice, well] = (['warning', 'advice', 'well'] as const).map((wanted) =>
    findings.filter(({ level }) => level === wanted),
  ) as [SecurityFinding[], SecurityFinding[], SecurityFinding[]];
  return renderPage(
    context,
    <Layout page="security">
      <p>{t.lead}</p>
      {warnings.length === 0 ? (
        <Notice level="success">{t.allWell}</Notice>
      ) : (
        <Notice level="warning">{t.found(warnings.length)}</Notice>
      )}
      {warnings.map((finding) => (
        <Card title={t.kinds[finding.kind].title} key={finding.kind}>
          <Found finding={finding} />
        </Card>
      ))}
      {advice.length > 0 && (
        <Card title={t.advice}>
          {advice.map((finding) => (
            <section class="advice" key={finding.kind}>
              <h4>{t.kinds[finding.kind].title}</h4>
              <Found finding={finding} />
            </section>
          ))}
        </Card>
      )}
      {well.length > 0 && (
        <Card title={t.well}>
          <ul class="mb-0">
            {well.map(({ kind }) => (
              <li key={kind}>{t.kinds[kind].well}</li>
            ))}
          </ul>
        </Card>
      )}
      <Checklist findings={findings} />
    </Layout>,
  );
}

function Found({ finding }: { finding: SecurityFinding }) {
  const { messages, paths, apiEnabled } = useMemberPage();
  const { security: t } = messages;
  const { why, todo } = t.kinds[finding.kind];
  const [values, clients] = [namedOf(finding.values), namedOf(finding.clients)];
  const further = values.further + clients.further;
  const isCut = [finding.values, finding.clients].some(({ length }) => length >= MOST_JUDGED);
  return (
    <>
      <p>{why}</p>
      <ul>
        {values.named.map((value) => (
          <li key={value}>{t.values[finding.kind]?.(value) ?? <code>{value}</code>}</li>
        ))}
        {clients.named.map(({ clientId, name }) => (
          <li key={clientId}>{apiEnabled ? <a href={paths.client(clientId)}>{name}</a> : name}</li>
        ))}
        {further > 0 && <li>{t.further(further, isCut)}</li>}
      </ul>
      <p class="mb-0">
        <strong>{t.todo}</strong> {todo}
      </p>
    </>
  );
}
