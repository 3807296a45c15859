/** Words of the WebHook form in English. */
import type { webhookFormJa } from '../ja/webhook-form.ts';

export const webhookFormEn: typeof webhookFormJa = {
  webhookForm: {
    title: 'WebHook Registration',
    secret: 'Secret',
    secretHelp:
      'The payload is signed by HMAC-SHA256 with the entered value as a key in the X-ECCUBE-Signature header.',
    secretKept: 'A secret is set. Enter one only to change it.',
    secretMake: 'Make a secret',
    secretMade:
      'A secret has been made. It is shown this once: copy it to the receiver, then press Register.',
    secretOverlap:
      'After a change, deliveries also carry the signature of the secret before for 24 hours (header webhook-signature). X-ECCUBE-Signature is that of the new one at once.',
    secretFormer: (until) => `The secret before also signs until ${until}.`,
    secretEndFormer: 'The value before signs no longer, from now on (e.g. when it has leaked)',
    urlHelp: 'For example https://example.com/webhook. It must be reachable from the internet.',
    urlPlain: 'To a URL with http:// everything is sent unencrypted. One with https:// is better.',
    secretClear: 'Do not sign (remove the stored value)',
    description: 'Note',
    descriptionHelp: 'What this receiver is for. It is not sent.',
    events: 'Events',
    eventsHelp: 'Choose none to be told of everything.',
    entities: { product: 'Product', order: 'Order', customer: 'Customer' },
    actions: { created: 'created', updated: 'updated', deleted: 'deleted' },
    statuses: 'Order status',
    statusesHelp:
      'Only orders in these statuses are told. Choose none for all orders. Deletions are told whatever the status was.',
    ownChanges: 'Leave out own changes',
    ownChangesTold: 'None (every change is told)',
    ownChangesHelp:
      'Choose the API client of the app that receives the webhooks: what it has written itself through the API is not told. What others have changed about the same product or order is.',
    faults: {
      blank: 'Please enter a value.',
      not_a_url: 'This is not a URL.',
      not_http: 'Please enter a URL that begins with http:// or https://.',
      private:
        'WebHooks may not be sent to private addresses. If one must be, ask the server’s operator to add it to the environment variable TEGATA_WEBHOOK_ALLOW.',
      secretShort: 'This value is too short. It should have 16 characters or more.',
      tooLong: (most) => `This value is too long. It should have ${most} characters or less.`,
      unknown: 'This choice is not valid.',
    },
  },
};
