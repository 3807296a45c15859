/** The security checklists, group by group: what each row asks, its state, and what this shop's settings make of it. */

import { type ChecklistRow, checklist, countStates, toLookAt } from '../../security/security-checklist.ts';
import type { SecurityFinding } from '../../security/security-findings.ts';
import type { Messages } from '../i18n/ja/messages.ts';
import { Card } from '../ui/card.tsx';
import { usePage } from '../ui/context.ts';
import { TableHead } from '../ui/table-head.tsx';

const STATE_BADGES = { tested: 'badge-on', later: 'badge-off', 'n/a': 'badge-off' } as const;
const LEVEL_BADGES = { well: 'badge-on', advice: 'badge-off', warning: 'badge-error' } as const;

type ChecklistProps = { readonly findings: readonly SecurityFinding[] };

export function Checklist({ findings }: ChecklistProps) {
  const { messages } = usePage();
  const { checklist: t } = messages.security;
  const rows = checklist(findings);
  return (
    <Card title={t.title}>
      <p>{t.lead}</p>
      <p>
        <strong>{t.counts(rows.length, countsText(rows, messages))}</strong>
      </p>
      {[...Map.groupBy(rows, ({ group }) => group)].map(([group, own]) => (
        <details class="checklist" key={group}>
          <summary>
            {messages.securityRows.groups[group]} <small>{countsText(own, messages)}</small>{' '}
            {toLookAt(own).length > 0 && (
              <span class="badge badge-error">{t.looked(toLookAt(own).length)}</span>
            )}
          </summary>
          <Rows rows={own} caption={messages.securityRows.groups[group]} />
        </details>
      ))}
    </Card>
  );
}

function countsText(rows: readonly ChecklistRow[], { security }: Messages): string {
  const { checklist: t } = security;
  return countStates(rows)
    .map(([state, count]) => t.count(t.states[state], count))
    .join(t.between);
}

type RowsProps = {
  readonly rows: readonly ChecklistRow[];
  readonly caption: string;
};

function Rows({ rows, caption }: RowsProps) {
  const { messages } = usePage();
  const { checklist: t } = messages.security;
  return (
    <table class="table table-sm stacked">
      <caption class="visually-hidden">{caption}</caption>
      <TableHead columns={[t.id, t.requirement, t.state]} />
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} id={row.id}>
            <th scope="row" data-label={t.id} class="line">
              {row.id}
            </th>
            <td data-label={t.requirement} data-wrap="anywhere">
              <div>
                <WithCode text={messages.securityRows.requirements[row.id]} />
                <Here row={row} />
              </div>
            </td>
            <td data-label={t.state}>
              <State row={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type RowProps = { readonly row: ChecklistRow };

function State({ row: { id, state } }: RowProps) {
  const { security, securityRows } = usePage().messages;
  const reason = securityRows.reasons[id];
  return (
    <div>
      <span class={`badge ${STATE_BADGES[state]}`}>{security.checklist.states[state]}</span>
      {reason !== undefined && (
        <div class="reason">
          <WithCode text={reason} />
        </div>
      )}
    </div>
  );
}

function Here({ row }: RowProps) {
  const { messages } = usePage();
  const { checklist: t, kinds } = messages.security;
  return row.here.map(({ kind, level }) => (
    <div class="here" key={kind}>
      {t.here} <span class={`badge ${LEVEL_BADGES[level]}`}>{t.levels[level]}</span>{' '}
      {level === 'well' ? kinds[kind].well : kinds[kind].title}
    </div>
  ));
}

/** Renders text between back quotes as code. */
const WithCode = ({ text }: { text: string }) =>
  text.split('`').map((part, index) => (index % 2 === 1 ? <code key={part}>{part}</code> : part));
