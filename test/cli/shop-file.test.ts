/** The embedded shop's file holds customers: nobody else on the machine reads it, whatever the folder was before. */
import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Program, startProgram } from '../support/program.ts';
import { useCli } from './cli.ts';

const modes = (dataDir: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(dataDir)
      .filter((name) => name.startsWith('shop.db'))
      .map((name) => [name, (statSync(join(dataDir, name)).mode & 0o777).toString(8)]),
  );

describe.skipIf(process.platform === 'win32')('shop.db is 0600, and the files beside it', () => {
  const started = async (dataDir: string): Promise<Program> => {
    const program = await startProgram({ dataDir });
    onTestFinished(async () => void (await program.stop()));
    return program;
  };

  test('in a folder that was there before, open to all', async () => {
    const { dataDir } = useCli({}, onTestFinished);
    mkdirSync(dataDir);
    chmodSync(dataDir, 0o755);
    await started(dataDir);
    expect(modes(dataDir)).toEqual({ 'shop.db': '600', 'shop.db-shm': '600', 'shop.db-wal': '600' });
  });

  test('made by an older Tegata, open to all', async () => {
    const { dataDir, json } = useCli({}, onTestFinished);
    await json('client', 'list');
    const reader = new DatabaseSync(join(dataDir, 'shop.db'));
    onTestFinished(() => reader.close());
    reader.exec('select 1 from dtb_member');
    for (const name of Object.keys(modes(dataDir))) chmodSync(join(dataDir, name), 0o644);
    await started(dataDir);
    expect(new Set(Object.values(modes(dataDir)))).toEqual(new Set(['600']));
  });
});
