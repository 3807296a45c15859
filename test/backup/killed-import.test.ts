/**
 * A shop's Tegata moves from SQLite into each kind of database by `tegata import`, which is killed (kill -9) on its way: what
 * is there then is one of the two, and the same command repeated ends right. `TEGATA_TEST_KILLS=100` tries a hundred moments.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseConfig } from '../../src/app/config/config.ts';
import { systemClock } from '../../src/base/clock.ts';
import { type Cli, useCli } from '../cli/cli.ts';
import { eachDatabase } from '../support/databases.ts';
import { commandEnv } from '../support/program.ts';
import { scratchFolder } from '../support/scratch.ts';
import { backUp, PASSPHRASE } from './backup-desk.ts';

const MAIN = join(import.meta.dirname, '../../dist/main.js');
const DYING = join(import.meta.dirname, '../support/die-at.ts');
const KILLS = Number(process.env.TEGATA_TEST_KILLS ?? 3);
const LIMIT = { timeout: 120_000 + KILLS * 20_000 };
const ENV = { TEGATA_BACKUP_PASSPHRASE: PASSPHRASE };

const create = (cli: Cli, name: string) =>
  cli.json('client', 'create', '--name', name, '--redirect-uri', 'https://a.example/cb', '--scope', 'read');

const namesOf = async (cli: Cli): Promise<string[]> =>
  (await cli.json<{ client_name: string }[]>('client', 'list')).map(({ client_name: name }) => name).sort();

eachDatabase((db) => {
  test('an import that dies leaves the one or the other, and is repeated', LIMIT, async () => {
    await db.openShop();
    const folder = scratchFolder('tegata-killed-import-');
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const count = join(folder, 'count');
    const there = useCli(ENV, onTestFinished);
    const here = useCli({ ...ENV, DATABASE_URL: db.url }, onTestFinished);
    await create(there, 'from SQLite');
    await create(there, 'from SQLite, too');
    await create(here, 'was here');

    const exported = async (cli: Cli, databaseUrl?: string) => {
      const file = join(folder, `${databaseUrl === undefined ? 'there' : 'here'}.export`);
      const env = { TEGATA_DATA_DIR: cli.dataDir, DATABASE_URL: databaseUrl };
      await backUp({ clock: systemClock, config: parseConfig(env) }, file, 'export');
      return { file, names: await namesOf(cli) };
    };
    const [come, was] = [await exported(there), await exported(here, db.url)];

    const argsOf = (file: string) => ['import', file, '--move', '--yes', '--replace-keys'];
    const killedAt = async (file: string, n: number) => {
      const child = spawn(process.execPath, ['--import', DYING, MAIN, ...argsOf(file)], {
        env: {
          ...commandEnv({ ...ENV, DATABASE_URL: db.url, TEGATA_DATA_DIR: here.dataDir }),
          DIE_AT: String(n),
          DIE_COUNT: n === 0 ? count : '',
        },
        stdio: 'ignore',
      });
      return (await once(child, 'exit')) as [number | null, string | null];
    };
    expect(await killedAt(come.file, 0)).toEqual([0, null]);
    const whole = Number(readFileSync(count, 'utf8'));
    expect(whole).toBeGreaterThan(100);

    let [before, after] = [come, was];
    for (let i = 0; i < Math.min(KILLS, whole); i += 1) {
      // From the last to the first: where little is left to be done, most can be half done.
      const step = KILLS >= whole ? whole - i : Math.ceil(whole * (1 - i / KILLS)) - 1;
      await killedAt(after.file, step);
      const left = await here.run('client', 'list', '--json');
      if (left.code === 0) {
        const names = (JSON.parse(left.stdout) as { client_name: string }[]).map((one) => one.client_name);
        expect([before.names, after.names], `at ${step}`).toContainEqual(names.sort());
      } else {
        // The keys are in their place, and the rows, a moment later, would have been.
        expect([`at ${step}`, left.stderr]).toEqual([`at ${step}`, expect.stringContaining('other keys')]);
      }
      await here.json(...argsOf(after.file));
      expect(await namesOf(here), `at ${step}`).toEqual(after.names);
      [before, after] = [after, before];
    }
    expect(readdirSync(here.dataDir).filter((name) => /^(restore|backup)-/.test(name))).toEqual([]);
  });
});
