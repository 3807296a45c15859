/** 最近の失敗 of one client: what went wrong, why exactly, and what to do. */

import type { EventKind } from '../../audit/kinds.ts';
import { type Detail, eventFacts, failureAdvice } from '../audit/event-words.ts';
import { Card } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
import { dateTime } from '../ui/time.ts';
import { clientTabPage, type TabbedClient } from './client-tabs.tsx';

export type FailureRow = {
  readonly eventId: number;
  readonly occurredAt: number;
  readonly kind: EventKind;
  readonly requestId: string | null;
  readonly detail: Detail;
};

export type ClientFailuresProps = {
  readonly client: TabbedClient;
  /** Newest first. */
  readonly failures: readonly FailureRow[];
};

export const clientFailuresPage = (
  context: AdminContext,
  { client, failures }: ClientFailuresProps,
): string =>
  clientTabPage(context, {
    client,
    tab: 'failures',
    children: <FailuresCard clientId={client.clientId} failures={failures} />,
  });

type FailuresCardProps = { clientId: string; failures: readonly FailureRow[] };

function FailuresCard({ clientId, failures }: FailuresCardProps) {
  const { messages, paths } = usePage();
  const { failures: t } = messages;
  if (failures.length === 0) {
    return (
      <Card title={t.title}>
        <p class="mb-0">{t.none}</p>
      </Card>
    );
  }
  return (
    <Card title={t.title}>
      <p class="field-help">{t.lead}</p>
      <ul class="failures">
        {failures.map((failure) => (
          <Failure failure={failure} key={failure.eventId} />
        ))}
      </ul>
      <a href={`${paths.audit}?${new URLSearchParams({ client: clientId, kind: '!failure' })}`}>{t.all}</a>
    </Card>
  );
}

function Failure({ failure }: { failure: FailureRow }) {
  const { messages, timeZone } = usePage();
  const { failures: t, events } = messages;
  const { text, todo } = failureAdvice(failure.kind, failure.detail, messages);
  return (
    <li>
      <h4>
        {dateTime(failure.occurredAt, timeZone)} {text}
      </h4>
      <p class="field-help break-anywhere">
        {[events[failure.kind], ...eventFacts(failure.detail, messages)].join(' / ')}
        {failure.requestId !== null && ` / ${messages.audit.fact(t.requestId, failure.requestId)}`}
      </p>
      <p>
        <strong>{t.todo}</strong> {todo}
      </p>
    </li>
  );
}
