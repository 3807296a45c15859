/**
 * The strings that EC-CUBE's plugin gives out as codes and refresh tokens: Defuse v2 ciphertexts (AES-256-CTR and
 * HMAC-SHA256, encrypt-then-MAC) in hex. Only this form, made and read; its authenticity is checked before anything is decrypted.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  pbkdf2,
  timingSafeEqual,
} from 'node:crypto';
import { promisify } from 'node:util';
import { LRUCache } from 'lru-cache';

const derive = promisify(pbkdf2);

const HEADER = Buffer.from('def50200', 'hex');
const KEY_HEADER = Buffer.from('def00000', 'hex');
const SALT_BYTES = 32;
const IV_BYTES = 16;
const MAC_BYTES = 32;
const KEY_BYTES = 32;
const ROUNDS = 100_000;
const LEAST_HEX = 2 * (HEADER.length + SALT_BYTES + IV_BYTES + MAC_BYTES);
/** A code holds a redirect URI of 2,000 characters at the most, each up to six bytes in PHP's JSON. */
const MOST_HEX = 32_768;
const REMEMBERED_KEYS = 1_000; // a derivation costs some 40 ms of CPU

/** `plain`: a password, as the plugin has it by default; `defuse`: a key made by the library itself. */
export type DefuseKeyType = 'plain' | 'defuse';
export type DefuseKey = { readonly type: DefuseKeyType; readonly text: string };

export const isDefuseText = (text: string): boolean => text.startsWith('def50200');

type Keys = { readonly authentication: Buffer; readonly encryption: Buffer };

export type Defuse = {
  /** Undefined: it was not made with this key, or was changed. */
  decrypt(text: string): Promise<string | undefined>;
  /** `salt` may be one for many texts; `iv` is for this text alone. */
  encrypt(text: string, salt: Uint8Array, iv: Uint8Array): Promise<string>;
};

/** Why a key of the library cannot be read; undefined = it can. */
export const defuseKeyFault = ({ type, text }: DefuseKey): string | undefined =>
  type === 'defuse' && rawKey(text) === undefined
    ? 'is no key of defuse/php-encryption: def00000 and hex, with its checksum'
    : undefined;

export function defuse(key: DefuseKey): Defuse {
  const known = new LRUCache<string, Promise<Keys>>({ max: REMEMBERED_KEYS });
  const keysOf = (salt: Uint8Array): Promise<Keys> => {
    const name = Buffer.from(salt).toString('hex');
    const keys = known.get(name) ?? deriveKeys(key, salt);
    known.set(name, keys);
    return keys;
  };
  return {
    decrypt: async (text) => {
      const parts = partsOf(text);
      return parts && open(parts, await keysOf(parts.salt));
    },
    encrypt: async (text, salt, iv) => close(text, salt, iv, await keysOf(salt)),
  };
}

async function deriveKeys(key: DefuseKey, salt: Uint8Array): Promise<Keys> {
  const start =
    key.type === 'defuse'
      ? rawKey(key.text)
      : await derive(createHash('sha256').update(key.text).digest(), salt, ROUNDS, KEY_BYTES, 'sha256');
  if (!start) throw new Error('the encryption key of the plugin is not one of defuse/php-encryption');
  const forUse = (use: string): Buffer =>
    Buffer.from(hkdfSync('sha256', start, salt, `DefusePHP|V2|KeyFor${use}`, KEY_BYTES));
  return { authentication: forUse('Authentication'), encryption: forUse('Encryption') };
}

function rawKey(text: string): Buffer | undefined {
  const bytes = /^[0-9a-f]{136}$/.test(text) ? Buffer.from(text, 'hex') : Buffer.alloc(0);
  const body = bytes.subarray(0, KEY_HEADER.length + KEY_BYTES);
  const checksum = bytes.subarray(body.length);
  if (!body.subarray(0, KEY_HEADER.length).equals(KEY_HEADER)) return undefined;
  return createHash('sha256').update(body).digest().equals(checksum)
    ? body.subarray(KEY_HEADER.length)
    : undefined;
}

type Parts = {
  readonly signed: Buffer;
  readonly salt: Buffer;
  readonly iv: Buffer;
  readonly sealed: Buffer;
  readonly mac: Buffer;
};

function partsOf(text: string): Parts | undefined {
  if (text.length < LEAST_HEX || text.length > MOST_HEX || text.length % 2 !== 0) return undefined;
  if (!isDefuseText(text) || !/^[0-9a-f]+$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'hex');
  const iv = HEADER.length + SALT_BYTES;
  return {
    signed: bytes.subarray(0, -MAC_BYTES),
    salt: bytes.subarray(HEADER.length, iv),
    iv: bytes.subarray(iv, iv + IV_BYTES),
    sealed: bytes.subarray(iv + IV_BYTES, -MAC_BYTES),
    mac: bytes.subarray(-MAC_BYTES),
  };
}

const macOf = (signed: Uint8Array, { authentication }: Keys): Buffer =>
  createHmac('sha256', authentication).update(signed).digest();

function open({ signed, iv, sealed, mac }: Parts, keys: Keys): string | undefined {
  if (!timingSafeEqual(macOf(signed, keys), mac)) return undefined;
  const cipher = createDecipheriv('aes-256-ctr', keys.encryption, iv);
  return Buffer.concat([cipher.update(sealed), cipher.final()]).toString('utf8');
}

function close(text: string, salt: Uint8Array, iv: Uint8Array, keys: Keys): string {
  const cipher = createCipheriv('aes-256-ctr', keys.encryption, iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const signed = Buffer.concat([HEADER, salt, iv, sealed]);
  return Buffer.concat([signed, macOf(signed, keys)]).toString('hex');
}
