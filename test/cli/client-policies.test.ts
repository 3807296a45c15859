/** `tegata client create` and `update`: what a client has for itself. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MANY_COMMANDS_MS, refusalOf, useCli } from './cli.ts';

type Answer = {
  client_id: string;
  client_secret?: string;
  token_endpoint_auth_methods: string[];
  jwks: unknown;
  jwks_uri: string | null;
  token_profile: string;
  access_ttl: number | null;
  refresh_idle_ttl: number | null;
  refresh_absolute_ttl: number | null;
  resource_server: boolean;
  cost_per_minute: number | null;
};

const BATCH = ['--name', 'Batch', '--scope', 'read', '--grant', 'client_credentials'];
const BY_KEY = ['--auth-method', 'private_key_jwt'];

describe('what a client has for itself', () => {
  const { run, json } = useCli();
  const folder = mkdtempSync(join(tmpdir(), 'tegata-keys-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const [keys, privateKeys] = [join(folder, 'jwks.json'), join(folder, 'private.json')];
  let jwks: unknown;
  beforeAll(async () => {
    const pair = await generateKeyPair('ES256', { extractable: true });
    jwks = { keys: [await exportJWK(pair.publicKey)] };
    writeFileSync(keys, JSON.stringify(jwks));
    writeFileSync(privateKeys, JSON.stringify({ keys: [await exportJWK(pair.privateKey)] }));
  });

  test('is said when it is created and changed, and shown', { timeout: MANY_COMMANDS_MS }, async () => {
    const made = await json<Answer>(
      ...['client', 'create', ...BATCH, ...BY_KEY, '--jwks-file', keys, '--token-profile', 'rfc9068'],
      ...['--access-ttl', '300', '--resource-server', '--quota', '600000'],
    );
    expect(made).toMatchObject({
      token_endpoint_auth_methods: ['private_key_jwt'],
      jwks,
      jwks_uri: null,
      token_profile: 'rfc9068',
      access_ttl: 300,
      refresh_idle_ttl: null,
      refresh_absolute_ttl: null,
      resource_server: true,
      cost_per_minute: 600_000,
    });
    expect(made).not.toHaveProperty('client_secret');
    const update = (...args: string[]) => json<Answer>('client', 'update', made.client_id, ...args);

    const moved = await update('--jwks-uri', 'https://batch.example/jwks.json', '--no-resource-server');
    expect(moved).toMatchObject({
      jwks: null,
      jwks_uri: 'https://batch.example/jwks.json',
      resource_server: false,
      access_ttl: 300,
      cost_per_minute: 600_000,
    });
    const settled = await update(
      ...[
        '--quota',
        'usual',
        '--access-ttl',
        'usual',
        '--refresh-idle-ttl',
        '3600',
        '--refresh-absolute-ttl',
        '86400',
      ],
      ...[...BY_KEY, '--auth-method', 'client_secret_basic', '--token-profile', 'compat'],
    );
    expect(settled).toMatchObject({
      token_endpoint_auth_methods: ['client_secret_basic', 'private_key_jwt'],
      token_profile: 'compat',
      access_ttl: null,
      refresh_idle_ttl: 3600,
      refresh_absolute_ttl: 86400,
      cost_per_minute: null,
    });
    expect(await json('client', 'show', made.client_id)).toMatchObject({ jwks_uri: moved.jwks_uri });
    const { stdout } = await run('client', 'show', made.client_id);
    for (const text of ['private_key_jwt', 'https://batch.example/jwks.json', '3600 s']) {
      expect(stdout).toContain(text);
    }
    // The name alone changes nothing of it.
    expect(await update('--name', '夜間処理')).toMatchObject({
      refresh_idle_ttl: 3600,
      jwks_uri: moved.jwks_uri,
    });
  });

  test.each([
    ['no keys', () => BY_KEY, '--jwks-file'],
    ['a private key', () => [...BY_KEY, '--jwks-file', privateKeys], 'private key'],
    ['a file that is not there', () => [...BY_KEY, '--jwks-file', join(folder, 'none')], 'cannot be read'],
    ['keys twice', () => [...BY_KEY, '--jwks-file', keys, '--jwks-uri', 'https://a.example/'], 'not both'],
    ['a plain address', () => [...BY_KEY, '--jwks-uri', 'http://a.example/'], '--jwks-uri'],
    ['a short life', () => ['--access-ttl', '59'], '--access-ttl'],
    ['a life that is no number', () => ['--refresh-idle-ttl', 'long'], '--refresh-idle-ttl'],
    ['a quota of nothing', () => ['--quota', '0'], '--quota'],
    ['a long approval', () => ['--refresh-absolute-ttl', '999999999'], '--refresh-absolute-ttl'],
  ])('%s is refused in one line', async (_what, args, reason) => {
    expect(refusalOf(await run('client', 'create', ...BATCH, ...args()))).toContain(reason);
  });

  test('a public client has no choice of authentication', async () => {
    const app = ['--public', '--name', 'App', '--scope', 'read', '--redirect-uri', 'com.example.app:/cb'];
    for (const args of [[...BY_KEY, '--jwks-file', keys], ['--resource-server']]) {
      expect(refusalOf(await run('client', 'create', ...app, ...args))).toContain('public client');
    }
  });

  test.each([
    ['--auth-method', 'none'],
    ['--auth-method', 'tls_client_auth'],
    ['--token-profile', 'opaque'],
  ])('%s %s is wrong usage', async (...args) => {
    expect((await run('client', 'create', ...BATCH, ...args)).code).toBe(2);
  });
});
