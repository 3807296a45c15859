/** Body and header of a delivery: the plugin's own, recorded, and what Standard Webhooks' library verifies. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import type { ChangeEvent } from '../../src/feed/store/feed.ts';
import { bodyOf } from '../../src/webhook/body.ts';
import { headersOf } from '../../src/webhook/headers.ts';

type Recording = {
  secret: string;
  deliveries: { label: string; headers: Record<string, string>; body: string }[];
};

const OWN = join(import.meta.dirname, 'fixtures/plugin-deliveries.json');
const SHARED = '/work/shared/eccube/real-shop/webhooks.json';

describe.each([OWN, SHARED].filter((path) => existsSync(path)))('recorded in %s', (path) => {
  const { secret, deliveries } = JSON.parse(readFileSync(path, 'utf8')) as Recording;

  test.each(deliveries)('$label', ({ headers, body }) => {
    const events = JSON.parse(body) as ChangeEvent[];
    expect(bodyOf(events)).toBe(body);
    const shopUrl = headers['X-ECCUBE-URL'] ?? '';
    const ours = headersOf({ deliveryId: 'x', body, secret, sentAt: 0, shopUrl, version: '1' });
    const { 'User-Agent': _theirs, ...theirs } = headers;
    expect(ours).toMatchObject(theirs);
    expect(ours['User-Agent']).toBe('Tegata/1');
  });
});

describe('the standardwebhooks package', () => {
  const body = bodyOf([{ entity: 'product', id: 2, action: 'updated' }]);
  const sentAt = Math.floor(Date.now() / 1000);
  const signedWith = (secret: string) =>
    headersOf({ deliveryId: 'd1', body, secret, sentAt, shopUrl: 'https://shop.example/', version: '1' });
  const standard = `whsec_${Buffer.alloc(24, 5).toString('base64')}`;

  test.each([
    ['a secret of its own form', standard, new Webhook(standard)],
    ['any text, raw', 'secret-0123456789', new Webhook('secret-0123456789', { format: 'raw' })],
    [
      'any text, as base64',
      'secret-0123456789',
      new Webhook(`whsec_${Buffer.from('secret-0123456789').toString('base64')}`),
    ],
  ])('verifies with %s', (_, secret, webhook) => {
    expect(webhook.verify(body, signedWith(secret))).toEqual(JSON.parse(body));
  });

  test('refuses another body, another id and an old time', () => {
    const webhook = new Webhook(standard);
    const headers = signedWith(standard);
    expect(() => webhook.verify(`${body} `, headers)).toThrow();
    expect(() => webhook.verify(body, { ...headers, 'webhook-id': 'd2' })).toThrow();
    const old = headersOf({
      deliveryId: 'd1',
      body,
      secret: standard,
      sentAt: sentAt - 3_600,
      shopUrl: '',
      version: '',
    });
    expect(() => webhook.verify(body, old)).toThrow();
  });
});

test('after a change both secrets sign, and where one has room it is the present one', () => {
  const [secret, formerSecret] = ['present-0123456789', 'former-0123456789'];
  const sentAt = Math.floor(Date.now() / 1000);
  const delivery = { deliveryId: 'd1', body: '[]', sentAt, shopUrl: 'https://shop.example/', version: '1' };
  const headers = headersOf({ ...delivery, secret, formerSecret });
  for (const one of [secret, formerSecret]) {
    expect(new Webhook(one, { format: 'raw' }).verify('[]', headers)).toEqual([]);
  }
  expect(headers['X-ECCUBE-Signature']).toBe(headersOf({ ...delivery, secret })['X-ECCUBE-Signature']);
});

test('without a secret nothing is signed', () => {
  const headers = headersOf({
    deliveryId: 'd',
    body: '[]',
    secret: null,
    sentAt: 5,
    shopUrl: 'u/',
    version: '1',
  });
  expect(headers).toEqual({
    'Content-Type': 'application/json',
    'User-Agent': 'Tegata/1',
    'X-ECCUBE-URL': 'u/',
    'webhook-id': 'd',
    'webhook-timestamp': '5',
  });
});
