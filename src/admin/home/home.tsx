/** ホーム: is the API on, how much is it used, what happened lately, and what to do when nothing has yet. */

import type { ComponentChildren } from 'preact';
import type { EventKind } from '../../audit/kinds.ts';
import type { Count } from '../../database/keyset.ts';
import type { DayUse } from '../../oauth/overview.ts';
import type { AccountNews } from '../../staff/account-news.ts';
import type { Trouble } from '../../webhook/trouble.ts';
import { AccountNewsNotice } from '../account/account-news.tsx';
import type { MenuPage } from '../pages.ts';
import { Card } from '../ui/card.tsx';
import { type AdminContext, useMemberPage, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { Notice } from '../ui/flash.tsx';
import { Layout } from '../ui/layout.tsx';
import { TableHead } from '../ui/table-head.tsx';
import { countText, dateTime, groupDigits } from '../ui/time.ts';
import { WebhookTrouble } from '../webhooks/webhook-trouble.tsx';
import { DailyUse } from './chart.tsx';

export type EventRow = {
  readonly occurredAt: number;
  readonly kind: EventKind;
  readonly loginId: string | null;
  /** Null when the event has no client or the client is gone. */
  readonly client: { readonly clientId: string; readonly name: string } | null;
};

export type ExpiringSecretRow = {
  readonly clientId: string;
  readonly name: string;
  readonly expiresAt: number;
  readonly lastUsedAt: number | null;
};

export type HomeProps = {
  readonly clientCount: Count;
  readonly liveGrantCount: Count;
  /** The last 30 days, oldest first. */
  readonly days: readonly DayUse[];
  /** Secrets that stop working within two weeks, the soonest first. */
  readonly expiringSecrets: readonly ExpiringSecretRow[];
  readonly webhookTroubles: readonly Trouble[];
  readonly accountNews: AccountNews;
  /** Newest first. */
  readonly events: readonly EventRow[];
};

export function homePage(context: AdminContext, props: HomeProps): string {
  const { home: t } = context.messages;
  // What a member's authority is denied is not told here either.
  const maySee = (page: MenuPage) => context.menuPages.includes(page);
  return renderPage(
    context,
    <Layout page="home">
      <AccountNewsNotice news={props.accountNews} />
      <NextThing clientCount={props.clientCount.n} />
      {maySee('webhooks') && <WebhookTrouble rows={props.webhookTroubles} />}
      {maySee('clients') && <SecretWarnings secrets={props.expiringSecrets} />}
      <Tiles {...props} />
      <Card title={t.last30Days(t.chart)}>
        {callsIn(props) === 0 ? (
          <p class="mb-0">
            {t.chartEmpty} {t.noCalls}
          </p>
        ) : (
          <DailyUse days={props.days} />
        )}
      </Card>
      {maySee('audit') && <EventsCard events={props.events} />}
    </Layout>,
  );
}

const callsIn = ({ days }: HomeProps): number => days.reduce((sum, { calls }) => sum + calls, 0);

/** What a shop without API or without clients should do now. */
function NextThing({ clientCount }: { clientCount: number }) {
  const { messages, paths, apiEnabled, menuPages } = useMemberPage();
  const { home: t } = messages;
  if (!apiEnabled) {
    return (
      <Notice level="warning">
        {t.apiOffNext} <a href={paths.plugins}>{t.toPlugins}</a>
      </Notice>
    );
  }
  if (clientCount > 0 || !menuPages.includes('clients')) return null;
  return (
    <Card>
      <div class="empty-state">
        <p>{t.noClients}</p>
        <a class="btn btn-ec-conversion" href={paths.clientNew}>
          {t.firstClient}
        </a>
      </div>
    </Card>
  );
}

type WarningsProps = { secrets: readonly ExpiringSecretRow[] };

function SecretWarnings({ secrets }: WarningsProps) {
  const { messages, paths, timeZone, apiEnabled } = useMemberPage();
  const { secretWarnings: t } = messages;
  if (!apiEnabled || secrets.length === 0) return null;
  return (
    <Notice level="warning">
      {secrets.map(({ clientId, name, expiresAt }) => (
        <p class="mb-0" key={`${clientId} ${expiresAt}`}>
          <a href={paths.client(clientId)}>{t.soonOf(name, dateTime(expiresAt, timeZone))}</a>
        </p>
      ))}
    </Notice>
  );
}

function Tiles(props: HomeProps) {
  const { messages, apiEnabled } = useMemberPage();
  const { home: t } = messages;
  const count = (n: Count) => t.count(countText(n));
  return (
    <dl class="tiles">
      <Tile label={t.api}>
        <span class={apiEnabled ? 'badge badge-on' : 'badge badge-off'}>
          {apiEnabled ? t.apiOn : t.apiOff}
        </span>
      </Tile>
      <Tile label={t.clients}>{count(props.clientCount)}</Tile>
      <Tile label={t.liveGrants}>{count(props.liveGrantCount)}</Tile>
      <Tile label={t.last30Days(t.calls)}>{t.times(groupDigits(callsIn(props)))}</Tile>
    </dl>
  );
}

function Tile({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="tile">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function EventsCard({ events }: { events: readonly EventRow[] }) {
  const { home: t } = usePage().messages;
  if (events.length === 0) {
    return (
      <Card title={t.events}>
        <p class="mb-0">{t.noEvents}</p>
      </Card>
    );
  }
  return (
    <Card title={t.events} flush>
      <table class="table table-sm stacked">
        <caption class="visually-hidden">{t.events}</caption>
        <TableHead columns={[t.when, t.what, t.who, t.which]} />
        <tbody>
          {events.map((event, index) => (
            <EventTableRow key={index} event={event} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function EventTableRow({ event }: { event: EventRow }) {
  const { messages, paths, timeZone, apiEnabled, menuPages } = useMemberPage();
  const { home: t, events } = messages;
  const { client } = event;
  const mayOpen = apiEnabled && menuPages.includes('clients');
  return (
    <tr>
      <td class="when" data-label={t.when}>
        {dateTime(event.occurredAt, timeZone)}
      </td>
      <td data-label={t.what}>{events[event.kind]}</td>
      <td data-label={t.who}>{event.loginId ?? '—'}</td>
      <td data-label={t.which}>
        {client === null ? (
          '—'
        ) : mayOpen ? (
          <a href={paths.client(client.clientId)}>{client.name}</a>
        ) : (
          client.name
        )}
      </td>
    </tr>
  );
}
