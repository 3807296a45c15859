/** Routes below one endpoint: found first, or answered by 404. */
import type { Webhook } from '../../webhook/store/webhook-row.ts';
import { findWebhook } from '../../webhook/store/webhooks.ts';
import type { Handler, MemberExchange } from '../exchange.ts';
import { PageError } from '../page-error.ts';

export type WebhookExchange = MemberExchange & { readonly webhook: Webhook };

/** Makes a handler of one that also needs the endpoint whose id is in the address. */
export const withWebhook =
  (handler: Handler<WebhookExchange>): Handler<MemberExchange> =>
  async (exchange) => {
    const { webhook_id: webhookId } = exchange.request.params as { webhook_id: string };
    const webhook = await findWebhook(exchange.kit.deps.webhooks.store.db, webhookId);
    if (!webhook) throw new PageError('not_found', 404);
    return handler({ ...exchange, webhook });
  };
