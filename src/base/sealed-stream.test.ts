import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from 'vitest';
import { opening, SealedStreamError, sealing } from './sealed-stream.ts';

const CHEAP = 10;
const HEADER = 52;
const CHUNK = 4 + 64 * 1024 + 16;
const PASSPHRASE = 'ふるい通行手形は箱の中';

const seal = async (bytes: Buffer) => buffer(Readable.from([bytes]).pipe(await sealing(PASSPHRASE, CHEAP)));

const open = (bytes: Buffer, passphrase = PASSPHRASE): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const stream = opening(passphrase);
    stream.on('error', reject);
    buffer(stream).then(resolve, reject);
    // Cut otherwise than it was written.
    for (let i = 0; i < bytes.length; i += 50_001) stream.write(bytes.subarray(i, i + 50_001));
    stream.end();
  });

const faultOf = async (bytes: Buffer, passphrase?: string) =>
  open(bytes, passphrase).then(
    () => 'opened',
    (error: unknown) => (error instanceof SealedStreamError ? error.fault : String(error)),
  );

const plain = Buffer.alloc(200_000, 'tegata');
let sealed: Buffer;
beforeAll(async () => {
  sealed = await seal(plain);
});

test.each([0, 1, 64 * 1024, 64 * 1024 + 1])('%d bytes come back', async (length) => {
  expect(await open(await seal(Buffer.alloc(length, 7)))).toEqual(Buffer.alloc(length, 7));
});

test('the same bytes are sealed otherwise each time, and the text is nowhere in it', async () => {
  const again = await seal(plain);
  expect(again.equals(sealed)).toBe(false);
  expect(sealed.includes('tegata', HEADER)).toBe(false);
  expect((await open(sealed)).equals(plain)).toBe(true);
});

test('composed and decomposed letters are one passphrase', async () => {
  const composed = await buffer(Readable.from([plain]).pipe(await sealing('ガ', CHEAP)));
  expect((await open(composed, 'カ\u3099')).equals(plain)).toBe(true);
});

describe('refused', () => {
  const without = (from: number, to: number) =>
    Buffer.concat([sealed.subarray(0, from), sealed.subarray(to)]);

  test('another passphrase', async () => {
    expect(await faultOf(sealed, 'another')).toBe('passphrase');
  });

  test('what never was sealed, and nothing at all', async () => {
    expect(await faultOf(Buffer.alloc(100, 'PK'))).toBe('not-sealed');
    expect(await faultOf(Buffer.from('PK'))).toBe('not-sealed');
    expect(await faultOf(Buffer.alloc(0))).toBe('truncated');
  });

  test('one that asks for more memory than anyone has', async () => {
    const greedy = Buffer.from(sealed);
    greedy[16] = 40;
    expect(await faultOf(greedy)).toBe('too-costly');
  });

  test.each([10, HEADER, HEADER + 2, HEADER + CHUNK, HEADER + CHUNK + 100])(
    'what ends after %d bytes',
    async (length) => {
      expect(await faultOf(sealed.subarray(0, length))).toBe('truncated');
    },
  );

  test.each([HEADER + 40, HEADER + CHUNK + 40, 220])('a bit that has changed at %d', async (place) => {
    const flipped = Buffer.from(sealed);
    flipped[place] = (flipped[place] ?? 0) ^ 1;
    expect(await faultOf(flipped)).toBe('damaged');
  });

  test('a chunk left out, two chunks exchanged, one repeated, something behind the last', async () => {
    const chunk = (number: number) => sealed.subarray(HEADER + number * CHUNK, HEADER + (number + 1) * CHUNK);
    const header = sealed.subarray(0, HEADER);
    expect(await faultOf(without(HEADER, HEADER + CHUNK))).toBe('damaged');
    expect(await faultOf(Buffer.concat([header, chunk(1), chunk(0), chunk(2), chunk(3)]))).toBe('damaged');
    expect(await faultOf(Buffer.concat([header, chunk(0), chunk(0)]))).toBe('damaged');
    expect(await faultOf(Buffer.concat([sealed, Buffer.from('x')]))).toBe('damaged');
  });

  test('a chunk that is made the last', async () => {
    const cut = Buffer.from(sealed.subarray(0, HEADER + CHUNK));
    cut.writeUInt32BE((cut.readUInt32BE(HEADER) | 0x8000_0000) >>> 0, HEADER);
    expect(await faultOf(cut)).toBe('damaged');
  });
});
