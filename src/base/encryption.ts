/**
 * Texts that the installation must be able to read again, sealed for rest in a database: AES-256-GCM (NIST SP 800-38D)
 * with a fresh 96-bit nonce each time. The key comes from `deriveKey`, so that no two purposes share one.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const FORMAT = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The text was sealed with another key or for another place, or it was changed. */
export class UnsealError extends Error {
  constructor() {
    super('a sealed text cannot be opened: it was sealed with another key or has been changed');
  }
}

/** `v1.` + base64url(nonce, ciphertext, tag). It opens only with the same 32-byte key and the same `place`. */
export function seal(key: Uint8Array, place: string, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(place));
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${FORMAT}.${sealed.toString('base64url')}`;
}

/** @throws UnsealError */
export function unseal(key: Uint8Array, place: string, sealed: string): string {
  const [format, body = ''] = sealed.split('.');
  const bytes = Buffer.from(body, 'base64url');
  if (format !== FORMAT || bytes.length < NONCE_BYTES + TAG_BYTES) throw new UnsealError();
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    return text.toString('utf8');
  } catch {
    throw new UnsealError();
  }
}
