import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  currentKey,
  type KeyRecord,
  LONGEST_TOKEN_SECONDS,
  retirable,
  rotate,
  securityBits,
} from './keyring.ts';

const NOW = 1_775_001_600;
const key = (kid: string, changes: Partial<KeyRecord> = {}): KeyRecord => ({
  kid,
  alg: 'RS256',
  state: 'current',
  createdAt: NOW - 100,
  signsSince: NOW - 100,
  oldSince: null,
  ...changes,
});
const states = (records: readonly KeyRecord[]) => records.map(({ kid, state }) => `${kid} ${state}`);

test('without a waiting key, the fresh one signs at once', () => {
  const turned = rotate([key('a')], key('b'), NOW);
  expect(states(turned)).toEqual(['a old', 'b current']);
  expect(turned[0]?.oldSince).toBe(NOW);
  expect(currentKey(turned).kid).toBe('b');
});

test('with one, it signs and the fresh one waits', () => {
  const turned = rotate([key('a'), key('n', { state: 'next' })], key('b'), NOW);
  expect(states(turned)).toEqual(['a old', 'n current', 'b next']);
  expect(currentKey(turned)).toMatchObject({ kid: 'n', signsSince: NOW });
});

test('exactly one key signs after any number of rotations', () => {
  let records = [key('0')];
  for (let round = 1; round < 6; round++) {
    records = rotate(records, key(String(round)), NOW + round);
    expect(records.filter(({ state }) => state === 'current')).toHaveLength(1);
  }
});

test('an old key stays until the last token that it signed has expired', () => {
  const records = [key('a', { state: 'old', oldSince: NOW }), key('b')];
  expect(retirable(records, NOW + LONGEST_TOKEN_SECONDS)).toEqual([]);
  expect(states(retirable(records, NOW + LONGEST_TOKEN_SECONDS + 1))).toEqual(['a old']);
});

test('no current key is a fault that is said', () => {
  expect(() => currentKey([key('a', { state: 'old' })])).toThrow('no current signing key');
});

test.each([
  ['a 2048 bit RSA key', generateKeyPairSync('rsa', { modulusLength: 2048 }), 112],
  ['a 3072 bit RSA key', generateKeyPairSync('rsa', { modulusLength: 3072 }), 128],
  ['a P-256 key', generateKeyPairSync('ec', { namedCurve: 'P-256' }), 128],
  ['an Ed25519 key', generateKeyPairSync('ed25519'), 128],
])('%s has its bits of security', (_name, { publicKey, privateKey }, bits) => {
  expect([securityBits(publicKey), securityBits(privateKey)]).toEqual([bits, bits]);
});
