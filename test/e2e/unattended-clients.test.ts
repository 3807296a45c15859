/** Client libraries without a browser, unchanged: client credentials, private_key_jwt, introspection, revocation, RFC 9068. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { ClientCredentials } from 'simple-oauth2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Program, runProgram, startProgram } from '../support/program.ts';

const INSECURE = { [oauth.allowInsecureRequests]: true } as const;
const QUERY = '{ products(limit: 1) { nodes { name } } }';
const TIMEOUT_MS = 60_000;

type Made = { readonly client_id: string; readonly client_secret?: string };

let program: Program;
let byKey: Made;
let bySecret: Made;
let key: oauth.PrivateKey;
const folder = mkdtempSync(join(tmpdir(), 'tegata-clients-'));

beforeAll(async () => {
  program = await startProgram();
  const pair = await oauth.generateKeyPair('ES256', { extractable: true });
  key = { key: pair.privateKey, kid: 'one' };
  const jwks = join(folder, 'jwks.json');
  const jwk = { ...(await crypto.subtle.exportKey('jwk', pair.publicKey)), kid: 'one', alg: 'ES256' };
  writeFileSync(jwks, JSON.stringify({ keys: [jwk] }));
  byKey = await create('--auth-method', 'private_key_jwt', '--jwks-file', jwks, '--token-profile', 'rfc9068');
  bySecret = await create();
}, TIMEOUT_MS);
afterAll(() => program?.stop());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function create(...options: string[]): Promise<Made> {
  const usual = ['--name', '夜間処理', '--scope', 'read write', '--grant', 'client_credentials', '--json'];
  const { code, stdout, stderr } = await runProgram(['client', 'create', ...usual, ...options], {
    TEGATA_DATA_DIR: program.dataDir,
  });
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Made;
}

async function statusOf(accessToken: string): Promise<number> {
  const answer = await fetch(`${program.url}/api`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY }),
  });
  return answer.status;
}

describe('oauth4webapi', () => {
  let server: oauth.AuthorizationServer;
  beforeAll(async () => {
    const issuer = new URL(program.url);
    const discovered = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...INSECURE });
    server = await oauth.processDiscoveryResponse(issuer, discovered);
  });

  const walk = async (made: Made, authentication: () => oauth.ClientAuth, scope: string) => {
    const client: oauth.Client = { client_id: made.client_id };
    const asked = await oauth.clientCredentialsGrantRequest(
      server,
      client,
      authentication(),
      { scope },
      INSECURE,
    );
    const tokens = await oauth.processClientCredentialsResponse(server, client, asked);
    expect([tokens.scope, tokens.refresh_token]).toEqual([scope, undefined]);
    expect(await statusOf(tokens.access_token)).toBe(200);
    const introspect = async () => {
      const token = tokens.access_token;
      const answer = await oauth.introspectionRequest(server, client, authentication(), token, INSECURE);
      return oauth.processIntrospectionResponse(server, client, answer);
    };
    expect(await introspect()).toMatchObject({ active: true, client_id: made.client_id, scope });
    const revoked = await oauth.revocationRequest(
      server,
      client,
      authentication(),
      tokens.access_token,
      INSECURE,
    );
    await oauth.processRevocationResponse(revoked);
    expect(await introspect()).toEqual({ active: false });
    expect(await statusOf(tokens.access_token)).toBe(401);
    return tokens.access_token;
  };

  test('by private_key_jwt', () => walk(byKey, () => oauth.PrivateKeyJwt(key), 'read'));
  test('by client_secret_basic', () =>
    walk(bySecret, () => oauth.ClientSecretBasic(bySecret.client_secret ?? ''), 'read write'));
  test('by client_secret_post', () =>
    walk(bySecret, () => oauth.ClientSecretPost(bySecret.client_secret ?? ''), 'read'));

  test('a resource server takes an RFC 9068 token by its own check', async () => {
    const client: oauth.Client = { client_id: byKey.client_id };
    const resource = `${program.url}/api`;
    const asked = await oauth.clientCredentialsGrantRequest(
      server,
      client,
      oauth.PrivateKeyJwt(key),
      { resource },
      INSECURE,
    );
    const { access_token } = await oauth.processClientCredentialsResponse(server, client, asked);
    const request = new Request(resource, { headers: { authorization: `Bearer ${access_token}` } });
    const claims = await oauth.validateJwtAccessToken(server, request, resource, INSECURE);
    expect(claims).toMatchObject({ client_id: byKey.client_id, aud: resource, scope: 'read write' });
  });
});

test('openid-client: client credentials by private_key_jwt, introspection, revocation', async () => {
  const config = await openid.discovery(
    new URL(program.url),
    byKey.client_id,
    undefined,
    openid.PrivateKeyJwt(key),
    { algorithm: 'oauth2', execute: [openid.allowInsecureRequests] },
  );
  const tokens = await openid.clientCredentialsGrant(config, { scope: 'read' });
  expect(await statusOf(tokens.access_token)).toBe(200);
  expect(await openid.tokenIntrospection(config, tokens.access_token)).toMatchObject({ active: true });
  await openid.tokenRevocation(config, tokens.access_token);
  expect(await openid.tokenIntrospection(config, tokens.access_token)).toEqual({ active: false });
});

test.each(['header', 'body'] as const)(
  'simple-oauth2: client credentials with the secret in the %s',
  async (authorizationMethod) => {
    const client = new ClientCredentials({
      client: { id: bySecret.client_id, secret: bySecret.client_secret ?? '' },
      auth: { tokenHost: program.url, tokenPath: '/token', revokePath: '/revoke' },
      options: { authorizationMethod },
    });
    const token = await client.getToken({ scope: 'read' });
    expect(token.token.scope).toBe('read');
    expect(await statusOf(token.token.access_token)).toBe(200);
    await token.revoke('access_token');
    expect(await statusOf(token.token.access_token)).toBe(401);
  },
);
