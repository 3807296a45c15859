/** OAuth管理: endpoints, search, a row per client. */

import type { Count } from '../../database/keyset.ts';
import { SearchForm } from '../audit/search-form.tsx';
import { Card, NothingYet } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { CopyRow, CsrfField } from '../ui/form.tsx';
import { Icon } from '../ui/icons.tsx';
import { Layout } from '../ui/layout.tsx';
import { Further } from '../ui/pager.tsx';
import { ActionsTableHead } from '../ui/table-head.tsx';
import { countText, dateTime } from '../ui/time.ts';
import { grantLabel } from './client-names.ts';

export type Endpoints = { readonly authorize: string; readonly token: string; readonly api: string };

export type ClientListRow = {
  readonly clientId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly redirectUris: readonly string[];
  readonly grantTypes: readonly string[];
  readonly lastUsedAt: number | null;
  readonly enabled: boolean;
};

export type ClientsProps = {
  readonly endpoints: Endpoints;
  /** The search words, empty for all. */
  readonly q: string;
  /** This page does not begin with the newest client. */
  readonly later: boolean;
  /** Where the next page begins; undefined on the last one. */
  readonly next: string | undefined;
  /** How many clients there are, or are found on this page. */
  readonly total: Count;
  readonly clients: readonly ClientListRow[];
};

/** Search by GET `q`, `after`; 期限切れのトークンを削除 posts `_token` to `paths.clearExpiredTokens`. */
export function clientsPage(context: AdminContext, props: ClientsProps): string {
  const empty = props.total.n === 0 && props.q === '';
  return renderPage(
    context,
    <Layout page="clients">
      <EndpointCard endpoints={props.endpoints} />
      {empty ? <NoClients /> : <ClientList {...props} />}
      <ClearExpired />
    </Layout>,
  );
}

function EndpointCard({ endpoints }: { endpoints: Endpoints }) {
  const { messages } = usePage();
  const t = messages.clients;
  return (
    <Card title={t.endpoints}>
      <CopyRow id="authorization-endpoint" label={t.authorizationEndpoint} value={endpoints.authorize} />
      <CopyRow id="token-endpoint" label={t.tokenEndpoint} value={endpoints.token} />
      <CopyRow id="api-endpoint" label={t.apiEndpoint} value={endpoints.api} />
    </Card>
  );
}

function NoClients() {
  const { clients: t } = usePage().messages;
  return (
    <NothingYet title={t.none} next={t.noneNext}>
      <CreateLink />
    </NothingYet>
  );
}

function CreateLink() {
  const context = usePage();
  return (
    <a class="btn btn-ec-conversion" href={context.paths.clientNew}>
      {context.messages.common.createNew}
    </a>
  );
}

function ClientList(props: ClientsProps) {
  const context = usePage();
  const { clients: t } = context.messages;
  const first = props.later ? `${context.paths.clients}?${new URLSearchParams({ q: props.q })}` : undefined;
  const next =
    props.next && `${context.paths.clients}?${new URLSearchParams({ q: props.q, after: props.next })}`;
  return (
    <>
      <div class="list-tools">
        <CreateLink />
        <SearchForm action={context.paths.clients} q={props.q} label={t.search} />
      </div>
      <p class="list-count">
        {props.q === '' ? t.all(countText(props.total)) : t.found(countText(props.total))}
      </p>
      <Card flush>
        {props.clients.length === 0 ? (
          <p class="empty-state">{t.notFound(props.q)}</p>
        ) : (
          <ClientTable clients={props.clients} />
        )}
      </Card>
      <Further first={first} next={next} />
    </>
  );
}

function ClientTable({ clients }: { clients: readonly ClientListRow[] }) {
  const { clients: t } = usePage().messages;
  return (
    <table class="table table-sm stacked client-table">
      <caption class="visually-hidden">{t.caption}</caption>
      <ActionsTableHead
        columns={[t.name, t.clientId, t.scopes, t.redirectUris, t.grantTypes, t.lastUsed, t.state]}
      />
      <tbody>
        {clients.map((client) => (
          <ClientTableRow client={client} key={client.clientId} />
        ))}
      </tbody>
    </table>
  );
}

function ClientTableRow({ client }: { client: ClientListRow }) {
  const context = usePage();
  const { clients: t } = context.messages;
  return (
    <tr id={`client-${client.clientId}`}>
      <th scope="row" data-label={t.name}>
        <a href={context.paths.client(client.clientId)}>{client.name}</a>
      </th>
      <td data-label={t.clientId}>
        <code class="client-id">{client.clientId}</code>
      </td>
      <td data-label={t.scopes}>{client.scopes.join(' ')}</td>
      <td data-label={t.redirectUris} data-wrap="anywhere">
        <Lines of={client.redirectUris} />
      </td>
      <td data-label={t.grantTypes}>
        <Lines of={client.grantTypes.map((grant) => grantLabel(grant, context.messages))} />
      </td>
      <td data-label={t.lastUsed}>
        {client.lastUsedAt === null ? t.neverUsed : dateTime(client.lastUsedAt, context.timeZone)}
      </td>
      <td data-label={t.state}>
        <StateBadge enabled={client.enabled} />
      </td>
      <td class="row-actions">
        <RowActions client={client} />
      </td>
    </tr>
  );
}

function RowActions({ client }: { client: ClientListRow }) {
  const context = usePage();
  const { clients: t, common } = context.messages;
  const { clientId, name } = client;
  return (
    <>
      <a class="btn btn-ec-actionIcon" href={context.paths.client(clientId)} title={common.edit}>
        <Icon name="pencil" />
        <span class="visually-hidden">{t.editThis(name)}</span>
      </a>
      <a class="btn btn-ec-actionIcon" href={context.paths.clientDelete(clientId)} title={common.delete}>
        <Icon name="close" />
        <span class="visually-hidden">{t.deleteThis(name)}</span>
      </a>
    </>
  );
}

export function StateBadge({ enabled }: { enabled: boolean }) {
  const { common } = usePage().messages;
  return (
    <span class={enabled ? 'badge badge-on' : 'badge badge-off'}>
      {enabled ? common.enabled : common.disabled}
    </span>
  );
}

function Lines({ of }: { of: readonly string[] }) {
  return (
    <div>
      {of.map((line) => (
        <div class="line" key={line}>
          {line}
        </div>
      ))}
    </div>
  );
}

function ClearExpired() {
  const context = usePage();
  const { clients: t } = context.messages;
  return (
    <form method="post" action={context.paths.clearExpiredTokens} class="text-center">
      <CsrfField />
      <button type="submit" class="btn btn-ec-regular" aria-describedby="clear-expired-help">
        {t.clearExpired}
      </button>
      <p class="field-help text-center" id="clear-expired-help">
        {t.clearExpiredHelp}
      </p>
    </form>
  );
}
