/** On ホーム: endpoints that nothing arrives at, each with a link to its page. */

import type { Trouble } from '../../webhook/trouble.ts';
import { useMemberPage } from '../ui/context.ts';
import { Notice } from '../ui/flash.tsx';
import { dateTime } from '../ui/time.ts';
import { webhookErrorText } from './webhook-error.ts';

type Props = { rows: readonly Trouble[] };

export function WebhookTrouble({ rows }: Props) {
  const { messages, paths, timeZone, menuPages, apiEnabled } = useMemberPage();
  const { webhookTrouble: t } = messages;
  // An address may say more than a member shall know whose authority is denied WebHook管理.
  if (rows.length === 0 || !menuPages.includes('webhooks')) return null;
  return (
    <Notice level="danger">
      <strong>{t.title}</strong>
      <ul class="mb-0">
        {rows.map(({ webhookId, payloadUrl, kind, since, lastError }) => (
          <li class="break-anywhere" key={webhookId}>
            {payloadUrl} — {t[kind](dateTime(since, timeZone))}
            {lastError !== null && ` — ${webhookErrorText(lastError, messages)}`}{' '}
            {apiEnabled && <a href={paths.webhook(webhookId)}>{t.open}</a>}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
