/** What a start makes, what a second one leaves alone, and the one line when it cannot be. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { startProgram } from '../support/program.ts';
import { scratchFolder } from '../support/scratch.ts';
import { refusalOf, useCli } from './cli.ts';

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

/** Table → hash of all its rows. Sessions and the sequencer's own rows live with every start. */
function fingerprints(dataDir: string): Record<string, string> {
  const database = new DatabaseSync(join(dataDir, 'shop.db'), { readOnly: true });
  const tables = database
    .prepare(`select name from sqlite_master where type = 'table' and name <> 'tegata_session' order by name`)
    .all()
    .map(({ name }) => String(name));
  const hash = (table: string) =>
    createHash('sha256')
      .update(JSON.stringify(database.prepare(`select * from "${table}"`).all()))
      .digest('hex');
  const all = Object.fromEntries(tables.map((table) => [table, hash(table)]));
  database.close();
  return all;
}

describe('the first start', () => {
  const folder = scratchFolder('tegata-start-');
  const dataDir = join(folder, 'data');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('ASVS-13.3.1: makes folder, keys and shop for their owner only; a second start changes nothing', async () => {
    const first = await startProgram({ dataDir });
    expect(await first.stop()).toBe(0);
    const keys = join(dataDir, 'keys');
    expect([modeOf(dataDir), modeOf(keys)]).toEqual(['700', '700']);
    const names = readdirSync(keys).sort();
    expect(names).toEqual(expect.arrayContaining(['keyring.json', 'master.key']));
    expect(names.map((name) => modeOf(join(keys, name)))).toEqual(names.map(() => '600'));

    const before = fingerprints(dataDir);
    expect(Object.keys(before).length).toBeGreaterThan(40);
    const second = await startProgram({ dataDir });
    expect(second.output()).not.toContain('Password:');
    expect(await second.stop()).toBe(0);
    expect(fingerprints(dataDir)).toEqual(before);
    expect(readdirSync(keys).sort()).toEqual(names);
  });
});

test('a first start that breaks off leaves nothing half made: the next one makes shop, feed and indexes', async () => {
  const cli = useCli({ TEGATA_ADMIN_PASSWORD: '' }, onTestFinished);
  mkdirSync(cli.dataDir);
  const inTheWay = 'tegata_product_update_date';
  const change = (statement: string) => {
    const database = new DatabaseSync(join(cli.dataDir, 'shop.db'));
    database.exec(statement);
    database.close();
  };
  // The indexes come last: what stands in their way breaks the start off behind everything else.
  change(`create table ${inTheWay} (id integer)`);
  expect(refusalOf(await cli.run('client', 'list'))).toContain(inTheWay);
  change(`drop table ${inTheWay}`);
  const next = await cli.run('client', 'list');
  expect(next.stderr).toMatch(/login ID admin, password \S{16} /);
  expect(await cli.json('feed', 'status')).toMatchObject({ state: 'installed' });
});

test('ASVS-6.3.2: a made-up password is not lost when a command comes before the first start', async () => {
  const cli = useCli({ TEGATA_ADMIN_PASSWORD: '' }, onTestFinished);
  const { stdout, stderr } = await cli.run('client', 'list', '--json');
  expect(JSON.parse(stdout)).toEqual([]);
  expect(stderr).toMatch(/login ID admin, password \S{16} /);
  expect((await cli.run('client', 'list')).stderr).toBe('');
});

describe.each([['serve'], ['client list'], ['migrate status']])('%s refuses in one line', (words) => {
  const command = words.split(' ');

  test('a data folder that is a file', async () => {
    const folder = scratchFolder('tegata-start-');
    const file = join(folder, 'data');
    writeFileSync(file, '');
    const cli = useCli({ TEGATA_DATA_DIR: file }, onTestFinished);
    expect(refusalOf(await cli.run(...command))).toContain('set TEGATA_DATA_DIR to a folder');
    rmSync(folder, { recursive: true });
  });

  test('a database that a newer version made', async () => {
    const cli = useCli({}, onTestFinished);
    await cli.json('client', 'list');
    const database = new DatabaseSync(join(cli.dataDir, 'shop.db'));
    database.exec(
      `insert into tegata_migration (name, timestamp) values ('9999-from-the-future', '2030-01-01')`,
    );
    database.close();
    expect(refusalOf(await cli.run(...command))).toMatch(/newer Tegata .*9999-from-the-future/);
  });

  test('a database that holds no shop', async () => {
    const folder = scratchFolder('tegata-start-');
    new DatabaseSync(join(folder, 'empty.db')).close();
    const cli = useCli({ DATABASE_URL: `sqlite:${join(folder, 'empty.db')}` }, onTestFinished);
    expect(refusalOf(await cli.run(...command))).toContain('no EC-CUBE shop');
    rmSync(folder, { recursive: true });
  });

  test('a SQLite file that does not exist, rather than making an empty one', async () => {
    const cli = useCli({ DATABASE_URL: 'sqlite:/nowhere/eccube.db' }, onTestFinished);
    expect(refusalOf(await cli.run(...command))).toContain('/nowhere/eccube.db, which does not exist');
  });
});

test('a stop answers what is on its way, and waits for no connection that is only kept open', async () => {
  const program = await startProgram();
  const socket = connect(Number(new URL(program.url).port), '127.0.0.1').setEncoding('utf8');
  const heard: string[] = [];
  socket.on('data', (text) => heard.push(String(text)));
  const body = 'grant_type=refresh_token&client_id=x';
  const head = ['POST /token HTTP/1.1', 'Host: localhost', 'Content-Type: application/x-www-form-urlencoded'];
  socket.write([...head, `Content-Length: ${body.length}`, '', body.slice(0, 10)].join('\r\n'));
  await sleep(300);
  const stopped = program.stop();
  await sleep(300);
  socket.write(body.slice(10));
  expect(await stopped).toBe(0);
  expect(heard.join('')).toMatch(/^HTTP\/1\.1 401 /);
});

test('a server runs with the flags for servers, in the very process that was started', async () => {
  const program = await startProgram();
  onTestFinished(async () => void (await program.stop()));
  const started = readFileSync(`/proc/${program.pid}/cmdline`, 'utf8').split('\0');
  expect(started).toEqual(
    expect.arrayContaining(['--single-threaded-gc', '--max-semi-space-size=8', '--expose-gc', 'serve']),
  );
  const environment = readFileSync(`/proc/${program.pid}/environ`, 'utf8').split('\0');
  expect(environment).toContain('MALLOC_ARENA_MAX=2');
});

test('serve refuses a port in use, in one line', async () => {
  const port = await freePort();
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(port, '127.0.0.1', resolve));
  const cli = useCli({ PORT: String(port), TEGATA_ADMIN_PASSWORD: 'correct-horse-1' }, onTestFinished);
  expect(refusalOf(await cli.run('serve'))).toContain(`127.0.0.1:${port} is in use`);
  await new Promise((resolve) => holder.close(resolve));
});

test('every fault of the configuration is named, each with an example, and nothing else is printed', async () => {
  const wrong = {
    HOST: '300.1.1.1',
    PORT: '0',
    PUBLIC_URL: 'nowhere',
    DATABASE_URL: 'oracle://user:secret@db/shop',
    TRUSTED_PROXIES: 'proxy',
    TEGATA_WEBHOOK_ALLOW: '10.0.0.0/99',
  };
  const half = { TEGATA_TLS_CERT: '/etc/tegata/fullchain.pem' };
  const { code, stderr } = await useCli({ ...wrong, ...half }, onTestFinished).run('serve');
  expect(code).toBe(1);
  const [head, ...faults] = stderr.trimEnd().split('\n');
  expect(head).toContain(`${faults.length} fault(s)`);
  const named = faults.map((fault) => /^ {2}(\w+).*; for example \1=\S/.exec(fault)?.[1]);
  expect(named).toEqual([...Object.keys(wrong), 'TEGATA_TLS_KEY']);
  expect(stderr).not.toContain('secret');
});

describe('serve names the variable of a certificate', () => {
  const folder = scratchFolder('tegata-tls-');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'not-a-certificate.pem');
  writeFileSync(file, 'nothing of the kind');

  test.each([
    [
      'that is not there',
      { TEGATA_TLS_CERT: file, TEGATA_TLS_KEY: '/nowhere/key.pem' },
      /TEGATA_TLS_KEY: .*key\.pem/,
    ],
    ['that is none', { TEGATA_TLS_CERT: file, TEGATA_TLS_KEY: file }, /TEGATA_TLS_CERT and TEGATA_TLS_KEY: /],
  ])('%s', async (_what, env, says) => {
    const { code, stderr } = await useCli(env, onTestFinished).run('serve');
    expect(code).toBe(1);
    expect(stderr).toMatch(says);
    expect(stderr).not.toContain('    at ');
  });
});

test('serve says so when the name in HOST is nobody’s, and does not blame the database', async () => {
  const cli = useCli(
    { HOST: 'no-such-host.invalid', TEGATA_ADMIN_PASSWORD: 'correct-horse-1' },
    onTestFinished,
  );
  expect(refusalOf(await cli.run('serve'))).toMatch(/no-such-host\.invalid.*HOST/);
});

test('a data folder that the system lets nobody write is said in one line', async () => {
  const cli = useCli({ TEGATA_DATA_DIR: '/sys' }, onTestFinished);
  expect(refusalOf(await cli.run('client', 'list'))).toMatch(/\/sys.*TEGATA_DATA_DIR/);
});

test('an unknown command or option names the help', async () => {
  const cli = useCli({}, onTestFinished);
  for (const [args, help] of [
    [['frobnicate'], 'tegata --help'],
    [['client', 'frobnicate'], 'tegata client --help'],
    [['client', 'create'], 'tegata client create --help'],
  ] as const) {
    const { code, stderr } = await cli.run(...args);
    expect(code).toBe(2);
    expect(stderr.trimEnd()).toMatch(new RegExp(`; see: ${help}$`));
  }
});
