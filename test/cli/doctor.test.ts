/** `tegata doctor` on files and addresses: each fault named, with what to do, and exit code 1. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { startProgram } from '../support/program.ts';
import { type Cli, useCli } from './cli.ts';

const MAIN = join(import.meta.dirname, '../../dist/main.js');

type Check = { name: string; state: string; says: string; todo?: string };

type Row = { id: string; requirement: string; state: string; reason?: string; here: { level: string }[] };
type Checklist = { counts: Record<string, number>; rows: Row[] };

type Checked = {
  code: number | null;
  check: (name: string) => Check | undefined;
  checklist: Checklist;
  row: (id: string) => Row | undefined;
};

async function checksOf(cli: Cli): Promise<Checked> {
  const { code, stdout } = await cli.run('doctor', '--json');
  const { checks, checklist } = JSON.parse(stdout) as { checks: Check[]; checklist: Checklist };
  return {
    code,
    check: (name) => checks.find((one) => one.name === name),
    checklist,
    row: (id) => checklist.rows.find((one) => one.id === id),
  };
}

test('before the first start it makes nothing', async () => {
  const cli = useCli({ PORT: String(await freePort()) }, onTestFinished);
  const { code, check, row } = await checksOf(cli);
  expect(code).toBe(0);
  expect(row('BCP-41')?.here).toEqual([]);
  expect(check('database')?.says).toContain('the first start');
  expect(existsSync(cli.dataDir)).toBe(false);
});

test('files that others can read, and a lost key', async () => {
  const cli = useCli({ PORT: String(await freePort()) }, onTestFinished);
  const [key] = await cli.json<{ kid: string }[]>('key', 'list');
  const pem = join(cli.dataDir, 'keys', `${key?.kid}.pem`);
  expect((await checksOf(cli)).code).toBe(0);
  chmodSync(cli.dataDir, 0o755);
  chmodSync(pem, 0o644);
  const open = await checksOf(cli);
  expect(open.code).toBe(1);
  expect(open.check('data folder')?.todo).toBe(`chmod 700 ${cli.dataDir}`);
  expect(open.check('keys')?.says).toContain(pem);
});

test('clients that weaken the API are named, with what to do', async () => {
  const cli = useCli({ PORT: String(await freePort()) }, onTestFinished);
  const create = (...options: string[]) =>
    cli.json<{ client_id: string }>('client', 'create', '--redirect-uri', 'https://a.example/cb', ...options);
  await create('--name', 'narrow', '--scope', 'read', '--require-pkce');
  expect((await checksOf(cli)).check('clients')).toMatchObject({ state: 'ok' });
  const { client_id: lax } = await create('--name', 'lax', '--scope', 'read');
  expect((await checksOf(cli)).check('clients')).toMatchObject({ state: 'ok' });
  seenWithoutPkce(cli, lax);
  const { code, check } = await checksOf(cli);
  expect(code).toBe(0);
  expect(check('clients')).toMatchObject({
    state: 'warning',
    says: expect.stringContaining(`lax (${lax})`),
    todo: expect.stringContaining('PKCE'),
  });
  expect(check('clients')?.says).not.toContain('narrow');
});

/** As after a month in which the app asked without PKCE until a moment ago. */
function seenWithoutPkce({ dataDir }: Cli, clientId: string): void {
  const database = new DatabaseSync(join(dataDir, 'shop.db'));
  database
    .prepare(
      'update tegata_client set created_at = created_at - 2592000, without_pkce_at = created_at where client_id = ?',
    )
    .run(clientId);
  database.close();
}

test('where mails go, and that they go nowhere', async () => {
  const mail = async (environment: Record<string, string>): Promise<Check | undefined> =>
    (await checksOf(useCli({ PORT: String(await freePort()), ...environment }, onTestFinished))).check(
      'mail',
    );
  expect(await mail({ MAILER_URL: 'smtp://shop:secret@mail.example' })).toMatchObject({
    state: 'note',
    says: expect.stringContaining('go nowhere'),
  });
  const smtp = await mail({ MAILER_DSN: 'smtp://shop:secret@mail.example:587' });
  expect(smtp).toEqual({ name: 'mail', state: 'ok', says: 'over mail.example:587' });
  expect(await mail({ MAILER_DSN: 'ses://key:secret@default' })).toMatchObject({ state: 'warning' });
});

test('every checklist row has its state, and what the settings here make of it', async () => {
  const settings = { PUBLIC_URL: 'http://shop.example', TEGATA_CODE_TTL: '60' };
  const cli = useCli({ PORT: String(await freePort()), ...settings }, onTestFinished);
  await cli.json('client', 'list');
  const { check, checklist, row } = await checksOf(cli);
  expect(checklist.rows).toHaveLength(197);
  expect(Object.values(checklist.counts).reduce((sum, count) => sum + count)).toBe(197);
  expect(row('BCP-32')).toMatchObject({ state: 'later', reason: 'DPoP is a later issue', here: [] });
  expect(row('BCP-41')).toMatchObject({ state: 'tested', here: [{ level: 'warning' }] });
  expect(row('ASVS-10.4.3')?.here).toMatchObject([{ level: 'well' }]);
  expect(row('ASVS-6.3.3')?.here).toMatchObject([{ level: 'advice' }]);
  expect(check('checklist')?.says).toMatch(/^197 rows: .*weaken .*BCP-41/);
  expect((await cli.run('doctor')).stdout).toContain('checklist: 197 rows: ');
});

test('password hashes that are cheap enough for tests are a warning', async () => {
  const costing = async (cost: string) => {
    const settings = { PORT: String(await freePort()), TEGATA_PASSWORD_COST: cost };
    return (await checksOf(useCli(settings, onTestFinished))).check('TEGATA_PASSWORD_COST');
  };
  expect(await costing('9')).toMatchObject({ state: 'warning', todo: expect.stringContaining('13') });
  expect(await costing('10')).toMatchObject({ state: 'ok' });
});

test('a database that is none', async () => {
  const cli = useCli({}, onTestFinished);
  mkdirSync(cli.dataDir, { mode: 0o700 });
  writeFileSync(join(cli.dataDir, 'shop.db'), 'this is text, and long enough to be looked at as a header');
  const { code, check } = await checksOf(cli);
  expect(code).toBe(1);
  expect(check('database')?.says).toContain('the database cannot be used');
});

test('a plain http issuer is a warning', async () => {
  const cli = useCli({ PORT: String(await freePort()), PUBLIC_URL: 'http://shop.example' }, onTestFinished);
  const { code, check } = await checksOf(cli);
  expect([code, check('issuer')?.state]).toEqual([0, 'warning']);
});

test('a port in use: a fault, unless it is Tegata that answers there', async () => {
  const port = await freePort();
  const cli = useCli({ PORT: String(port) }, onTestFinished);
  const holder = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => holder.listen(port, '127.0.0.1', resolve));
  const taken = await checksOf(cli);
  expect([taken.code, taken.check('port')?.state]).toEqual([1, 'fault']);
  await new Promise((resolve) => holder.close(resolve));

  const server = await startProgram({ dataDir: cli.dataDir, env: { PORT: String(port) } });
  onTestFinished(async () => void (await server.stop()));
  expect((await checksOf(cli)).check('port')).toMatchObject({
    state: 'ok',
    says: expect.stringContaining('tegata answers'),
  });
});

test('for a monitor: one line and its exit code; watched, each fault once when it appears and once when it goes', async () => {
  const port = String(await freePort());
  const cli = useCli({ PORT: port, TEGATA_PASSWORD_COST: '10' }, onTestFinished);
  await cli.json('key', 'list');
  const well = await cli.run('doctor', '--once');
  expect([well.code, well.stdout]).toEqual([
    0,
    expect.stringMatching(/^TEGATA OK - .* \| faults=0 warnings=0\n$/),
  ]);
  const unknown = await useCli({ PORT: 'none' }, onTestFinished).run('doctor', '--once');
  expect([unknown.code, unknown.stdout]).toEqual([3, expect.stringMatching(/^TEGATA UNKNOWN - PORT: .*\n$/)]);

  chmodSync(cli.dataDir, 0o755);
  const child = spawn(process.execPath, [MAIN, 'doctor', '--watch', '5', '--json'], {
    env: { PATH: process.env.PATH, TEGATA_DATA_DIR: cli.dataDir, PORT: port },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value ?? 'null') as Record<string, unknown>;
  const open = { name: 'data folder', state: 'fault', todo: `chmod 700 ${cli.dataDir}` };
  expect(await next()).toMatchObject({ ...open, change: 'appeared' });
  chmodSync(cli.dataDir, 0o700);
  expect(await next()).toMatchObject({ ...open, change: 'gone' });
  child.kill('SIGTERM');
  expect((await once(child, 'exit'))[0]).toBe(0);
});
