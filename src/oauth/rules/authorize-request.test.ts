import { expect, test } from 'vitest';
import { judgeRequest } from './authorize-request.ts';
import { type Client, defaultPolicies } from './client.ts';
import { readParams } from './params.ts';
import { SCOPES } from './scope.ts';

const ISSUER = 'https://api.shop.example';
const URI = 'https://client.example/cb';
const CLIENT: Client = {
  clientId: 'c',
  name: 'c',
  isPublic: false,
  redirectUris: [URI],
  scopes: ['read', 'write'],
  grantTypes: ['authorization_code'],
  pkce: 'auto',
  createdAt: 0,
  updatedAt: 0,
  createdBy: null,
  disabledAt: null,
  secrets: [],
  policies: defaultPolicies(false),
  purpose: null,
  withoutPkceAt: null,
};
const GOOD = { response_type: 'code', client_id: 'c', redirect_uri: URI, state: 's' };

const judge = (query: string, client: Client | undefined = CLIENT) =>
  judgeRequest(readParams(query), client, ISSUER, SCOPES);
const judgeFields = (fields: Record<string, string>, client?: Client) =>
  judge(new URLSearchParams({ ...GOOD, ...fields }).toString(), client);

test('a good request, read', () => {
  expect(judgeFields({ scope: 'read' })).toMatchObject({
    kind: 'ok',
    request: { redirectUri: URI, redirectUriSent: true, scopes: ['read'], state: 's', codeChallenge: null },
  });
});

test('the only registered redirect URI may be left out; of two, one must be named', () => {
  const query = 'response_type=code&client_id=c';
  expect(judge(query)).toMatchObject({ kind: 'ok', request: { redirectUri: URI, redirectUriSent: false } });
  const two = { ...CLIENT, redirectUris: [URI, `${URI}2`] };
  expect(judge(query, two)).toEqual({ kind: 'page', reason: 'redirect-missing' });
  expect(judge(query, { ...CLIENT, redirectUris: [] })).toEqual({ kind: 'page', reason: 'redirect-missing' });
});

test('ADV-07: a client without redirect URIs takes none from a request', () => {
  expect(judgeFields({}, { ...CLIENT, redirectUris: [] })).toEqual({
    kind: 'page',
    reason: 'redirect-mismatch',
  });
});

test('whatever else is wrong, an untrusted address keeps the browser here', () => {
  const wrong = { redirect_uri: `${URI}/`, response_type: 'token', scope: 'x', state: 'x'.repeat(9999) };
  expect(judgeFields(wrong)).toEqual({ kind: 'page', reason: 'redirect-mismatch' });
  expect(judgeRequest(readParams('client_id=x'), undefined, ISSUER, SCOPES)).toEqual({
    kind: 'page',
    reason: 'client-unknown',
  });
  expect(judgeFields({}, { ...CLIENT, disabledAt: 1 })).toEqual({ kind: 'page', reason: 'client-disabled' });
});

test('state counts in bytes', () => {
  expect(judgeFields({ state: '通'.repeat(1_333) }).kind).toBe('ok');
  expect(judgeFields({ state: '通'.repeat(1_334) })).toMatchObject({
    kind: 'redirect',
    error: 'invalid_request',
  });
});

test('state with a control character is refused, and an answer still leads to the client', () => {
  expect(judgeFields({ state: 'a\0b' })).toMatchObject({ kind: 'redirect', redirectUri: URI });
});

test.each(['request', 'request_uri'])('%s is not offered', (name) => {
  expect(judgeFields({ [name]: 'x' })).toMatchObject({ kind: 'redirect', error: 'invalid_request' });
});
