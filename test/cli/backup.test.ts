/** `tegata backup` and `restore` as an operator runs them: passphrases, refusals, a running server, and programs that are killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { startProgram } from '../support/program.ts';
import { scratchFolder } from '../support/scratch.ts';
import { type Cli, MANY_COMMANDS_MS, refusalOf, useCli } from './cli.ts';

const MAIN = join(import.meta.dirname, '../../dist/main.js');
const PASSPHRASE = { TEGATA_BACKUP_PASSPHRASE: 'korekara tegata 1' };

type Client = { client_id: string };

function desk(): { folder: string; file: string } {
  const folder = scratchFolder('tegata-backups-');
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, file: join(folder, 'tegata.backup') };
}

const create = (cli: Cli, name: string) =>
  cli.json<Client>(
    'client',
    'create',
    '--name',
    name,
    '--redirect-uri',
    'https://a.example/cb',
    '--scope',
    'read',
  );

const clients = async (cli: Cli) =>
  (await cli.json<Client[]>('client', 'list')).map(({ client_id }) => client_id);

test('the whole shop comes back, on the same machine and on a new one; wrong usage says so', {
  timeout: MANY_COMMANDS_MS,
}, async () => {
  const { folder, file } = desk();
  const cli = useCli(PASSPHRASE, onTestFinished);
  const { client_id } = await create(cli, 'before');
  const passphraseFile = join(folder, 'passphrase');
  writeFileSync(passphraseFile, 'too short\n');
  expect(refusalOf(await cli.run('backup', file, '--passphrase-file', passphraseFile))).toContain(
    'too short',
  );
  const made = await cli.json<{ bytes: number; embedded: boolean }>('backup', file);
  expect(made).toMatchObject({ embedded: true, bytes: statSync(file).size });
  expect(refusalOf(await cli.run('backup', file))).toContain('--overwrite');
  await create(cli, 'after');
  expect((await cli.run('restore', file)).code).toBe(2);
  expect(await cli.json('restore', file, '--plan')).toMatchObject({
    clients: { in_file: 1, here: 2 },
    keys: 'kept',
    replaces: 'shop',
  });
  expect(await clients(cli)).toHaveLength(2);
  await cli.json('restore', file, '--yes');
  expect(await clients(cli)).toEqual([client_id]);

  const fresh = useCli(PASSPHRASE, onTestFinished);
  await fresh.json('restore', file, '--yes');
  expect(await clients(fresh)).toEqual([client_id]);
  expect(statSync(join(fresh.dataDir, 'shop.db')).mode & 0o777).toBe(0o600);

  // The disk has lost the middle of the shop.
  writeFileSync(join(fresh.dataDir, 'shop.db'), 'SQLite format 3\0 and then nothing of the kind');
  await fresh.json('restore', file, '--yes');
  expect(await clients(fresh)).toEqual([client_id]);

  const unsaid = useCli({}, onTestFinished);
  const asked = await unsaid.run('restore', file, '--yes');
  expect([asked.code, asked.stderr]).toEqual([2, expect.stringContaining('TEGATA_BACKUP_PASSPHRASE')]);
});

test('a backup beside a running server; a restore not before it has stopped', {
  timeout: MANY_COMMANDS_MS,
}, async () => {
  const { file } = desk();
  const cli = useCli(PASSPHRASE, onTestFinished);
  const program = await startProgram({ dataDir: cli.dataDir });
  onTestFinished(async () => void (await program.stop()));
  await cli.json('backup', file);
  const refusal = refusalOf(await cli.run('restore', file, '--yes'));
  expect(refusal).toContain(`process ${program.pid}`);
  await program.stop();
  await cli.json('restore', file, '--yes');
});

test('killed at any moment, it leaves the one or the other, and is repeated', {
  timeout: MANY_COMMANDS_MS,
}, async () => {
  const { file, folder } = desk();
  const cli = useCli(PASSPHRASE, onTestFinished);
  const old = await create(cli, 'old');
  await cli.json('backup', file);
  const later = await create(cli, 'new');
  const both = [old.client_id, later.client_id].sort();
  const begun = performance.now();
  await cli.json('restore', file, '--plan');
  const whole = performance.now() - begun;
  for (const part of [0.8, 1.05]) {
    await killed(cli, ['restore', file, '--yes'], whole * part);
    const left = (await clients(cli)).sort();
    expect([both, [old.client_id]]).toContainEqual(left);
  }
  await cli.json('restore', file, '--yes');
  expect(await clients(cli)).toEqual([old.client_id]);
  expect(readdirSync(cli.dataDir).filter((name) => /^(restore|backup)-/.test(name))).toEqual([]);

  const other = join(folder, 'other.backup');
  await killed(cli, ['backup', other], whole * 0.8);
  if (!existsSync(other)) await cli.json('backup', other);
  expect(await cli.json('restore', other, '--plan')).toMatchObject({ clients: { in_file: 1 } });
  expect(readdirSync(folder).sort()).toEqual(['other.backup', 'tegata.backup']);
});

async function killed(cli: Cli, args: readonly string[], afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env.PATH, TEGATA_DATA_DIR: cli.dataDir, ...PASSPHRASE },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  await Promise.race([sleep(afterMs), ended]);
  child.kill('SIGKILL');
  await ended;
}
