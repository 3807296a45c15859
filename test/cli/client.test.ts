/** `tegata client …`, the life of a client from registration to deletion. */
import { describe, expect, test } from 'vitest';
import { MANY_COMMANDS_MS, refusalOf, useCli } from './cli.ts';

type Answer = {
  client_id: string;
  client_secret?: string;
  client_name: string;
  redirect_uris: string[];
  scope: string;
  grant_types: string[];
  token_endpoint_auth_method: string;
  require_pkce: boolean;
  pkce: string;
  enabled: boolean;
};

const MACHINE = ['--grant', 'client_credentials'];
const ERP = ['--name', 'ERP', '--redirect-uri', 'https://erp.example/cb', '--scope', 'read write'];

describe('a confidential client', () => {
  const { run, json } = useCli();

  test('is created, listed, shown, changed, given a new secret, deleted', {
    timeout: MANY_COMMANDS_MS,
  }, async () => {
    const made = await json<Answer>('client', 'create', ...ERP, '--redirect-uri', 'http://localhost:8080/cb');
    expect(made).toMatchObject({
      client_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      client_secret: expect.stringMatching(/^[\w-]{43}$/),
      client_name: 'ERP',
      redirect_uris: ['https://erp.example/cb', 'http://localhost:8080/cb'],
      scope: 'read write',
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'client_secret_basic',
    });
    const id = made.client_id;

    expect((await run('client', 'show', id)).stdout).toMatch(/^Live grants: 0$/m);
    expect(await json('client', 'show', id)).toMatchObject({ live_grants: 0, live_grants_counted: true });

    const listed = await json<Answer[]>('client', 'list');
    expect(listed.map(({ client_id }) => client_id)).toEqual([id]);
    expect(await json('client', 'list', '--search', 'nothing of that name')).toEqual([]);
    const other = await json<Answer>('client', 'create', '--name', 'ERP 2', '--scope', 'read', ...MACHINE);
    const first = await run('client', 'list', '--limit', '1', '--json');
    const [newest] = JSON.parse(first.stdout) as Answer[];
    expect(first.stderr).toContain(`--after ${newest?.client_id}`);
    const rest = await run('client', 'list', '--after', newest?.client_id ?? '', '--json');
    const [behind] = JSON.parse(rest.stdout) as Answer[];
    expect([newest?.client_id, behind?.client_id].sort()).toEqual([id, other.client_id].sort());
    expect(rest.stderr).toBe('');
    expect((await run('client', 'delete', other.client_id, '--yes')).code).toBe(0);

    const changed = await json<Answer>(
      ...['client', 'update', id, '--name', '基幹', '--scope', 'read', '--require-pkce', '--disable'],
    );
    expect(changed).toMatchObject({ client_name: '基幹', scope: 'read', require_pkce: true, enabled: false });
    expect(changed.redirect_uris).toEqual(made.redirect_uris);
    const back = await json<Answer>('client', 'update', id, '--enable', '--no-require-pkce');
    expect(back).toMatchObject({ enabled: true, require_pkce: false, pkce: 'optional', scope: 'read' });
    const auto = await json<Answer>('client', 'update', id, '--pkce', 'auto');
    expect([made.pkce, auto.pkce, auto.require_pkce]).toEqual(['auto', 'auto', false]);

    const rotated = await json<{ client_secret: string; old_secret_expires_at: number }>(
      ...['client', 'rotate-secret', id, '--keep-old', '1h'],
    );
    expect(rotated.client_secret).not.toBe(made.client_secret);
    const shown = await json<{ secrets: { expires_at: number | null }[] }>('client', 'show', id);
    expect(shown.secrets.map(({ expires_at }) => expires_at).sort()).toEqual(
      [null, rotated.old_secret_expires_at].sort(),
    );
    expect(JSON.stringify(shown)).not.toContain(rotated.client_secret);
    await json('client', 'rotate-secret', id);
    expect((await json<typeof shown>('client', 'show', id)).secrets).toHaveLength(1);

    expect((await run('client', 'delete', id)).code).toBe(2);
    expect(await json('client', 'delete', id, '--yes')).toEqual({ client_id: id, deleted: true });
    expect(await json('client', 'list')).toEqual([]);
    expect(refusalOf(await run('client', 'show', id))).toContain('tegata client list');
  });
});

describe('what else can be registered', () => {
  const { run, json } = useCli();

  test('a public client has no secret, and none can be made', async () => {
    const made = await json<Answer>(
      ...['client', 'create', '--public', '--name', 'App', '--scope', 'read'],
      ...['--redirect-uri', 'com.example.app:/cb'],
    );
    expect(made).toMatchObject({ token_endpoint_auth_method: 'none', pkce: 'required', require_pkce: true });
    expect(made).not.toHaveProperty('client_secret');
    expect(refusalOf(await run('client', 'rotate-secret', made.client_id))).toContain('public client');
  });

  test('an unattended client needs no redirect URI', async () => {
    const made = await json<Answer>(
      ...['client', 'create', '--name', 'Batch', '--scope', 'read', '--grant', 'client_credentials'],
    );
    expect(made).toMatchObject({ grant_types: ['client_credentials'], redirect_uris: [] });
  });

  test.each([
    ['a plain http address', ['--redirect-uri', 'http://erp.example/cb', '--scope', 'read'], 'https://'],
    ['no redirect URI', ['--scope', 'read'], '--redirect-uri'],
    ['an unknown scope', ['--redirect-uri', 'https://erp.example/', '--scope', 'read admin'], '--scope'],
    ['an empty name', ['--name', ' ', '--redirect-uri', 'https://erp.example/', '--scope', 'read'], '--name'],
  ])('%s is refused in one line', async (_what, args, reason) => {
    expect(refusalOf(await run('client', 'create', '--name', 'X', ...args))).toContain(reason);
  });
});

describe('wrong usage', () => {
  const { run } = useCli();

  test.each([
    ['no name', ['client', 'create', '--scope', 'read']],
    ['an unknown grant', ['client', 'create', ...ERP, '--grant', 'password']],
    ['an unknown option', ['client', 'list', '--colour']],
    ['an unknown command', ['clients']],
    ['a group without a command', ['client']],
    ['nothing at all', []],
    ['a change of nothing', ['client', 'update', 'a'.repeat(32)]],
    ['off and on at once', ['client', 'update', 'a'.repeat(32), '--enable', '--disable']],
    ['a time that is not offered', ['client', 'rotate-secret', 'a'.repeat(32), '--keep-old', '2y']],
    ['two things to revoke', ['token', 'revoke', '--grant', 'a', '--client', 'b']],
    ['a password for nobody to type', ['member', 'password', 'admin']],
  ])('%s ends with exit code 2 and touches nothing', async (_what, args) => {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).not.toBe('');
  });
});
