/** Client libraries as integrators use them, unchanged, from discovery to refresh. */
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { AuthorizationCode } from 'simple-oauth2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { type Program, startProgram } from '../support/program.ts';
import { decideInBrowser, type RegisteredClient, registerInBrowser } from './admin-walk.ts';
import { type CallbackServer, startCallbackServer } from './callback-server.ts';

const QUERY = JSON.stringify({ query: '{ products(limit: 1) { nodes { name } totalCount } }' });

let program: Program;
let callback: CallbackServer;

beforeAll(async () => {
  callback = await startCallbackServer();
  program = await startProgram();
});
afterAll(() => program?.stop());
afterAll(() => callback?.close());

async function expectData(accessToken: string): Promise<void> {
  const answer = await fetch(`${program.url}/api`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: QUERY,
  });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    data: { products: { nodes: [{ name: expect.any(String) }] } },
  });
}

describeInBrowser('unchanged clients', (browser) => {
  let confidential: RegisteredClient;
  let publicClient: RegisteredClient;

  beforeAll(async () => {
    const redirectUris = [callback.url];
    confidential = await registerInBrowser(browser, program, { name: '連携サーバー', redirectUris });
    publicClient = await registerInBrowser(browser, program, {
      name: '店頭アプリ',
      redirectUris,
      isPublic: true,
    });
  });

  /** What the application's own server was asked for, after the member said yes to `url`. */
  const answerTo = async (url: string) => {
    await decideInBrowser(browser, program, callback, url);
    return new URL(`${callback.url}${callback.received.at(-1)?.search ?? ''}`);
  };

  test('openid-client: discovery (oauth2), PKCE, refresh', async () => {
    const config = await openid.discovery(
      new URL(program.url),
      confidential.clientId,
      confidential.clientSecret,
      undefined,
      { algorithm: 'oauth2', execute: [openid.allowInsecureRequests] },
    );
    const pkceCodeVerifier = openid.randomPKCECodeVerifier();
    const expectedState = openid.randomState();
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: callback.url,
      scope: 'read write',
      state: expectedState,
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    });
    const back = await answerTo(url.href);
    const tokens = await openid.authorizationCodeGrant(config, back, { pkceCodeVerifier, expectedState });
    expect(tokens.expires_in).toBe(3600);
    await expectData(tokens.access_token);
    const fresh = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect(fresh.refresh_token).not.toBe(tokens.refresh_token);
    await expectData(fresh.access_token);
  });

  test('openid-client: a public client without a secret', async () => {
    const config = await openid.discovery(
      new URL(program.url),
      publicClient.clientId,
      undefined,
      openid.None(),
      { algorithm: 'oauth2', execute: [openid.allowInsecureRequests] },
    );
    const pkceCodeVerifier = openid.randomPKCECodeVerifier();
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: callback.url,
      scope: 'read',
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    });
    const tokens = await openid.authorizationCodeGrant(config, await answerTo(url.href), {
      pkceCodeVerifier,
    });
    expect(tokens.scope).toBe('read');
    await expectData(tokens.access_token);
  });

  test.each(['header', 'body'] as const)('simple-oauth2 with credentials in the %s', async (method) => {
    const client = new AuthorizationCode({
      client: { id: confidential.clientId, secret: confidential.clientSecret },
      auth: { tokenHost: program.url, tokenPath: '/token', authorizePath: '/admin/authorize' },
      options: { authorizationMethod: method },
    });
    const url = client.authorizeURL({ redirect_uri: callback.url, scope: 'read write', state: '手形' });
    const back = await answerTo(url);
    expect(back.searchParams.get('state')).toBe('手形');
    const code = back.searchParams.get('code') ?? '';
    const token = await client.getToken({ code, redirect_uri: callback.url });
    expect(token.expired()).toBe(false);
    await expectData(token.token.access_token);
    const fresh = await token.refresh();
    await expectData(fresh.token.access_token);
  });

  test('oauth4webapi: discovery, code, refresh', async () => {
    const insecure = { [oauth.allowInsecureRequests]: true } as const;
    const issuer = new URL(program.url);
    const discovered = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure });
    const server = await oauth.processDiscoveryResponse(issuer, discovered);
    const client: oauth.Client = { client_id: confidential.clientId };
    const secret = oauth.ClientSecretBasic(confidential.clientSecret);
    const verifier = oauth.generateRandomCodeVerifier();
    const state = oauth.generateRandomState();
    const url = new URL(server.authorization_endpoint ?? '');
    url.search = new URLSearchParams({
      response_type: 'code',
      client_id: confidential.clientId,
      redirect_uri: callback.url,
      scope: 'read',
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).toString();
    const answer = oauth.validateAuthResponse(server, client, await answerTo(url.href), state);
    const redeemed = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      secret,
      answer,
      callback.url,
      verifier,
      insecure,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, redeemed);
    await expectData(tokens.access_token);
    const refreshed = await oauth.refreshTokenGrantRequest(
      server,
      client,
      secret,
      tokens.refresh_token ?? '',
      insecure,
    );
    const fresh = await oauth.processRefreshTokenResponse(server, client, refreshed);
    await expectData(fresh.access_token);
  });
});
