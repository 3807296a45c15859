/** `tegata key move`: from files into the database and back, with what a person is told on the way. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCommandHere } from '../support/command.ts';
import { MANY_COMMANDS_MS, refusalOf, useCli } from './cli.ts';

type Key = { readonly kid: string; readonly state: string };

describe('key move', () => {
  const { dataDir, json } = useCli();
  const inDatabase = (masterKey: string) => ({
    TEGATA_DATA_DIR: dataDir,
    TEGATA_KEYS: 'database',
    TEGATA_MASTER_KEY: masterKey,
  });
  const keysIn = async (env: Readonly<Record<string, string>>) =>
    JSON.parse((await runCommandHere(['key', 'list', '--json'], env)).stdout) as Key[];

  test('the same keys sign on from the other store, and back', { timeout: MANY_COMMANDS_MS }, async () => {
    const before = await json<Key[]>('key', 'list');
    const masterKey = readFileSync(join(dataDir, 'keys', 'master.key'), 'utf8');
    const env = inDatabase(masterKey);

    expect(refusalOf(await runCommandHere(['key', 'list'], env))).toContain('tegata key move --to database');
    const wrong = inDatabase(Buffer.alloc(32, 7).toString('base64url'));
    expect(refusalOf(await runCommandHere(['key', 'move', '--to', 'database'], wrong))).toContain(
      'master.key',
    );

    const moved = await runCommandHere(['key', 'move', '--to', 'database'], env);
    expect([moved.code, moved.stderr]).toEqual([0, '']);
    expect(moved.stdout).toContain('moved 2 keys into the database');
    expect(existsSync(join(dataDir, 'keys'))).toBe(false);
    expect(readdirSync(dataDir).filter((name) => name.startsWith('keys.moved-'))).toHaveLength(1);
    expect(await keysIn(env)).toEqual(before);
    expect(refusalOf(await runCommandHere(['key', 'move', '--to', 'database'], env))).toContain('already');
    const doctor = await runCommandHere(['doctor'], env);
    expect(doctor.stdout).toContain('key folder: the next start makes it known');

    const back = await runCommandHere(['key', 'move', '--to', 'files'], env);
    expect(back.stdout).toContain('set TEGATA_KEYS=files on every node');
    expect(await json<Key[]>('key', 'list')).toEqual(before);
  });
});
