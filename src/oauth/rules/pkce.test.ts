import { expect, test } from 'vitest';
import { judgeChallenge, judgeVerifier } from './pkce.ts';

// RFC 7636 appendix B
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

test('the example of RFC 7636 holds', () => {
  expect(judgeChallenge(CHALLENGE, 'S256', true)).toEqual({ ok: true, challenge: CHALLENGE });
  expect(judgeVerifier(CHALLENGE, VERIFIER)).toBe('ok');
});

test.each([
  ['BCP-18: plain', CHALLENGE, 'plain'],
  ['no method, which means plain', CHALLENGE, undefined],
  ['the method in small letters', CHALLENGE, 's256'],
  ['a short challenge', CHALLENGE.slice(1), 'S256'],
  ['a padded challenge', `${CHALLENGE}=`, 'S256'],
  ['a challenge in plain base64', CHALLENGE.replace('-', '+'), 'S256'],
  ['a method alone', undefined, 'S256'],
])('%s is refused', (_title, challenge, method) => {
  expect(judgeChallenge(challenge, method, false).ok).toBe(false);
});

test('none at all is for clients that need none', () => {
  expect(judgeChallenge(undefined, undefined, false)).toEqual({ ok: true, challenge: null });
  expect(judgeChallenge(undefined, undefined, true).ok).toBe(false);
});

test.each([
  [CHALLENGE, undefined, 'missing'],
  [CHALLENGE, 'short', 'malformed'],
  [CHALLENGE, VERIFIER.padEnd(129, 'x'), 'malformed'],
  [CHALLENGE, `${VERIFIER}é`, 'malformed'],
  [CHALLENGE, `${VERIFIER}\n`, 'malformed'],
  [CHALLENGE, VERIFIER.padEnd(128, 'x'), 'mismatch'],
  [CHALLENGE, CHALLENGE, 'mismatch'],
  [null, VERIFIER, 'unexpected'],
  [null, undefined, 'ok'],
] as const)('challenge %j, verifier %j: %s', (challenge, verifier, verdict) => {
  expect(judgeVerifier(challenge, verifier)).toBe(verdict);
});
