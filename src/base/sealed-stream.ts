/**
 * A stream of bytes under a passphrase. scrypt (RFC 7914) draws the key; AES-256-GCM seals chunk after chunk.
 *
 *   magic 16 │ log2 N │ r │ p │ 0 │ salt 16 │ check 16 │ chunk │ chunk │ … │ last chunk
 *   chunk: length 4 (highest bit: the last one) │ ciphertext │ tag 16
 *
 * A chunk's nonce holds its number and whether it is the last, so that one that is left out, repeated, moved or cut off is
 * noticed. The key is the file's own, by its salt. `check` tells a wrong passphrase from a damaged file.
 */
import { createCipheriv, createDecipheriv, createHmac, scrypt, timingSafeEqual } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { promisify } from 'node:util';
import { randomHex } from './bytes.ts';

const MAGIC = Buffer.from('tegata sealed 1\n');
const COST_END = MAGIC.length + 4;
const SALT_END = COST_END + 16;
const HEADER_BYTES = SALT_END + 16;
const CHUNK_BYTES = 64 * 1024;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;
const LAST = 0x8000_0000;
/** 128 MB and about half a second a try (OWASP's first choice). */
const LOG2_N = 17;
const R = 8;
const P = 1;
/** What a file may ask of the one who opens it: 1 GB. */
const MOST = { log2N: 20, r: 8, p: 4 } as const;

export type SealFault = 'not-sealed' | 'too-costly' | 'passphrase' | 'damaged' | 'truncated';

export class SealedStreamError extends Error {
  readonly fault: SealFault;
  constructor(fault: SealFault) {
    super(`a sealed stream cannot be opened: ${fault}`);
    this.fault = fault;
  }
}

type Keys = { readonly chunks: Buffer; readonly check: Buffer };

const draw = promisify(scrypt) as (
  passphrase: string,
  salt: Buffer,
  length: number,
  options: object,
) => Promise<Buffer>;

async function keysOf(passphrase: string, front: Buffer): Promise<Keys> {
  const [log2N = 0, r = 0, p = 0] = front.subarray(MAGIC.length, COST_END);
  const cost = { N: 2 ** log2N, r, p, maxmem: 256 * 2 ** log2N * r };
  const drawn = await draw(passphrase.normalize('NFC'), front.subarray(COST_END, SALT_END), 64, cost);
  const check = createHmac('sha256', drawn.subarray(32)).update(front).digest().subarray(0, 16);
  return { chunks: drawn.subarray(0, 32), check };
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt8(isLast ? 1 : 0, 3);
  nonce.writeBigUInt64BE(BigInt(number), 4);
  return nonce;
}

/** What goes in comes out sealed. `log2N` below the default is for tests. */
export async function sealing(passphrase: string, log2N = LOG2_N): Promise<Transform> {
  const front = Buffer.concat([MAGIC, Buffer.from([log2N, R, P, 0]), Buffer.from(randomHex(16), 'hex')]);
  const keys = await keysOf(passphrase, front);
  return new Sealing(keys.chunks, Buffer.concat([front, keys.check]));
}

class Sealing extends Transform {
  readonly #key: Buffer;
  readonly #header: Buffer;
  #held: Buffer = Buffer.alloc(0);
  #number = 0;

  constructor(key: Buffer, header: Buffer) {
    super();
    this.#key = key;
    this.#header = header;
    this.push(header);
  }

  override _transform(bytes: Buffer, _encoding: string, done: TransformCallback): void {
    this.#held = Buffer.concat([this.#held, bytes]);
    while (this.#held.length > CHUNK_BYTES) {
      this.#send(this.#held.subarray(0, CHUNK_BYTES), false);
      this.#held = this.#held.subarray(CHUNK_BYTES);
    }
    done();
  }

  override _flush(done: TransformCallback): void {
    this.#send(this.#held, true);
    done();
  }

  #send(plain: Buffer, isLast: boolean): void {
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonceOf(this.#number, isLast));
    const sealed = Buffer.concat([
      cipher.setAAD(this.#header).update(plain),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE((sealed.length | (isLast ? LAST : 0)) >>> 0);
    this.push(Buffer.concat([length, sealed]));
    this.#number += 1;
  }
}

/** The opposite of `sealing`; fails with a `SealedStreamError`. Nothing comes out that was not sealed with the passphrase. */
export const opening = (passphrase: string): Transform => new Opening(passphrase);

class Opening extends Transform {
  readonly #passphrase: string;
  #key: Buffer | undefined;
  #header = Buffer.alloc(0);
  #held: Buffer = Buffer.alloc(0);
  #number = 0;
  #ended = false;

  constructor(passphrase: string) {
    super();
    this.#passphrase = passphrase;
  }

  override _transform(bytes: Buffer, _encoding: string, done: TransformCallback): void {
    this.#held = Buffer.concat([this.#held, bytes]);
    this.#open().then(() => done(), done);
  }

  override _flush(done: TransformCallback): void {
    if (this.#ended) {
      done();
      return;
    }
    const isOurs = MAGIC.subarray(0, this.#held.length).equals(this.#held.subarray(0, MAGIC.length));
    done(new SealedStreamError(this.#key || isOurs ? 'truncated' : 'not-sealed'));
  }

  async #open(): Promise<void> {
    if (!this.#key) {
      if (this.#held.length < HEADER_BYTES) return;
      await this.#readHeader();
    }
    for (let chunk = this.#nextChunk(); chunk; chunk = this.#nextChunk()) this.push(chunk);
    if (this.#ended && this.#held.length > 0) throw new SealedStreamError('damaged');
  }

  async #readHeader(): Promise<void> {
    const front = this.#held.subarray(0, SALT_END);
    if (!front.subarray(0, MAGIC.length).equals(MAGIC)) throw new SealedStreamError('not-sealed');
    const [log2N = 0, r = 0, p = 0] = front.subarray(MAGIC.length, COST_END);
    if (log2N < 1 || r < 1 || p < 1) throw new SealedStreamError('damaged');
    if (log2N > MOST.log2N || r > MOST.r || p > MOST.p) throw new SealedStreamError('too-costly');
    this.#header = Buffer.from(this.#held.subarray(0, HEADER_BYTES));
    const { chunks, check } = await keysOf(this.#passphrase, front);
    if (!timingSafeEqual(check, this.#header.subarray(SALT_END))) throw new SealedStreamError('passphrase');
    this.#key = chunks;
    this.#held = this.#held.subarray(HEADER_BYTES);
  }

  #nextChunk(): Buffer | undefined {
    if (this.#ended || !this.#key || this.#held.length < LENGTH_BYTES) return undefined;
    const word = this.#held.readUInt32BE();
    const isLast = word >= LAST;
    const length = word % LAST;
    if (length < TAG_BYTES || length > CHUNK_BYTES + TAG_BYTES) throw new SealedStreamError('damaged');
    if (this.#held.length < LENGTH_BYTES + length) return undefined;
    const sealed = this.#held.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
    this.#held = this.#held.subarray(LENGTH_BYTES + length);
    this.#ended = isLast;
    return this.#unsealed(this.#key, sealed, isLast);
  }

  #unsealed(key: Buffer, sealed: Buffer, isLast: boolean): Buffer {
    const options = { authTagLength: TAG_BYTES };
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(this.#number, isLast), options);
    decipher.setAAD(this.#header).setAuthTag(sealed.subarray(-TAG_BYTES));
    this.#number += 1;
    try {
      return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
    } catch {
      throw new SealedStreamError('damaged');
    }
  }
}
