/** `tegata member …` */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { MANY_COMMANDS_MS, refusalOf, useCli } from './cli.ts';

type Listed = { login_id: string; authority_id: number; active: boolean };

const { dataDir, run, json } = useCli();

async function runWithInput(input: string, ...args: string[]): Promise<{ code: number; stderr: string }> {
  const main = join(import.meta.dirname, '../../dist/main.js');
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env.PATH, TEGATA_DATA_DIR: dataDir },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  child.stdin.end(input);
  const stderr = text(child.stderr);
  const [code] = (await once(child, 'close')) as [number];
  return { code, stderr: await stderr };
}

test('a member is made, listed, given a password, disabled', { timeout: MANY_COMMANDS_MS }, async () => {
  const made = await json<{ password: string }>('member', 'create', 'tanaka', '--name', '田中', '--generate');
  expect(made.password).toMatch(/^[\w-]{20}$/);
  await json('member', 'create', 'batch', '--authority', '1', '--generate');
  const members = await json<Listed[]>('member', 'list');
  expect(Object.fromEntries(members.map((member) => [member.login_id, member.authority_id]))).toEqual({
    admin: 0,
    tanaka: 0,
    batch: 1,
  });
  expect(JSON.stringify(members)).not.toContain(made.password);
  const first = await run('member', 'list', '--limit', '1', '--json');
  const [newest] = JSON.parse(first.stdout) as (Listed & { id: number })[];
  expect(first.stderr).toContain(`--after ${newest?.id}`);
  const rest = await run('member', 'list', '--after', String(newest?.id), '--json');
  expect([newest, ...(JSON.parse(rest.stdout) as Listed[])]).toEqual(members);
  expect(rest.stderr).toBe('');

  const changed = await json<{ password: string }>('member', 'password', 'tanaka', '--generate');
  expect(changed.password).not.toBe(made.password);
  expect(await json('member', 'logout', 'tanaka')).toEqual({ login_id: 'tanaka', sessions_ended: 0 });
  await json('member', 'disable', 'tanaka');
  const [tanaka] = (await json<Listed[]>('member', 'list')).filter(({ login_id }) => login_id === 'tanaka');
  expect(tanaka?.active).toBe(false);
});

test('a password comes from standard input and is held to the shop’s rules', async () => {
  const given = ['member', 'password', 'admin', '--password-stdin'];
  expect(await runWithInput('korekara-tegata-1\n', ...given)).toMatchObject({ code: 0 });
  expect(await runWithInput('short1\n', ...given)).toEqual({
    code: 1,
    stderr: 'tegata: a password has 12 to 64 characters\n',
  });
});

test('refusals', async () => {
  expect(refusalOf(await run('member', 'create', 'admin', '--generate'))).toContain('exists');
  expect(refusalOf(await run('member', 'create', 'suzuki', '--generate', '--authority', '99'))).toContain(
    '権限',
  );
  expect(refusalOf(await run('member', 'password', 'nobody', '--generate'))).toContain('tegata member list');
});
