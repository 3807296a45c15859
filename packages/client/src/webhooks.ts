/** `tegata-client/webhooks`: is a delivery genuine, and what does it say? (standardwebhooks.com) */

export interface WebhookEvent {
  /** `product`, `order`, `customer`, or what an extension adds. */
  readonly entity: string;
  readonly id: number;
  readonly action: 'created' | 'updated' | 'deleted';
  /** Of endpoints that were registered by the API. */
  readonly parts?: readonly string[] | null;
  /** The client whose mutations alone made the change. */
  readonly origin?: string | null;
  /** Of endpoints with a query. */
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string }[];
}

export interface VerifiedWebhook {
  /** The same at each attempt: pass over what you have seen. */
  readonly id: string;
  readonly sentAt: Date;
  readonly events: readonly WebhookEvent[];
}

export class WebhookError extends Error {
  override readonly name = 'WebhookError';
  readonly reason: 'header' | 'time' | 'signature' | 'body';

  constructor(reason: WebhookError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

type HeaderSource =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface Delivery {
  /** As it came, before any parsing. */
  readonly body: string | Uint8Array<ArrayBuffer>;
  /** Of a `Request`, or Node's `request.headers`. */
  readonly headers: HeaderSource;
  /** Of the endpoint, as its page shows it. */
  readonly secret: string;
  /** How far the sender's clock may be from this one; default 300. */
  readonly toleranceSeconds?: number;
}

const PREFIX = 'whsec_';
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** @throws WebhookError: respond with 400. */
export async function verifyWebhook(delivery: Delivery): Promise<VerifiedWebhook> {
  const { headers, secret, toleranceSeconds = 300 } = delivery;
  const [id, time, signatures] = [
    headerOf(headers, 'webhook-id'),
    headerOf(headers, 'webhook-timestamp'),
    headerOf(headers, 'webhook-signature'),
  ];
  const sentAt = Number(time);
  if (!(Math.abs(Date.now() / 1000 - sentAt) <= toleranceSeconds)) {
    throw new WebhookError('time', 'The delivery is too old, or a clock is wrong.');
  }
  const encoder = new TextEncoder();
  const body = typeof delivery.body === 'string' ? encoder.encode(delivery.body) : delivery.body;
  const signed = new Uint8Array([...encoder.encode(`${id}.${time}.`), ...body]);
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', keyOf(secret), algorithm, false, ['verify']);
  for (const signature of signatures.split(' ')) {
    const [version, text = ''] = signature.split(',');
    if (version !== 'v1' || !BASE64.test(text)) continue;
    if (await crypto.subtle.verify('HMAC', key, bytesOf(text), signed)) {
      return { id, sentAt: new Date(sentAt * 1000), events: eventsOf(body) };
    }
  }
  throw new WebhookError('signature', 'No signature is valid: another secret, or not what the shop sent.');
}

function headerOf(headers: HeaderSource, name: string): string {
  const value =
    typeof headers.get === 'function' ? headers.get(name) : (headers as Record<string, unknown>)[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new WebhookError('header', `The delivery has no header ${name}.`);
}

/** A secret that was not made by the button signs with its own text. */
function keyOf(secret: string): Uint8Array<ArrayBuffer> {
  const rest = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : '';
  return BASE64.test(rest) ? bytesOf(rest) : new TextEncoder().encode(secret);
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

function eventsOf(body: Uint8Array): readonly WebhookEvent[] {
  try {
    const events: unknown = JSON.parse(new TextDecoder().decode(body));
    if (Array.isArray(events)) return events;
  } catch {
    // told below
  }
  throw new WebhookError('body', 'The body is no list of events.');
}
