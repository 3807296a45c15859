/** 監査ログ: what happened, in words, with a filter and the way to take it away. */

import { TEXT_REACH } from '../../audit/events.ts';
import { EVENT_GROUPS, isFailure, kindsIn } from '../../audit/groups.ts';
import type { EventKind } from '../../audit/kinds.ts';
import type { AuditPage, ListedEvent } from '../../security/audit-log.ts';
import { Card } from '../ui/card.tsx';
import { type AdminContext, useMemberPage, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { Layout } from '../ui/layout.tsx';
import { TableHead } from '../ui/table-head.tsx';
import { dateTimeSeconds, groupDigits } from '../ui/time.ts';
import { CSV_ROWS_MAX } from './audit-csv.ts';
import { eventFacts } from './event-words.ts';

/** As in the query; '' = anything. */
export type AuditFilterValues = {
  /** A request id or any text. */
  readonly q: string;
  readonly kind: string;
  readonly client: string;
  readonly member: string;
  readonly from: string;
  readonly until: string;
};

export type AuditProps = AuditPage & {
  readonly filter: AuditFilterValues;
  readonly clients: readonly { readonly clientId: string; readonly name: string }[];
  /** This page does not begin with the newest event. */
  readonly older: boolean;
};

export function auditPage(context: AdminContext, props: AuditProps): string {
  const { messages } = context;
  const { audit: t } = messages;
  return renderPage(
    context,
    <Layout page="audit">
      <p>{t.lead}</p>
      <FilterCard {...props} />
      <Card flush>
        {props.events.length === 0 ? (
          <p class="empty-state">
            {t.none} {props.filter.q !== '' && t.noneOfText(groupDigits(TEXT_REACH))}
          </p>
        ) : (
          <EventTable events={props.events} />
        )}
      </Card>
      <Pages {...props} />
      <Export filter={props.filter} />
    </Layout>,
  );
}

const queryOf = (filter: AuditFilterValues, rest: Readonly<Record<string, string>> = {}): string =>
  new URLSearchParams(Object.entries({ ...filter, ...rest }).filter(([, value]) => value !== '')).toString();

function FilterCard({ filter, clients }: AuditProps) {
  const { messages, paths } = usePage();
  const { audit: t } = messages;
  const choices = clients.map(({ clientId, name }) => ({ value: clientId, label: name }));
  return (
    <Card title={t.filter}>
      <search>
        <form method="get" action={paths.audit} class="filter-form">
          <Field id="q" label={t.search} value={filter.q} type="search" />
          <KindSelect value={filter.kind} />
          <Select id="client" label={t.client} any={t.any} value={filter.client} options={choices} />
          <Field id="member" label={t.member} value={filter.member} type="text" />
          <Field id="from" label={t.from} value={filter.from} type="date" />
          <Field id="until" label={t.until} value={filter.until} type="date" />
          <div class="filter-buttons">
            <button type="submit" class="btn btn-ec-conversion">
              {t.apply}
            </button>
            {queryOf(filter) !== '' && <a href={paths.audit}>{t.clear}</a>}
          </div>
        </form>
      </search>
    </Card>
  );
}

type SelectProps = {
  id: string;
  label: string;
  any: string;
  value: string;
  options: readonly { value: string; label: string }[];
};

function Select({ id, label, any, value, options }: SelectProps) {
  const known = value === '' || options.some((option) => option.value === value);
  return (
    <div>
      <label for={id}>{label}</label>
      <select class="form-select" id={id} name={id}>
        <option value="">{any}</option>
        {!known && (
          <option value={value} selected>
            {value}
          </option>
        )}
        {options.map((option) => (
          <option value={option.value} selected={option.value === value} key={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Everything, failures or successes; then the same of each group, and its kinds. */
function KindSelect({ value }: { value: string }) {
  const { audit: t, events } = usePage().messages;
  const option = (key: string, label: string) => (
    <option value={key} selected={key === value} key={key}>
      {label}
    </option>
  );
  const named = (kind: EventKind) => option(kind, t.kindMarked(events[kind], isFailure(kind)));
  return (
    <div>
      <label for="kind">{t.kind}</label>
      <select class="form-select" id="kind" name="kind">
        {option('', t.any)}
        {option('!failure', t.failuresOnly)}
        {option('!success', t.successesOnly)}
        {EVENT_GROUPS.map((group) => (
          <optgroup label={t.groups[group]} key={group}>
            {option(`!${group}`, t.wholeGroup(t.groups[group]))}
            {kindsIn(group).some(isFailure) && option(`!failure.${group}`, t.groupFailures(t.groups[group]))}
            {kindsIn(group).map(named)}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

type FieldProps = { id: string; label: string; value: string; type: 'search' | 'text' | 'date' };

function Field({ id, label, value, type }: FieldProps) {
  return (
    <div>
      <label for={id}>{label}</label>
      {type === 'date' && <input class="form-control" type="date" id={id} name={id} value={value} />}
      {type === 'search' && (
        <input class="form-control" type="search" id={id} name={id} value={value} autocomplete="off" />
      )}
      {type === 'text' && (
        <input class="form-control" type="text" id={id} name={id} value={value} autocomplete="off" />
      )}
    </div>
  );
}

function EventTable({ events }: { events: readonly ListedEvent[] }) {
  const { audit: t } = usePage().messages;
  return (
    <table class="table table-sm stacked event-table">
      <caption class="visually-hidden">{t.caption}</caption>
      <TableHead columns={[t.when, t.what, t.client, t.who, t.ip]} />
      <tbody>
        {events.map((event) => (
          <EventRow event={event} key={event.eventId} />
        ))}
      </tbody>
    </table>
  );
}

function EventRow({ event }: { event: ListedEvent }) {
  const { messages, timeZone } = usePage();
  const { audit: t, events, common } = messages;
  const facts = eventFacts(event.detail, messages);
  if (event.requestId !== null) facts.push(t.fact(common.requestId, event.requestId));
  return (
    <tr>
      <td data-label={t.when}>{dateTimeSeconds(event.occurredAt, timeZone)}</td>
      <th scope="row" data-label={t.what}>
        <div>
          <span class={isFailure(event.kind) ? 'badge badge-failure' : 'badge badge-success'}>
            {isFailure(event.kind) ? t.failure : t.success}
          </span>{' '}
          {events[event.kind]}
          <ul class="event-facts">
            {facts.map((fact) => (
              <li key={fact}>{fact}</li>
            ))}
          </ul>
        </div>
      </th>
      <td data-label={t.client}>
        <ClientCell client={event.client} />
      </td>
      <td data-label={t.who}>{event.loginId ?? '—'}</td>
      <td data-label={t.ip}>
        <span class="break-anywhere">{event.clientIp ?? '—'}</span>
      </td>
    </tr>
  );
}

function ClientCell({ client }: { client: ListedEvent['client'] }) {
  const { messages, paths, apiEnabled } = useMemberPage();
  if (client === null) return <span>—</span>;
  if (client.name === undefined) {
    return <span class="break-anywhere">{messages.audit.deletedClient(client.clientId)}</span>;
  }
  if (!apiEnabled) return <span>{client.name}</span>;
  return <a href={paths.client(client.clientId)}>{client.name}</a>;
}

function Pages({ filter, next, older }: AuditProps) {
  const { messages, paths } = usePage();
  const { audit: t } = messages;
  if (!older && next === undefined) return null;
  return (
    <nav aria-label={t.pages}>
      <ul class="pagination justify-content-center">
        {older && (
          <li class="page-item">
            <a class="page-link" href={`${paths.audit}?${queryOf(filter)}`}>
              {t.newest}
            </a>
          </li>
        )}
        {next !== undefined && (
          <li class="page-item">
            <a class="page-link" href={`${paths.audit}?${queryOf(filter, { before: String(next) })}`}>
              {t.older}
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}

function Export({ filter }: { filter: AuditFilterValues }) {
  const { messages, paths } = usePage();
  const { audit: t } = messages;
  return (
    <Card>
      <div class="list-tools mb-0">
        <a class="btn btn-ec-regular" href={`${paths.auditExport}?${queryOf(filter, { format: 'csv' })}`}>
          {t.exportCsv}
        </a>
        <a class="btn btn-ec-regular" href={`${paths.auditExport}?${queryOf(filter)}`}>
          {t.export}
        </a>
      </div>
      <p class="field-help mb-0">{t.exportHelp(groupDigits(CSV_ROWS_MAX))}</p>
    </Card>
  );
}
