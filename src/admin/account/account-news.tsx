/** On ホーム: what happened to the member's own account since the login before, and what to do when it was not the member. */

import type { AccountEvent, AccountNews } from '../../staff/account-news.ts';
import { type PageContext, usePage } from '../ui/context.ts';
import { Notice } from '../ui/flash.tsx';
import { dateTime } from '../ui/time.ts';

type Props = { news: AccountNews };

export function AccountNewsNotice({ news }: Props) {
  const context = usePage();
  const { accountNews: t, password, twoFactor } = context.messages;
  const { failures, changes } = news;
  const [last] = failures;
  if (last === undefined && changes.length === 0) return null;
  return (
    <Notice level="warning">
      <strong>{t.title}</strong>
      <ul class="mb-0">
        {last && <li>{t.failed(failures.length, whenAndWhere(context, last))}</li>}
        {changes.map((change, index) => (
          <li key={index}>
            {context.messages.events[change.kind]} — {whenAndWhere(context, change)}
          </li>
        ))}
      </ul>
      <p class="mb-0">
        {t.notYou} <a href={context.paths.password}>{password.title}</a>{' '}
        <a href={context.paths.twoFactor}>{twoFactor.title}</a>
      </p>
    </Notice>
  );
}

function whenAndWhere({ messages, timeZone }: PageContext, { occurredAt, clientIp }: AccountEvent): string {
  const at = dateTime(occurredAt, timeZone);
  return clientIp === null ? at : messages.accountNews.from(at, clientIp);
}
