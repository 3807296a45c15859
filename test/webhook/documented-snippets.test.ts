/** The code in docs/webhooks.md verifies what is delivered, with the secrets that it says it is for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { headersOf } from '../../src/webhook/headers.ts';
import { makeSecret } from '../../src/webhook/secret.ts';

const DOCUMENT = readFileSync(join(import.meta.dirname, '../../docs/webhooks.md'), 'utf8');
const BODY = '[{"entity":"product","id":2,"action":"updated"}]';

const [forMade = '', forText = ''] = [...DOCUMENT.matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code);

const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;

/** Runs the snippet with what it takes for given; the import becomes an argument. */
async function verify(code: string, secret: string, body: string, headers: object): Promise<unknown> {
  const text = code.replace(/^import .*\n/, '');
  const { Webhook } = await import('standardwebhooks');
  const run = new AsyncFunction('Webhook', 'secret', 'body', 'headers', `${text}\nreturn changes;`);
  return run(Webhook, secret, body, headers);
}

const headersWith = (secret: string) =>
  headersOf({
    deliveryId: 'd1',
    body: BODY,
    secret,
    sentAt: Math.floor(Date.now() / 1000),
    shopUrl: 'https://shop.example/',
    version: '1',
  });

test.each([
  ['a secret of the button', forMade, makeSecret()],
  ['a text', forText, 'secret-0123456789'],
  ['a text that is no ASCII', forText, '合言葉は手形です、十六文字以上の長さ'],
])('%s', async (_, code, secret) => {
  expect(await verify(code, secret, BODY, headersWith(secret))).toEqual(JSON.parse(BODY));
  await expect(verify(code, secret, `${BODY} `, headersWith(secret))).rejects.toThrow('signature');
});

test('a text handed over as it is verifies nothing, as the document warns', async () => {
  const secret = 'secret-0123456789';
  await expect(verify(forMade, secret, BODY, headersWith(secret))).rejects.toThrow();
});
