/** 連携アプリ: who may use the shop's data, for what, how much it does, and the way to end it. */

import type { AppPage, ListedApp } from '../../oauth/apps.ts';
import { SearchForm } from '../audit/search-form.tsx';
import { Card, NothingYet } from '../ui/card.tsx';
import { type AdminContext, type PageContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { Layout } from '../ui/layout.tsx';
import { Further } from '../ui/pager.tsx';
import { ActionsTableHead } from '../ui/table-head.tsx';
import { countText, dateTime, groupDigits } from '../ui/time.ts';

const CALLS_SHOWN = 5;

/** `later`: this page does not begin with the newest one. */
export type AppsProps = AppPage & { readonly later: boolean };

/** Each row posts `_token` to `paths.appEnd(grantId)`. */
export function appsPage(context: AdminContext, props: AppsProps): string {
  const { messages } = context;
  const { apps: t } = messages;
  return renderPage(
    context,
    <Layout page="apps">
      <p>{t.lead}</p>
      {props.total.n === 0 && props.q === '' ? (
        <NothingYet title={t.none} next={t.noneNext} />
      ) : (
        <AppList {...props} />
      )}
    </Layout>,
  );
}

function AppList(props: AppsProps) {
  const { messages, paths } = usePage();
  const { apps: t, clients } = messages;
  const first = props.later ? `${paths.apps}?${new URLSearchParams({ q: props.q })}` : undefined;
  const next = props.next && `${paths.apps}?${new URLSearchParams({ q: props.q, after: props.next })}`;
  return (
    <>
      <div class="list-tools">
        <SearchForm action={paths.apps} q={props.q} label={t.search} />
      </div>
      <p class="list-count">
        {props.q === '' ? clients.all(countText(props.total)) : clients.found(countText(props.total))}
      </p>
      <Card flush>
        {props.apps.length === 0 ? (
          <p class="empty-state">{clients.notFound(props.q)}</p>
        ) : (
          <AppTable apps={props.apps} />
        )}
      </Card>
      <p class="field-help">{t.endHelp}</p>
      <Further first={first} next={next} />
    </>
  );
}

function AppTable({ apps }: { apps: readonly ListedApp[] }) {
  const { apps: t } = usePage().messages;
  return (
    <table class="table table-sm stacked">
      <caption class="visually-hidden">{t.caption}</caption>
      <ActionsTableHead columns={[t.app, t.who, t.scopes, t.since, t.lastUsed, t.calls, t.tokens]} />
      <tbody>
        {apps.map((app) => (
          <AppRow app={app} key={app.grantId} />
        ))}
      </tbody>
    </table>
  );
}

function AppRow({ app }: { app: ListedApp }) {
  const context = usePage();
  const { messages, paths, timeZone } = context;
  const { apps: t } = messages;
  const who = app.loginId ?? t.itself;
  return (
    <tr>
      <th scope="row" data-label={t.app}>
        <a href={paths.client(app.client.clientId)}>{app.client.name}</a>
      </th>
      <td data-label={t.who}>{who}</td>
      <td data-label={t.scopes}>
        <Lines of={app.scopes.map((scope) => scopeWords(scope, t.scopeWords))} />
      </td>
      <td data-label={t.since}>{dateTime(app.createdAt, timeZone)}</td>
      <td data-label={t.lastUsed}>
        <Lines of={lastUse(app, context)} />
      </td>
      <td data-label={t.calls}>
        <Lines of={callLines(app, context)} />
      </td>
      <td data-label={t.tokens}>{t.tokenCount(countText(app.liveTokens))}</td>
      <td class="row-actions">
        <a
          class="btn btn-ec-regular"
          href={paths.appEnd(app.grantId)}
          aria-label={t.endThis(app.client.name, who)}
        >
          {t.end}
        </a>
      </td>
    </tr>
  );
}

const scopeWords = (scope: string, words: Readonly<Record<string, string>>): string => words[scope] ?? scope;

function lastUse({ lastUsedAt, lastIp }: ListedApp, { messages, timeZone }: PageContext): string[] {
  const { apps: t } = messages;
  if (lastUsedAt === null) return [t.never];
  return [dateTime(lastUsedAt, timeZone), ...(lastIp === null ? [] : [t.from(lastIp)])];
}

function callLines({ calls }: ListedApp, { messages }: PageContext): string[] {
  const { apps: t } = messages;
  if (calls.length === 0) return [t.noCalls];
  const hidden = calls.length - CALLS_SHOWN;
  const shown = calls.slice(0, CALLS_SHOWN).map((one) => t.call(one.operation, groupDigits(one.calls)));
  return hidden > 0 ? [...shown, t.moreCalls(hidden)] : shown;
}

function Lines({ of }: { of: readonly string[] }) {
  return (
    <div class="break-anywhere">
      {of.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </div>
  );
}
