/** The live grants of one client: who allowed what, and the way to take it back. */

import type { Count } from '../../database/keyset.ts';
import { Card } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
import { ActionsTableHead } from '../ui/table-head.tsx';
import { countText, dateTime } from '../ui/time.ts';
import { clientTabPage, type TabbedClient } from './client-tabs.tsx';

export type GrantRow = {
  readonly grantId: string;
  /** Login id of the member; null when the client acts as itself. */
  readonly loginId: string | null;
  readonly scopes: readonly string[];
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
};

/** `total` may exceed the rows shown. */
export type LiveGrants = { readonly rows: readonly GrantRow[]; readonly total: Count };

export type ClientConnectionsProps = {
  readonly client: TabbedClient;
  readonly grants: LiveGrants;
  readonly callsInDay: number;
};

/** Each row leads to the page that asks before `paths.grantRevoke(clientId, grantId)`. */
export function clientConnectionsPage(context: AdminContext, props: ClientConnectionsProps): string {
  const { client, grants, callsInDay } = props;
  const { detail: t, asks } = context.messages;
  const { clientId } = client;
  return clientTabPage(context, {
    client,
    tab: 'connections',
    children: (
      <>
        <Card title={t.test}>
          <p>{t.testHelp}</p>
          <a class="btn btn-ec-regular" href={context.paths.clientTest(clientId)}>
            {t.toTest}
          </a>
        </Card>
        <p>{asks.usedInDay(callsInDay)}</p>
        <GrantsCard clientId={clientId} grants={grants} />
      </>
    ),
  });
}

type GrantsCardProps = { clientId: string; grants: LiveGrants };

function GrantsCard({ clientId, grants }: GrantsCardProps) {
  const { detail: t } = usePage().messages;
  const hidden = { ...grants.total, n: Math.max(0, grants.total.n - grants.rows.length) };
  if (grants.total.n === 0) {
    return (
      <Card title={t.grants}>
        <p class="mb-0">{t.noGrants}</p>
      </Card>
    );
  }
  return (
    <Card title={t.grants} flush>
      <GrantTable clientId={clientId} rows={grants.rows} />
      {(hidden.n > 0 || hidden.more) && <p class="more-rows">{t.more(countText(hidden))}</p>}
    </Card>
  );
}

type GrantTableProps = { clientId: string; rows: readonly GrantRow[] };

function GrantTable({ clientId, rows }: GrantTableProps) {
  const { detail: t, clients } = usePage().messages;
  return (
    <table class="table table-sm stacked">
      <caption class="visually-hidden">{t.grantsCaption}</caption>
      <ActionsTableHead columns={[t.who, clients.scopes, t.since, t.lastUsed]} />
      <tbody>
        {rows.map((grant) => (
          <GrantTableRow clientId={clientId} grant={grant} key={grant.grantId} />
        ))}
      </tbody>
    </table>
  );
}

type GrantTableRowProps = { clientId: string; grant: GrantRow };

function GrantTableRow({ clientId, grant }: GrantTableRowProps) {
  const { messages, paths, timeZone } = usePage();
  const { detail: t, clients } = messages;
  const who = grant.loginId ?? t.clientItself;
  return (
    <tr>
      <th scope="row" data-label={t.who}>
        {who}
      </th>
      <td data-label={clients.scopes}>{grant.scopes.join(' ')}</td>
      <td data-label={t.since}>{dateTime(grant.createdAt, timeZone)}</td>
      <td data-label={t.lastUsed}>
        {grant.lastUsedAt === null ? clients.neverUsed : dateTime(grant.lastUsedAt, timeZone)}
      </td>
      <td class="row-actions">
        <a
          class="btn btn-sm btn-ec-regular"
          href={paths.grantRevoke(clientId, grant.grantId)}
          aria-label={t.revokeThis(who)}
        >
          {t.revoke}
        </a>
      </td>
    </tr>
  );
}
