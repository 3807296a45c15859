/** The endpoints that nothing arrives at, for staff to see at once. */
import type { Db } from '../database/open.ts';
import type { Webhook } from './store/webhook-row.ts';
import { unwellWebhooks } from './store/webhooks.ts';

export type Trouble = {
  readonly webhookId: string;
  readonly payloadUrl: string;
  readonly kind: 'paused' | 'gone' | 'failing';
  readonly since: number;
  readonly lastError: string | null;
};

const TOLD = 20;

/** The first so many, without those that staff have paused or switched off themselves. */
export async function webhookTroubles(db: Db): Promise<Trouble[]> {
  return (await unwellWebhooks(db, TOLD)).flatMap(troubleOf);
}

function troubleOf({ webhookId, payloadUrl, lastError, ...webhook }: Webhook): Trouble[] {
  const { enabled, pausedAt, pausedReason, failingSince } = webhook;
  const about = { webhookId, payloadUrl, lastError };
  if (pausedAt !== null && (pausedReason === 'failing' || pausedReason === 'access') && enabled) {
    return [{ ...about, kind: 'paused', since: pausedAt }];
  }
  if (pausedAt !== null && pausedReason === 'gone') return [{ ...about, kind: 'gone', since: pausedAt }];
  if (pausedAt !== null || !enabled || failingSince === null) return [];
  return [{ ...about, kind: 'failing', since: failingSince }];
}
