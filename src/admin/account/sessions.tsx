/** ログイン中の端末: the member's own sessions, and the way to end them. */

import { SESSIONS_LISTED } from '../../staff/session.ts';
import { askFirstPage } from '../ui/ask-first.tsx';
import { Card } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { CsrfField } from '../ui/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { ActionsTableHead } from '../ui/table-head.tsx';
import { dateTime } from '../ui/time.ts';
import { browserName } from './browser-name.ts';

export type OwnSession = {
  readonly sessionHash: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly clientIp: string;
  readonly userAgent: string;
};

export type SessionsProps = {
  readonly sessions: readonly OwnSession[];
  /** `sessionHash` of the session that looks. */
  readonly current: string;
};

/** Posts `session`, `_token` to `paths.sessionEnd`; `paths.sessionsEndOthers` asks first. */
export function sessionsPage(context: AdminContext, { sessions, current }: SessionsProps): string {
  const { messages, paths } = context;
  const { sessions: t } = messages;
  return renderPage(
    context,
    <Layout page="sessions">
      <p>{t.lead}</p>
      <Card title={t.title} flush>
        <SessionTable sessions={sessions} current={current} />
      </Card>
      {sessions.length >= SESSIONS_LISTED && <p>{t.newest(SESSIONS_LISTED)}</p>}
      {sessions.length > 1 ? (
        <a class="btn btn-ec-delete" href={paths.sessionsEndOthers}>
          {t.endOthers}
        </a>
      ) : (
        <p>{t.onlyThis}</p>
      )}
    </Layout>,
  );
}

/** Posts `_token` to `paths.sessionsEndOthers`. */
export function endSessionsPage(context: AdminContext, { others }: { others: number }): string {
  const { messages, paths } = context;
  const { endSessions: t } = messages.asks;
  return askFirstPage(context, {
    page: 'sessionsEndOthers',
    question: t.question(others, others + 1 >= SESSIONS_LISTED),
    effects: [t.effect],
    action: paths.sessionsEndOthers,
    submit: t.submit,
    back: { href: paths.sessions, label: messages.sessions.title },
  });
}

function SessionTable({ sessions, current }: SessionsProps) {
  const { sessions: t } = usePage().messages;
  return (
    <table class="table table-sm stacked">
      <caption class="visually-hidden">{t.caption}</caption>
      <ActionsTableHead columns={[t.browser, t.since, t.lastSeen, t.address]} />
      <tbody>
        {sessions.map((session) => (
          <Row key={session.sessionHash} session={session} isCurrent={session.sessionHash === current} />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = { session: OwnSession; isCurrent: boolean };

function Row({ session, isCurrent }: RowProps) {
  const { messages, paths, timeZone } = usePage();
  const { sessions: t } = messages;
  const browser = browserName(session.userAgent, messages);
  return (
    <tr>
      <th scope="row" data-label={t.browser}>
        {browser}
      </th>
      <td data-label={t.since}>{dateTime(session.createdAt, timeZone)}</td>
      <td data-label={t.lastSeen}>{dateTime(session.lastSeenAt, timeZone)}</td>
      <td data-label={t.address}>
        <span class="break-anywhere">{session.clientIp}</span>
      </td>
      <td class="row-actions">
        {isCurrent ? (
          <span class="badge badge-on">{t.current}</span>
        ) : (
          <form method="post" action={paths.sessionEnd}>
            <CsrfField />
            <input type="hidden" name="session" value={session.sessionHash} />
            <button type="submit" class="btn btn-ec-regular" aria-label={t.endThis(browser)}>
              {t.end}
            </button>
          </form>
        )}
      </td>
    </tr>
  );
}
