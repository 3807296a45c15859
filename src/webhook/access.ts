/** Whether an endpoint may still hear what it hears; one whose client has lost its access is paused, and nothing is sent. */
import type { OwnerAccess } from './clients.ts';
import type { WebhookDeps } from './deps.ts';
import { pauseAndTell } from './pause.ts';
import type { Webhook } from './store/webhook-row.ts';
import { pauseForAccess } from './store/webhooks.ts';

type Deps = Pick<WebhookDeps, 'store' | 'clock' | 'log' | 'clients' | 'notify'>;

export type Access =
  /** Staff registered the endpoint: it hears of everything. */
  | { readonly kind: 'staff' }
  | { readonly kind: 'client'; readonly access: OwnerAccess; readonly entities: readonly string[] }
  | { readonly kind: 'lost' };

/** `entities`: what is to be told now; undefined = what the endpoint has chosen. */
export async function accessOf(
  deps: Deps,
  webhook: Webhook,
  entities: readonly string[] | undefined = chosenEntities(webhook),
): Promise<Access> {
  if (!webhook.owner) return { kind: 'staff' };
  const access = await deps.clients.accessOf(webhook.owner);
  const readable = access?.readable(entities);
  if (access && readable) return { kind: 'client', access, entities: readable };
  const why = { reason: 'access', error: 'the client has lost its access' } as const;
  await pauseAndTell(deps, webhook, why, (tx) => pauseForAccess(tx, webhook.webhookId, deps.clock.now()));
  return { kind: 'lost' };
}

function chosenEntities({ topics }: Webhook): readonly string[] | undefined {
  const entities = new Set(topics.map((topic) => topic.slice(0, topic.lastIndexOf('.'))));
  return entities.size === 0 ? undefined : [...entities];
}
