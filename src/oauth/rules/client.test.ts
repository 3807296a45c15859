import { describe, expect, test } from 'vitest';
import { sha256Hex } from '../../base/bytes.ts';
import {
  type Client,
  defaultPolicies,
  matchSecret,
  needsPkce,
  readCredentials,
  standingFault,
} from './client.ts';
import { OAuthError } from './errors.ts';

const NOW = 1_775_001_600;
const secret = (text: string, expiresAt: number | null = null) => ({
  secretId: text,
  hash: sha256Hex(text),
  createdAt: NOW,
  expiresAt,
  lastUsedAt: null,
});
const CLIENT: Client = {
  clientId: 'c',
  name: 'c',
  isPublic: false,
  redirectUris: [],
  scopes: ['read'],
  grantTypes: ['authorization_code'],
  pkce: 'auto',
  createdAt: NOW,
  updatedAt: NOW,
  createdBy: null,
  disabledAt: null,
  secrets: [secret('new'), secret('old', NOW + 1), secret('gone', NOW)],
  policies: defaultPolicies(false),
  purpose: null,
  withoutPkceAt: null,
};
const params = (fields: Record<string, string>) => new Map(Object.entries(fields));
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('credentials', () => {
  test.each<[string, string | undefined, Record<string, string>, object]>([
    ['Basic', basic('c:s'), {}, { clientId: 'c', method: 'client_secret_basic', proof: 's' }],
    ['Basic with colons', basic('c:s:t'), {}, { clientId: 'c', proof: 's:t' }],
    ['Basic, encoded', basic('a%3Ab:s+t%2B'), {}, { clientId: 'a:b', proof: 's t+' }],
    ['Basic, encoded wrongly', basic('c:100%'), {}, { clientId: 'c', proof: '100%' }],
    ['Basic and the same id', basic('c:s'), { client_id: 'c' }, { clientId: 'c' }],
    ['Basic and the same again', basic('c:s'), { client_id: 'c', client_secret: 's' }, { proof: 's' }],
    ['a stranger’s bearer', 'Bearer x', { client_id: 'c', client_secret: 's' }, { proof: 's' }],
    ['the body', undefined, { client_id: 'c', client_secret: 's' }, { method: 'client_secret_post' }],
    ['an id alone', undefined, { client_id: 'c' }, { clientId: 'c', method: 'none' }],
  ])('%s', (_title, authorization, fields, expected) => {
    expect(readCredentials(authorization, params(fields))).toMatchObject(expected);
  });

  test.each<[string, string | undefined, Record<string, string>, string]>([
    ['nothing', undefined, {}, 'invalid_client'],
    ['a secret alone', undefined, { client_secret: 's' }, 'invalid_client'],
    ['another scheme and nothing else', 'Bearer x', {}, 'invalid_client'],
    ['another scheme beside a secret alone', 'Bearer x', { client_secret: 's' }, 'invalid_client'],
    ['a broken Basic', 'Basic ?', { client_id: 'c', client_secret: 's' }, 'invalid_client'],
    ['Basic without a colon', basic('c'), {}, 'invalid_client'],
    ['Basic without an id', basic(':s'), {}, 'invalid_client'],
    ['two secrets', basic('c:s'), { client_id: 'c', client_secret: 't' }, 'invalid_request'],
    ['no secret and one', basic('c:'), { client_id: 'c', client_secret: 's' }, 'invalid_request'],
    ['two clients', basic('c:s'), { client_id: 'd' }, 'invalid_request'],
  ])('%s is refused', (_title, authorization, fields, code) => {
    const read = () => readCredentials(authorization, params(fields));
    expect(read).toThrow(OAuthError);
    expect(read).toThrow(expect.objectContaining({ code }));
  });
});

test('a secret counts until it ends, and nothing like it does', () => {
  const found = (text: string) => matchSecret(CLIENT, text, NOW)?.secretId;
  expect(['new', 'old', 'gone', '', 'New', 'new ', sha256Hex('new')].map(found)).toEqual([
    'new',
    'old',
    ...Array(5).fill(undefined),
  ]);
});

test('who may try at all', () => {
  expect(standingFault(CLIENT, 'client_secret_basic')).toBeUndefined();
  for (const [client, method] of [
    [undefined, 'client_secret_basic'],
    [{ ...CLIENT, disabledAt: NOW }, 'client_secret_basic'],
    [CLIENT, 'none'],
    [{ ...CLIENT, isPublic: true, policies: defaultPolicies(true) }, 'client_secret_post'],
  ] as const) {
    expect(standingFault(client, method)).toEqual(expect.any(String));
  }
});

test('BCP-15: a public client needs PKCE, a confidential one when it was said or its app has used it', () => {
  expect(needsPkce(CLIENT)).toBe(false);
  expect(needsPkce({ ...CLIENT, pkce: 'optional' })).toBe(false);
  expect(needsPkce({ ...CLIENT, pkce: 'required' })).toBe(true);
  expect(needsPkce({ ...CLIENT, pkce: 'learned' })).toBe(true);
  expect(needsPkce({ ...CLIENT, isPublic: true })).toBe(true);
});
