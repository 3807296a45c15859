/** How an endpoint fares, in one word. */
import type { Webhook } from '../../webhook/store/webhook-row.ts';
import type { Messages } from '../i18n/ja/messages.ts';
import { usePage } from '../ui/context.ts';

/** An endpoint as pages know it: whether it has a secret, never which. */
export type WebhookView = Omit<Webhook, 'secretSealed' | 'formerSecretSealed'> & {
  readonly hasSecret: boolean;
};

type WebhookState = keyof Messages['webhooks']['states'];

const BADGES: Readonly<Record<WebhookState, string>> = {
  ok: 'badge-on',
  waiting: 'badge-off',
  failing: 'badge-error',
  paused: 'badge-error',
  gone: 'badge-error',
  off: 'badge-off',
};

export function stateOfWebhook(webhook: WebhookView): WebhookState {
  if (!webhook.enabled) return webhook.pausedReason === 'gone' ? 'gone' : 'off';
  if (webhook.pausedAt !== null) return 'paused';
  if (webhook.failingSince !== null) return 'failing';
  return webhook.lastSuccessAt === null ? 'waiting' : 'ok';
}

export function WebhookStateBadge({ webhook }: { webhook: WebhookView }) {
  const { messages } = usePage();
  const state = stateOfWebhook(webhook);
  const text = messages.webhooks.states[state];
  return state === 'off' ? text : <span class={`badge ${BADGES[state]}`}>{text}</span>;
}
