import { createHmac, hash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** `bytes` random bytes as base64url without padding. 32 bytes (256 bit) make 43 characters. */
export const randomToken = (bytes = 32): string => randomBytes(bytes).toString('base64url');

/** `bytes` random bytes as base64 with padding. */
export const randomBase64 = (bytes: number): string => randomBytes(bytes).toString('base64');

const STOCK_BYTES = 4096;
let stock = Buffer.alloc(0);
let used = 0;

/**
 * `bytes` random bytes as lower-case hex, at most 4,096. For the ids that every request wants: of a stock, since to ask the
 * system for each takes twenty times as long. What is handed out is wiped from it.
 */
export function randomHex(bytes: number): string {
  if (used + bytes > stock.length) {
    stock = randomBytes(STOCK_BYTES);
    used = 0;
  }
  const taken = stock.subarray(used, used + bytes);
  used += bytes;
  const text = taken.toString('hex');
  taken.fill(0);
  return text;
}

export const sha256Hex = (text: string | Uint8Array): string => hash('sha256', text, 'hex');

export const sha256Base64url = (text: string): string => hash('sha256', text, 'base64url');

export const hmacBase64url = (key: Uint8Array | string, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');

/** A 256-bit key for one purpose, drawn from the installation's master key (RFC 5869). */
export const deriveKey = (master: Uint8Array, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', master, new Uint8Array(), purpose, 32));

/** Equality whose time does not depend on where the texts differ; it tells whether the lengths do. */
export function constantTimeEqual(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}
