/** The WebHook form between the wire, the rule that judges it, and the page that shows it again. */

import type { EndpointInput } from '../../webhook/endpoints.ts';
import type { Webhook, WebhookTopic } from '../../webhook/store/webhook-row.ts';
import type { Form } from '../form.ts';
import type { WebhookFormValues } from './webhook-fields.tsx';
import type { WebhookView } from './webhook-state.tsx';

/** An empty secret leaves the stored one as it is, unless it is to be taken away. */
export function readWebhookForm(form: Form): EndpointInput {
  const secret = form.text('secret');
  return {
    payloadUrl: form.text('payload_url'),
    secret: secret !== '' ? secret : form.text('secret_clear') === '1' ? null : undefined,
    endFormerSecret: form.text('secret_end_former') === '1',
    enabled: form.text('enabled') === '1',
    description: form.text('description').trim(),
    // What is none of ours is found by the rule.
    topics: form.all('topics') as WebhookTopic[],
    orderStatuses: form.all('order_statuses').map(Number),
    excludedClientId: form.text('excluded_client') || null,
  };
}

export const wantsSecret = (form: Form): boolean => form.text('make_secret') === '1';

/** A secret that the form was shown with; it is shown again until it is stored. */
export const madeBefore = (form: Form): string | undefined =>
  form.text('secret_made') === '1' && form.text('secret') !== '' ? form.text('secret') : undefined;

export const valuesOfWebhook = (input: Omit<EndpointInput, 'secret'>): WebhookFormValues => {
  const { payloadUrl, enabled, description, topics, orderStatuses, excludedClientId = null } = input;
  return { payloadUrl, enabled, description, topics, orderStatuses, excludedClientId };
};

export const viewOfWebhook = ({ secretSealed, formerSecretSealed: _, ...rest }: Webhook): WebhookView => ({
  ...rest,
  hasSecret: secretSealed !== null,
});
