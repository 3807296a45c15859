/** Strings that the library itself (defuse/php-encryption 2.4) has made, and what must not be read. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { defuse, defuseKeyFault } from './defuse.ts';

const ours = defuse({ type: 'plain', text: '<change.me>' });
const fill = (bytes: number, value: number) => Buffer.alloc(bytes, value);

const HELLO =
  'def50200010101010101010101010101010101010101010101010101010101010101010102020202020202020202020202020202dba1a23fb182cd1f9a8ea21720d8f66d2dec93dfd9e594dc271b5403c7e2d25592430e3d1c';
const BY_THE_LIBRARY =
  'def5020012ac522d190f003a6e6f88c701682038cc8e081d4bdda7a666c3af4dee11f2bd1acb807e56f9d2b99d588122ab901a7ab6a0b1c52d95ee0a941fd1a87b838dc0b1acf1b83aaf9e810d3d874889f5162be9aa135c0097dd63e6f49d4ae97bdbb5e96fd04498159dbc01b5f6a7a03e2e998309a350020b5ca61d9fed8f48b9d24f1eb5d44522af4e5eec703cb27ffd024f51db16371d4f6d5f8b3d77bdc496293f896f1f244fbe2927689eaf728a29c7b56f43d8afed7b22347f9b0001f69c094e77632b38366a416fc80cdc38e9d4a4ee1f0c62fc205d1a';

test('salt, counter block and text given, the string is the library’s', async () => {
  expect(await ours.encrypt('hello', fill(32, 1), fill(16, 2))).toBe(HELLO);
});

test('strings of the library are read', async () => {
  expect(await ours.decrypt(HELLO)).toBe('hello');
  expect(await ours.decrypt(BY_THE_LIBRARY)).toBe(
    '{"client_id":"abc","refresh_token_id":"r1","access_token_id":"a1","scopes":["read","write"],"user_id":"admin","expire_time":1893456000}',
  );
});

test.each([
  ['another password', async () => defuse({ type: 'plain', text: 'another' }).decrypt(HELLO)],
  ['the last bit turned', async () => ours.decrypt(`${HELLO.slice(0, -1)}d`)],
  ['the text turned', async () => ours.decrypt(HELLO.replace('dba1', 'dba0'))],
  ['the salt turned', async () => ours.decrypt(HELLO.replace('0101', '0100'))],
  ['cut', async () => ours.decrypt(HELLO.slice(0, 120))],
  ['half a byte', async () => ours.decrypt(HELLO.slice(0, -1))],
  ['upper case', async () => ours.decrypt(HELLO.toUpperCase())],
  ['no hex', async () => ours.decrypt(HELLO.replace('dba1', 'zba1'))],
  ['another version', async () => ours.decrypt(HELLO.replace('def50200', 'def50201'))],
  ['endless', async () => ours.decrypt(HELLO + '00'.repeat(20_000))],
  ['nothing', async () => ours.decrypt('')],
])('what is not authentic is not read: %s', async (_what, read) => {
  expect(await read()).toBeUndefined();
});

test('a key of the library works as one, and a wrong checksum is told', async () => {
  const body = Buffer.concat([Buffer.from('def00000', 'hex'), fill(32, 7)]);
  const text = Buffer.concat([body, createHash('sha256').update(body).digest()]).toString('hex');
  const withKey = defuse({ type: 'defuse', text });
  const sealed = await withKey.encrypt('秘密', fill(32, 3), fill(16, 4));
  expect(await withKey.decrypt(sealed)).toBe('秘密');
  expect(await ours.decrypt(sealed)).toBeUndefined();
  expect(defuseKeyFault({ type: 'defuse', text })).toBeUndefined();
  expect(defuseKeyFault({ type: 'defuse', text: text.replace('0707', '0708') })).toContain('no key');
  expect(defuseKeyFault({ type: 'plain', text: 'anything' })).toBeUndefined();
});
