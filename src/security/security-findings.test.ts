import { expect, test } from 'vitest';
import { type Client, defaultPolicies } from '../oauth/rules/client.ts';
import { SECURITY_KINDS, type SecurityFacts, securityFindings } from './security-findings.ts';

const NOW = 1_775_001_600;
const DAY = 86_400;

const client = (rest: Partial<Client> = {}): Client => ({
  clientId: 'c1',
  name: '在庫くん',
  isPublic: false,
  redirectUris: ['https://a.example/cb'],
  scopes: ['read'],
  grantTypes: ['authorization_code', 'refresh_token'],
  pkce: 'required',
  createdAt: NOW - 800 * DAY,
  updatedAt: NOW,
  createdBy: null,
  disabledAt: null,
  secrets: [secret(10)],
  policies: defaultPolicies(false),
  purpose: null,
  withoutPkceAt: null,
  ...rest,
});
const secret = (age: number, expiresAt: number | null = null) => ({
  secretId: `s${age}`,
  hash: '',
  createdAt: NOW - age * DAY,
  expiresAt,
  lastUsedAt: null,
});
const facts = (rest: Partial<SecurityFacts> = {}): SecurityFacts => ({
  now: NOW,
  issuer: 'https://shop.example',
  clients: [{ client: client(), lastUsedAt: NOW }],
  openFiles: [],
  clockApartSeconds: 0,
  passwordCost: 13,
  codeSeconds: 60,
  keyStrength: 128,
  withoutSecondFactor: [],
  ...rest,
});
const found = (rest: Partial<SecurityFacts>) =>
  securityFindings(facts(rest)).filter(({ level }) => level !== 'well');
const kinds = (rest: Partial<SecurityFacts>) => found(rest).map(({ kind }) => kind);
const ofClient = (rest: Partial<Client>, lastUsedAt: number | null = NOW) =>
  kinds({ clients: [{ client: client(rest), lastUsedAt }] });

test('nothing to find: every kind is well', () => {
  expect(securityFindings(facts()).map(({ kind }) => kind)).toEqual(SECURITY_KINDS);
  expect(found({})).toEqual([]);
});

test.each([
  ['http://shop.example', ['plain-http-issuer']],
  ['http://localhost:3000', []],
  ['http://127.0.0.1.evil.example', ['plain-http-issuer']],
])('issuer %s', (issuer, expected) => expect(kinds({ issuer })).toEqual(expected));

test('files and clock', () => {
  expect(found({ openFiles: ['/var/keys'], clockApartSeconds: 6 })).toEqual([
    { kind: 'open-files', level: 'warning', clients: [], values: ['/var/keys'] },
    { kind: 'clock-apart', level: 'warning', clients: [], values: ['6'] },
  ]);
  expect(kinds({ clockApartSeconds: 5 })).toEqual([]);
});

test('clients whose app goes without PKCE, named', () => {
  const seen = { pkce: 'optional' as const, withoutPkceAt: NOW - DAY };
  const clients = [{ client: client(seen), lastUsedAt: NOW }];
  expect(found({ clients })).toEqual([
    { kind: 'without-pkce', level: 'warning', clients: [{ clientId: 'c1', name: '在庫くん' }], values: [] },
  ]);
  expect(ofClient({ ...seen, isPublic: true })).toEqual([]);
  expect(ofClient({ ...seen, grantTypes: ['client_credentials'] })).toEqual([]);
  expect(ofClient({ ...seen, disabledAt: NOW })).toEqual([]);
  expect(ofClient({ ...seen, pkce: 'auto' })).toEqual(['without-pkce']);
  for (const pkce of ['required', 'learned'] as const) expect(ofClient({ ...seen, pkce })).toEqual([]);
  expect(ofClient({ ...seen, withoutPkceAt: NOW - 90 * DAY })).toEqual([]);
});

test('a client just registered is not named for what nobody has seen its app do', () => {
  const fresh = { pkce: 'auto' as const, createdAt: NOW - 60, scopes: ['read', 'write'] };
  expect(ofClient(fresh)).toEqual([]);
  expect(ofClient({ ...fresh, withoutPkceAt: NOW })).toEqual([]);
  const week = { ...fresh, createdAt: NOW - 7 * DAY };
  expect(ofClient(week)).toEqual(['wide-scopes']);
  expect(ofClient({ ...week, withoutPkceAt: NOW })).toEqual(['without-pkce', 'wide-scopes']);
});

test('clients that may do everything', () => {
  expect(ofClient({ scopes: ['read', 'write'] })).toEqual(['wide-scopes']);
  expect(ofClient({ scopes: ['write'] })).toEqual([]);
  expect(ofClient({ scopes: ['read', 'write'], disabledAt: NOW })).toEqual([]);
});

test('secrets older than a year that still work', () => {
  expect(ofClient({ secrets: [secret(364)] })).toEqual([]);
  expect(ofClient({ secrets: [secret(1), secret(365)] })).toEqual(['old-secrets']);
  expect(ofClient({ secrets: [secret(365, NOW)] })).toEqual([]);
  const byKey = { ...defaultPolicies(false), authMethods: ['private_key_jwt' as const] };
  expect(ofClient({ secrets: [secret(365)], policies: byKey })).toEqual([]);
});

test('clients nobody has used for 90 days', () => {
  expect(ofClient({}, NOW - 90 * DAY)).toEqual(['unused-clients']);
  expect(ofClient({}, NOW - 89 * DAY)).toEqual([]);
  expect(ofClient({}, null)).toEqual(['unused-clients']);
  expect(ofClient({ createdAt: NOW - DAY }, null)).toEqual([]);
});

test('password hashes that are made too fast', () => {
  expect(found({ passwordCost: 9 })).toMatchObject([{ kind: 'cheap-passwords', values: ['9'] }]);
  expect(kinds({ passwordCost: 10 })).toEqual([]);
});

test('what could be stronger is advice', () => {
  const wide = { client: client({ scopes: ['read', 'write'] }), lastUsedAt: NOW };
  expect(found({ clients: [wide] })).toMatchObject([{ kind: 'wide-scopes', level: 'advice' }]);
  const advice = (rest: Partial<SecurityFacts>) => found(rest).map(({ kind, level }) => `${level} ${kind}`);
  expect(advice({ keyStrength: 112 })).toEqual(['advice short-keys']);
  expect(advice({ codeSeconds: 61 })).toEqual(['advice long-codes']);
  expect(advice({ withoutSecondFactor: ['admin'] })).toEqual(['advice no-second-factor']);
});

test('a shop without second factors is not judged by them', () => {
  const judged = securityFindings(facts({ withoutSecondFactor: undefined })).map(({ kind }) => kind);
  expect(judged).not.toContain('no-second-factor');
});
