/**
 * The header of a delivery: the plugin's (docs/eccube/webhooks.md, Headers) and, beside it, that of Standard Webhooks
 * (standardwebhooks.com), whose libraries also refuse replays.
 *
 * The two signatures come from one secret:
 *   X-ECCUBE-Signature   key = the secret's text, as with the plugin.
 *   webhook-signature    a secret `whsec_…`: key = the bytes that its base64 part says; a receiver passes the secret
 *                        as it is: `new Webhook(secret)`.
 *                        any other secret: key = its text in UTF-8; a receiver passes `new Webhook(secret,
 *                        { format: 'raw' })` or `'whsec_' + base64(secret)`.
 */
import { createHmac } from 'node:crypto';

const STANDARD_PREFIX = 'whsec_';
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

export type Signed = {
  readonly deliveryId: string;
  readonly body: string;
  /** null = the delivery is not signed. */
  readonly secret: string | null;
  /** Signs beside it for a while after a change; where only one signature has room, the present one stands. */
  readonly formerSecret?: string | null;
  /** Seconds since the epoch. */
  readonly sentAt: number;
  /** With trailing slash. */
  readonly shopUrl: string;
  readonly version: string;
};

export function headersOf(delivery: Signed): Record<string, string> {
  const { deliveryId, body, secret, formerSecret = null, sentAt, shopUrl, version } = delivery;
  const secrets = [secret, formerSecret].filter((one) => one !== null);
  const standard = (key: string) => `v1,${standardSignature(key, deliveryId, sentAt, body)}`;
  return {
    'Content-Type': 'application/json',
    'User-Agent': `Tegata/${version}`,
    'X-ECCUBE-URL': shopUrl,
    ...(secret === null ? {} : { 'X-ECCUBE-Signature': hmac(secret, body).toString('hex') }),
    'webhook-id': deliveryId,
    'webhook-timestamp': String(sentAt),
    ...(secret === null ? {} : { 'webhook-signature': secrets.map(standard).join(' ') }),
  };
}

function standardSignature(secret: string, id: string, sentAt: number, body: string): string {
  return hmac(standardKey(secret), `${id}.${sentAt}.${body}`).toString('base64');
}

function standardKey(secret: string): Buffer {
  const rest = secret.slice(STANDARD_PREFIX.length);
  const isStandard = secret.startsWith(STANDARD_PREFIX) && BASE64.test(rest);
  return isStandard ? Buffer.from(rest, 'base64') : Buffer.from(secret);
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
