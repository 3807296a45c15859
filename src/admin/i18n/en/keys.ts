/** Words of the signing keys' page, in English. */
import type { keysFlashJa, keysJa } from '../ja/keys.ts';

export const keysEn: typeof keysJa = {
  keys: {
    title: 'Signing Keys',
    lead: 'These keys sign access tokens. By the signature the API knows a genuine token.',
    list: 'Keys',
    caption: 'Signing keys',
    kid: 'Key ID (kid)',
    algorithm: 'Algorithm',
    state: 'State',
    states: {
      next: 'Used next (already published)',
      current: 'In use',
      old: 'Only verifies',
    },
    since: 'In this state since',
    removable: (when) => `Can be deleted from ${when}`,
    rotation: 'Change the key',
    effects: [
      'The key “used next” comes into use and signs the tokens issued from now on.',
      'The present key only verifies. Tokens already issued work until they expire, and apps stay connected.',
      'A new key is made and published as the one “used next”.',
    ],
    nextAlgorithm: 'Algorithm of the new key',
    nextAlgorithmHelp:
      'The new key does not sign before the next change. If an app verifies tokens itself, choose an algorithm it knows.',
    algorithms: {
      RS256: 'RS256 (RSA, 2048 bits; nearly every app knows it)',
      PS256: 'PS256 (RSA-PSS, 3072 bits)',
      ES256: 'ES256 (elliptic curve P-256; shorter tokens)',
      EdDSA: 'EdDSA (Ed25519; newer, and some apps do not know it)',
    },
    chosen: (alg) => `The new key: ${alg}`,
    rotate: 'Change the key',
    retiring: 'Old keys',
    noneRemovable: 'No key can be deleted yet: tokens signed by the old keys may still be valid.',
    someRemovable: (n) =>
      n === 1
        ? 'All tokens signed by one of the old keys have expired.'
        : `All tokens signed by ${n} of the old keys have expired.`,
    retire: 'Delete old keys',
    retireNow: 'End this key now',
  },
};

export const keysFlashEn: typeof keysFlashJa = {
  keyRetiredNow: (_count) => 'The key has been ended. Access tokens that it signed are refused',
  keyRotated: (_count) => 'The key has been changed',
  keyRotatedBefore: (_count) => 'The key had already been changed. Look at the list',
  keysRetired: (count) =>
    count === 0 ? 'No key could be deleted' : count === 1 ? 'Deleted 1 old key' : `Deleted ${count} old keys`,
};
