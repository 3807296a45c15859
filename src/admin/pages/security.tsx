/** セキュリティ: one card a finding with what to do, and what was looked at and is well. */
import { SECURITY_KINDS, type SecurityFinding } from '../../oauth/security-findings.ts';
import { Card } from './card.tsx';
import type { AdminContext } from './context.ts';
import { renderPage } from './document.tsx';
import { Notice } from './flash.tsx';
import { Layout } from './layout.tsx';

export type SecurityProps = { readonly findings: readonly SecurityFinding[] };

export function securityPage(context: AdminContext, { findings }: SecurityProps): string {
  const { security: t, menu } = context.messages;
  const found = findings.map(({ kind }) => kind);
  const well = SECURITY_KINDS.filter((kind) => !found.includes(kind));
  return renderPage(
    <Layout context={context} id="admin_api_security" title={t.title} subtitle={menu.api} current="security">
      <p>{t.lead}</p>
      {findings.length === 0 ? (
        <Notice level="success">{t.allWell}</Notice>
      ) : (
        <Notice level="warning">{t.found(findings.length)}</Notice>
      )}
      {findings.map((finding) => (
        <FindingCard context={context} finding={finding} key={finding.kind} />
      ))}
      {well.length > 0 && (
        <Card title={t.well}>
          <ul class="mb-0">
            {well.map((kind) => (
              <li key={kind}>{t.kinds[kind].well}</li>
            ))}
          </ul>
        </Card>
      )}
    </Layout>,
  );
}

function FindingCard({ context, finding }: { context: AdminContext; finding: SecurityFinding }) {
  const { messages, paths, apiEnabled } = context;
  const { security: t } = messages;
  const { title, why, todo } = t.kinds[finding.kind];
  return (
    <Card title={title}>
      <p>{why}</p>
      <ul>
        {finding.values.map((value) => (
          <li key={value}>
            <code>{value}</code>
          </li>
        ))}
        {finding.clients.map(({ clientId, name }) => (
          <li key={clientId}>{apiEnabled ? <a href={paths.client(clientId)}>{name}</a> : name}</li>
        ))}
      </ul>
      <p class="mb-0">
        <strong>{t.todo}</strong> {todo}
      </p>
    </Card>
  );
}
