/** The commands are run by a real shell, with a `curl` that prints its arguments one a line. */
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { type NextStepsInput, nextSteps } from '../../src/admin/clients/steps/next-steps.ts';

const INPUT: NextStepsInput = {
  authorizeUrl: 'https://shop.example/admin/authorize',
  tokenUrl: 'https://shop.example/token',
  apiUrl: 'https://shop.example/api',
  clientId: 'abc',
  clientSecret: "it's $HOME `id`",
  redirectUri: 'https://app.example/cb?a=1&b=2',
  scopes: ['read', 'write'],
  state: 'xyz',
  pkce: null,
  mayRefresh: true,
  codeSeconds: 600,
};

const argumentsOf = (command: string): string[] =>
  execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }\n${command}`], { encoding: 'utf8' })
    .trimEnd()
    .split('\n');

const sent = (command: string): string[] =>
  argumentsOf(command).filter((word) => word !== '--data-urlencode');

describe('next steps', () => {
  test('the authorize URL carries the request exactly', () => {
    const url = new URL(nextSteps(INPUT).authorizeUrl);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'abc',
      redirect_uri: INPUT.redirectUri,
      scope: 'read write',
      state: 'xyz',
    });
  });

  test('the exchange reaches curl word for word, whatever the secret holds', () => {
    expect(sent(nextSteps(INPUT).exchange)).toEqual([
      'https://shop.example/token',
      'grant_type=authorization_code',
      'client_id=abc',
      `client_secret=${INPUT.clientSecret}`,
      `redirect_uri=${INPUT.redirectUri}`,
      'code=<CODE>',
    ]);
  });

  test('the API call sends a bearer token and JSON', () => {
    const words = argumentsOf(nextSteps(INPUT).call);
    expect(words).toContain('Authorization: Bearer <ACCESS_TOKEN>');
    expect(JSON.parse(words.at(-1) ?? '')).toEqual({ query: expect.stringContaining('products') });
  });

  test('a public client sends PKCE and no secret', () => {
    const steps = nextSteps({
      ...INPUT,
      clientSecret: null,
      pkce: { verifier: 'v'.repeat(43), challenge: 'c'.repeat(43) },
    });
    expect(new URL(steps.authorizeUrl).searchParams.get('code_challenge_method')).toBe('S256');
    expect(sent(steps.exchange)).toContain(`code_verifier=${'v'.repeat(43)}`);
    expect(`${steps.exchange}${steps.refresh}`).not.toContain('client_secret');
  });

  test('without the refresh grant there is no refresh step', () => {
    expect(nextSteps({ ...INPUT, mayRefresh: false }).refresh).toBeNull();
  });
});
