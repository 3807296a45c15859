/** An endpoint that the worker pauses or switches off: with its row in the audit log, or not at all; then staff are told. */
import { recordEvent } from '../audit/events.ts';
import type { Db } from '../database/open.ts';
import { transact } from '../database/transact.ts';
import type { PauseNotice, WebhookDeps } from './deps.ts';
import type { Webhook } from './store/webhook-row.ts';

type Deps = Pick<WebhookDeps, 'store' | 'clock' | 'log' | 'notify'>;

/** `pause` says whether it changed anything: of two workers one tells. */
export async function pauseAndTell(
  deps: Deps,
  webhook: Webhook,
  why: Pick<PauseNotice, 'reason' | 'error'>,
  pause: (tx: Db) => Promise<boolean>,
): Promise<void> {
  const detail = { webhookId: webhook.webhookId, ...why };
  const paused = await transact(deps.store, async (tx) => {
    if (!(await pause(tx))) return false;
    await recordEvent(tx, { kind: 'webhook_paused', occurredAt: deps.clock.now(), detail });
    return true;
  });
  if (paused) await tell(deps, webhook, detail);
}

async function tell(
  { log, notify }: Deps,
  { payloadUrl, failingSince }: Webhook,
  pause: Pick<PauseNotice, 'webhookId' | 'reason' | 'error'>,
): Promise<void> {
  log.warn(pause, 'a webhook was paused');
  try {
    await notify?.({ ...pause, payloadUrl, failingSince });
  } catch (cause) {
    log.error({ err: cause, webhookId: pause.webhookId }, 'nobody could be told that a webhook was paused');
  }
}
