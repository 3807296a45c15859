/** The client's check of deliveries, by the headers that the server itself makes. */
import { describe, expect, test } from 'vitest';
import { verifyWebhook } from '../../packages/client/src/webhooks.ts';
import { headersOf } from '../../src/webhook/headers.ts';

const BODY = JSON.stringify([{ entity: 'product', id: 2, action: 'updated' }]);
const STANDARD = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;
const OWN = '合言葉 of the plugin';
const now = (): number => Math.floor(Date.now() / 1000);

const delivery = (secret: string, more: { sentAt?: number; formerSecret?: string; body?: string } = {}) => ({
  body: more.body ?? BODY,
  headers: Object.fromEntries(
    Object.entries(
      headersOf({
        deliveryId: 'd1',
        body: more.body ?? BODY,
        secret,
        formerSecret: more.formerSecret ?? null,
        sentAt: more.sentAt ?? now(),
        shopUrl: 'https://shop.example/',
        version: '1',
      }),
    ).map(([name, value]) => [name.toLowerCase(), value]), // as Node's request.headers
  ),
});

describe.each([
  ['a secret from the button', STANDARD],
  ['any other text', OWN],
])('%s', (_, secret) => {
  test('a genuine delivery, as text, as bytes, with headers of either kind', async () => {
    const { body, headers } = delivery(secret);
    const expected = { id: 'd1', events: [{ entity: 'product', id: 2, action: 'updated' }] };
    expect(await verifyWebhook({ body, headers, secret })).toMatchObject(expected);
    const bytes = new TextEncoder().encode(body);
    expect(await verifyWebhook({ body: bytes, headers: new Headers(headers), secret })).toMatchObject(
      expected,
    );
  });

  test('while the secret changes, the one before is good too', async () => {
    const both = delivery('another', { formerSecret: secret });
    expect((await verifyWebhook({ ...both, secret })).events.length).toBe(1);
  });

  test.each([
    ['signature', 'another secret', { ...delivery('another') }],
    ['signature', 'another body', { ...delivery(secret), body: BODY.replace('2', '3') }],
    ['time', 'too old', delivery(secret, { sentAt: now() - 301 })],
    ['time', 'from the future', delivery(secret, { sentAt: now() + 900 })],
    ['header', 'no header', { body: BODY, headers: {} }],
    ['body', 'no list', delivery(secret, { body: '{}' })],
    ['body', 'no JSON', delivery(secret, { body: 'x' })],
  ])('%s: %s', async (reason, _what, given) => {
    await expect(verifyWebhook({ ...given, secret })).rejects.toMatchObject({ name: 'WebhookError', reason });
  });
});
