/** Says, in the log and to staff, that an endpoint was paused or switched off. */
import type { WebhookDeps } from './deps.ts';
import type { PauseReason, Webhook } from './store/webhook-row.ts';

export async function tellPaused(
  { log, notify }: Pick<WebhookDeps, 'log' | 'notify'>,
  { webhookId, payloadUrl, failingSince }: Webhook,
  reason: PauseReason,
  error: string,
): Promise<void> {
  log.warn({ webhookId, reason, error }, 'a webhook was paused');
  try {
    await notify?.({ webhookId, payloadUrl, reason, error, failingSince });
  } catch (cause) {
    log.error({ err: cause, webhookId }, 'nobody could be told that a webhook was paused');
  }
}
