import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { defaultPolicies } from './client.ts';
import { judgePolicyForm, type PolicyForm, policyFormOf } from './policy-form.ts';

const PLAIN = policyFormOf(defaultPolicies(false));
const rsa = (bits: number) =>
  generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ format: 'jwk' });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const GOOD_KEY = ec.publicKey.export({ format: 'jwk' });
const set = (...keys: unknown[]) => JSON.stringify({ keys });

const judge = (rest: Partial<PolicyForm>, isPublic = false) =>
  judgePolicyForm({ ...PLAIN, ...rest }, isPublic);
const faults = (rest: Partial<PolicyForm>) => {
  const verdict = judge(rest);
  return verdict.ok ? {} : verdict.errors;
};

test('what is left empty is the installation’s own', () => {
  expect(judge({})).toEqual({ ok: true, policies: defaultPolicies(false) });
});

test('a form that is filled in comes out as policies', () => {
  const verdict = judge({
    accessSeconds: '600',
    refreshIdleSeconds: '86400',
    refreshAbsoluteSeconds: '31536000',
    authMethods: ['private_key_jwt'],
    tokenProfile: 'rfc9068',
    jwks: set(GOOD_KEY),
    resourceServer: true,
    costPerMinute: '600000',
  });
  expect(verdict).toEqual({
    ok: true,
    policies: {
      accessSeconds: 600,
      refreshIdleSeconds: 86_400,
      refreshAbsoluteSeconds: 31_536_000,
      authMethods: ['private_key_jwt'],
      tokenProfile: 'rfc9068',
      jwks: set(GOOD_KEY),
      jwksUri: null,
      resourceServer: true,
      costPerMinute: 600_000,
    },
  });
});

test.each(['59', '86401', '1e3', '-60', '60.5', 'an hour', '99999999999'])(
  'an access token cannot live “%s” seconds',
  (accessSeconds) => expect(faults({ accessSeconds })).toEqual({ accessSeconds: 'notInRange' }),
);

test.each(['59', '1000000001', '1e3', '-60', 'plenty'])('a quota cannot be “%s”', (costPerMinute) =>
  expect(faults({ costPerMinute })).toEqual({ costPerMinute: 'notInRange' }),
);

test.each([
  ['no method', { authMethods: [] }, { authMethods: 'notChosen' }],
  ['none, for a client with a secret', { authMethods: ['none'] }, { authMethods: 'invalid' }],
  ['an unknown method', { authMethods: ['tls_client_auth'] }, { authMethods: 'invalid' }],
  ['an unknown profile', { tokenProfile: 'jwt' }, { tokenProfile: 'invalid' }],
  ['key authentication without keys', { authMethods: ['private_key_jwt'] }, { jwks: 'needed' }],
  ['keys twice', { jwks: set(GOOD_KEY), jwksUri: 'https://a.example/jwks' }, { jwks: 'both' }],
  ['no JSON', { jwks: '{' }, { jwks: 'notJson' }],
  ['null', { jwks: 'null' }, { jwks: 'noKeys' }],
  ['an empty set', { jwks: set() }, { jwks: 'noKeys' }],
  ['a set of text', { jwks: set('x') }, { jwks: 'unknownKey' }],
  ['a private key', { jwks: set(ec.privateKey.export({ format: 'jwk' })) }, { jwks: 'privateKey' }],
  ['a symmetric key', { jwks: set({ kty: 'oct', k: 'c2VjcmV0' }) }, { jwks: 'privateKey' }],
  ['a short RSA key', { jwks: set(GOOD_KEY, rsa(1024)) }, { jwks: 'weakKey' }],
  ['a long RSA key beyond use', { jwks: set({ ...rsa(2048), n: 'x'.repeat(1400) }) }, { jwks: 'largeKey' }],
  ['a long exponent', { jwks: set({ ...rsa(2048), e: 'x'.repeat(340) }) }, { jwks: 'largeKey' }],
  ['an exponent of 1', { jwks: set({ ...rsa(2048), e: 'AQ' }) }, { jwks: 'weakKey' }],
  ['an even exponent', { jwks: set({ ...rsa(2048), e: 'AQAA' }) }, { jwks: 'weakKey' }],
  ['an RSA key without an exponent', { jwks: set({ ...rsa(2048), e: undefined }) }, { jwks: 'unknownKey' }],
  [
    'a coordinate that is too long',
    { jwks: set({ ...GOOD_KEY, x: 'x'.repeat(90) }) },
    { jwks: 'unknownKey' },
  ],
  ['too many keys', { jwks: set(...Array(21).fill(GOOD_KEY)) }, { jwks: 'tooManyKeys' }],
  ['too long a set', { jwks: `${set(GOOD_KEY)}${' '.repeat(20)}${'x'.repeat(20_001)}` }, { jwks: 'tooLong' }],
  ['a plain address', { jwksUri: 'http://a.example/jwks' }, { jwksUri: 'notHttps' }],
  ['an address with a password', { jwksUri: 'https://a:b@a.example/jwks' }, { jwksUri: 'notHttps' }],
  ['no address', { jwksUri: 'jwks' }, { jwksUri: 'notHttps' }],
] as const)('refuses %s', (_what, rest, errors) => expect(faults(rest)).toEqual(errors));

test('takes a long RSA key and an address', () => {
  expect(faults({ jwks: set(rsa(2048)) })).toEqual({});
  expect(faults({ authMethods: ['private_key_jwt'], jwksUri: 'https://a.example/jwks?v=1' })).toEqual({});
});

test('a public client gets no keys and no say in authentication, whatever was sent', () => {
  const verdict = judge({ authMethods: [], jwks: 'x', resourceServer: true, accessSeconds: '60' }, true);
  expect(verdict).toEqual({ ok: true, policies: { ...defaultPolicies(true), accessSeconds: 60 } });
});
