/** What is wrong around a start: told in one line, or outlived. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { runProgram, startProgram } from '../support/program.ts';
import { scratchFolder } from '../support/scratch.ts';
import { MANY_COMMANDS_MS, refusalOf, useCli } from './cli.ts';

const MAIN = join(import.meta.dirname, '../../dist/main.js');

type Check = { name: string; state: string; says: string; todo?: string };

async function checkOf(env: Record<string, string>, name: string): Promise<Check | undefined> {
  const { stdout } = await runProgram(['doctor', '--json'], env);
  return (JSON.parse(stdout) as { checks: Check[] }).checks.find((one) => one.name === name);
}

function tempFolder(): string {
  const folder = scratchFolder('tegata-faults-');
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

test('a data folder where none can be made', async () => {
  const cli = useCli({ TEGATA_DATA_DIR: '/proc/nope/deeper' }, onTestFinished);
  expect(refusalOf(await cli.run('client', 'list'))).toMatch(/\/proc\/nope .*TEGATA_DATA_DIR/);
});

test('settings that cannot work, each with the way out', async () => {
  for (const [env, says] of [
    [
      { PUBLIC_URL: 'https://shop.example/web%20api' },
      /PUBLIC_URL: must have a path of letters, digits, _ and - only/,
    ],
    [{ PUBLIC_URL: 'https://Shop.example:443' }, /PUBLIC_URL: must be written .*: https:\/\/shop\.example,/],
    [{ ECCUBE_ADMIN_ROUTE: 'api' }, /ECCUBE_ADMIN_ROUTE: .*none of Tegata’s own/],
    [{ ECCUBE_ADMIN_ROUTE: 'ready' }, /ECCUBE_ADMIN_ROUTE: .*none of Tegata’s own/],
  ] as const) {
    expect(refusalOf(await useCli(env, onTestFinished).run('serve'))).toMatch(says);
  }
});

describe('an env file', () => {
  const doctorWith = async (bytes: string | Buffer) => {
    const folder = tempFolder();
    const file = join(folder, 'shop.env');
    writeFileSync(file, bytes);
    return runProgram(['doctor', '--env-file', file], { TEGATA_DATA_DIR: join(folder, 'data') });
  };

  test('of Windows: the first variable is read too', async () => {
    const { code, stderr } = await doctorWith('\ufeffTEGATA_CODE_TTL=abc\r\nPORT=4399\r\n');
    expect(code).toBe(1);
    expect(stderr).toContain('TEGATA_CODE_TTL');
  });

  test('in UTF-16 is refused', async () => {
    const answer = await doctorWith(Buffer.from('\ufeffPORT=4399\r\n', 'utf16le'));
    expect(refusalOf(answer)).toMatch(/--env-file .*UTF-8/);
  });

  test('is read our way, though Node takes the option for its own', async () => {
    const { stderr } = await doctorWith(`SECONDS_=abc\nTEGATA_CODE_TTL=\${SECONDS_}\n`);
    expect(stderr).toContain('not “abc”');
  });

  test('that is missing: one line of our own', async () => {
    const child = spawn(process.execPath, ['--', MAIN, 'doctor', '--env-file', '/nowhere/.env'], {
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (text) => {
      stderr += String(text);
    });
    await once(child, 'close');
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^tegata: --env-file \/nowhere\/\.env: /),
    ]);
  });
});

test('a full disk behind standard output ends no server', { timeout: MANY_COMMANDS_MS }, async () => {
  const port = await freePort();
  const full = openSync('/dev/full', 'w');
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      TEGATA_DATA_DIR: join(tempFolder(), 'data'),
      TEGATA_PASSWORD_COST: '4',
    },
    stdio: ['ignore', full, full],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const page = () =>
    fetch(`http://127.0.0.1:${port}/admin/login`).then(
      ({ status }) => status,
      () => 0,
    );
  while ((await page()) === 0 && child.exitCode === null) await sleep(200);
  for (let i = 0; i < 3; i += 1) expect(await page()).toBe(200);
  child.kill('SIGTERM');
  expect((await once(child, 'exit'))[0]).toBe(0);
});

describe('the key folder', () => {
  test('of another node, or a lost one, is noticed at the start and by doctor, and keys turned by hand are right', {
    timeout: MANY_COMMANDS_MS,
  }, async () => {
    const folder = tempFolder();
    const [dataDir, other] = [join(folder, 'data'), join(folder, 'other')];
    const first = await startProgram({ dataDir });
    expect(first.output()).not.toContain('Fault:');
    await first.stop();
    const shop = { DATABASE_URL: `sqlite:${join(dataDir, 'shop.db')}`, PORT: String(await freePort()) };
    const here = { ...shop, TEGATA_DATA_DIR: dataDir };
    const there = { ...shop, TEGATA_DATA_DIR: other };
    expect(await checkOf(here, 'key folder')).toMatchObject({ state: 'ok' });
    expect(await checkOf(there, 'key folder')).toMatchObject({ state: 'fault' });

    const second = await startProgram({ dataDir: other, env: { DATABASE_URL: shop.DATABASE_URL } });
    expect(second.output()).toMatch(/Fault: the key folder .*TEGATA_DATA_DIR/);
    await second.stop();
    expect(await checkOf(here, 'key folder')).toMatchObject({ state: 'ok' });

    await runProgram(['key', 'rotate'], here);
    expect(await checkOf(here, 'key folder')).toMatchObject({ state: 'ok' });
    await runProgram(['key', 'rotate'], there);
    expect(await checkOf(there, 'key folder')).toMatchObject({ state: 'ok' });
    expect(await checkOf(here, 'key folder')).toMatchObject({ state: 'fault' });
  });

  test('is missed where the database knows tokens from before it remembered a folder', {
    timeout: MANY_COMMANDS_MS,
  }, async () => {
    const folder = tempFolder();
    const dataDir = join(folder, 'data');
    await runProgram(['client', 'list'], { TEGATA_DATA_DIR: dataDir });
    const database = new DatabaseSync(join(dataDir, 'shop.db'));
    const now = Math.floor(Date.now() / 1000);
    database.exec(
      `insert into tegata_access_token (jti, grant_id, client_id, issued_at, expires_at) values ('a', 'b', 'c', ${now - 60}, ${now + 3600})`,
    );
    database.close();
    rmSync(join(dataDir, 'keys'), { recursive: true });
    mkdirSync(join(dataDir, 'keys'), { mode: 0o700 });
    const env = { TEGATA_DATA_DIR: dataDir, PORT: String(await freePort()) };
    expect(await checkOf(env, 'key folder')).toMatchObject({ state: 'fault' });
    const server = await startProgram({ dataDir });
    expect(server.output()).toContain('Fault: the key folder');
    await server.stop();
  });

  test('copied and gone another way is noticed while tokens live', {
    timeout: MANY_COMMANDS_MS,
  }, async () => {
    const folder = tempFolder();
    const [dataDir, copy] = [join(folder, 'data'), join(folder, 'copy')];
    await (await startProgram({ dataDir })).stop();
    cpSync(dataDir, copy, { recursive: true });
    const shop = { DATABASE_URL: `sqlite:${join(dataDir, 'shop.db')}`, PORT: String(await freePort()) };
    // Twice, so that the copy lacks even what was next.
    for (let i = 0; i < 2; i += 1) await runProgram(['key', 'rotate'], { ...shop, TEGATA_DATA_DIR: dataDir });
    const database = new DatabaseSync(join(dataDir, 'shop.db'));
    const now = Math.floor(Date.now() / 1000);
    database.exec(
      `insert into tegata_access_token (jti, grant_id, client_id, issued_at, expires_at) values ('a', 'b', 'c', ${now}, ${now + 3600})`,
    );
    database.close();
    expect(await checkOf({ ...shop, TEGATA_DATA_DIR: copy }, 'key folder')).toMatchObject({ state: 'fault' });
  });
});

test('a proxy that TRUSTED_PROXIES does not name: doctor and the next start name it', {
  timeout: MANY_COMMANDS_MS,
}, async () => {
  const dataDir = join(tempFolder(), 'data');
  const first = await startProgram({ dataDir });
  await fetch(`${first.url}/health`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
  await first.stop();
  const env = { TEGATA_DATA_DIR: dataDir, PORT: String(await freePort()) };
  expect(await checkOf(env, 'proxy')).toMatchObject({
    state: 'fault',
    says: expect.stringContaining('x-forwarded-for'),
  });
  const named = { ...env, TRUSTED_PROXIES: '127.0.0.1,::1' };
  expect(await checkOf(named, 'proxy')).toMatchObject({ state: 'ok' });
  const second = await startProgram({ dataDir });
  expect(second.output()).toMatch(/Fault: requests from .*TRUSTED_PROXIES/);
  await second.stop();
  const told = { ...env, PUBLIC_URL: 'https://api.shop.example' };
  expect(await checkOf({ ...told, TRUSTED_PROXIES: '127.0.0.1,::1' }, 'proxy')).toMatchObject({
    state: 'ok',
  });
});

test('a stop is told by /ready first, then in the form of each door', {
  timeout: MANY_COMMANDS_MS,
}, async () => {
  const program = await startProgram({ env: { TEGATA_DRAIN: '2' } });
  const status = async () => (await fetch(`${program.url}/ready`)).status;
  expect(await status()).toBe(200);
  // A request that is on its way holds the connection; what comes behind it on that connection comes after the end.
  const socket = connect(Number(new URL(program.url).port), '127.0.0.1').setEncoding('utf8');
  let heard = '';
  socket.on('data', (text) => {
    heard += text;
  });
  const form = 'grant_type=refresh_token&client_id=x';
  const post = (path: string) =>
    `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}\r\n\r\n`;
  const stopped = program.stop();
  await sleep(500);
  const draining = await fetch(`${program.url}/ready`);
  expect([draining.status, await draining.json()]).toEqual([
    503,
    { status: 'unavailable', failed: ['stopping'] },
  ]);
  expect((await fetch(`${program.url}/health`)).status).toBe(200);
  socket.write(`${post('/token')}${form.slice(0, 5)}`);
  await sleep(3000);
  socket.write(form.slice(5));
  expect(await stopped).toBe(0);
  expect(heard).toMatch(/^HTTP\/1\.1 401 /);
});

test('a Node that is too old', async () => {
  const old = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })`;
  const child = spawn(process.execPath, ['--import', `data:text/javascript,${old}`, MAIN, 'doctor'], {
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (text) => {
    stderr += String(text);
  });
  expect((await once(child, 'close'))[0]).toBe(1);
  expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(/^tegata: needs Node 26 .*20\.20\.2/)]);
});

test('doctor says that the database takes no writes', { timeout: MANY_COMMANDS_MS }, async () => {
  const cli = useCli({ PORT: String(await freePort()) }, onTestFinished);
  await cli.json('client', 'list');
  const env = { TEGATA_DATA_DIR: cli.dataDir, PORT: String(await freePort()) };
  expect(await checkOf(env, 'database writes')).toMatchObject({ state: 'ok' });
  const holder = new DatabaseSync(join(cli.dataDir, 'shop.db'));
  holder.exec('begin immediate');
  expect(await checkOf(env, 'database writes')).toMatchObject({
    state: 'fault',
    says: expect.stringContaining('busy'),
  });
  holder.close();
});
