import { expect, test } from 'vitest';
import { judgeCode, type PresentedCode } from './grant-code.ts';

const NOW = 1_775_001_600;
const CODE: PresentedCode = {
  grantId: 'g',
  clientId: 'mine',
  redirectUri: 'https://client.example/cb',
  redirectUriSent: true,
  codeChallenge: null,
  expiresAt: NOW + 1,
  usedAt: null,
  refusedBecause: null,
};
const PARAMS = { redirect_uri: CODE.redirectUri };

const judge = (
  code: Partial<PresentedCode>,
  params: Record<string, string> = PARAMS,
  clientId = 'mine',
  demandsPkce = false,
) => judgeCode({ ...CODE, ...code }, { clientId, demandsPkce }, new Map(Object.entries(params)), NOW);

test('a good code is issued for, in its last second too', () => {
  expect(judge({})).toEqual({ kind: 'issue' });
});

test('the redirect URI counts when it was sent, and when it is sent', () => {
  expect(judge({ redirectUriSent: false }, {})).toEqual({ kind: 'issue' });
  expect(judge({ redirectUriSent: false }, { redirect_uri: 'https://evil.example' })).toMatchObject({
    kind: 'refuse',
    burn: true,
  });
});

test.each<[string, Partial<PresentedCode>, Record<string, string>, string, boolean]>([
  ['expired', { expiresAt: NOW }, PARAMS, 'mine', false],
  ['of another client', {}, PARAMS, 'theirs', false],
  ['of another client, used', { usedAt: NOW - 9 }, PARAMS, 'theirs', false],
  ['without its redirect URI', {}, {}, 'mine', true],
  ['without its verifier', { codeChallenge: 'x' }, PARAMS, 'mine', true],
  ['with a verifier it has not', {}, { ...PARAMS, code_verifier: 'a'.repeat(43) }, 'mine', true],
])('%s: refused, spent or not', (_title, code, params, client, burn) => {
  expect(judge(code, params, client)).toMatchObject({ kind: 'refuse', burn });
});

test('a used code is a replay, however wrong or late the rest is', () => {
  expect(judge({ usedAt: NOW - 9, expiresAt: NOW - 5 }, {})).toEqual({ kind: 'replay' });
});

test('no code at all', () => {
  expect(judgeCode(undefined, { clientId: 'mine', demandsPkce: false }, new Map(), NOW)).toMatchObject({
    kind: 'refuse',
    burn: false,
  });
});

test('a code that was spent by a bad attempt is refused for the first reason, whatever comes now', () => {
  const spent = { usedAt: NOW, refusedBecause: 'redirect_uri is missing.' };
  const again = { kind: 'refuse', description: 'redirect_uri is missing.', burn: false };
  expect(judge(spent)).toEqual(again);
  expect(judge(spent, {})).toEqual(again);
  expect(judge({ ...spent, expiresAt: NOW })).toEqual(again);
  expect(judge(spent, PARAMS, 'other')).toMatchObject({ kind: 'refuse', burn: false });
  expect(judge(spent, PARAMS, 'other')).not.toEqual(again);
});

test('a code without a challenge is spent when the client must use PKCE by now', () => {
  expect(judge({ codeChallenge: null }, PARAMS, 'mine', true)).toMatchObject({ kind: 'refuse', burn: true });
  expect(judge({ codeChallenge: null }, PARAMS, 'mine', false)).toEqual({ kind: 'issue' });
});
