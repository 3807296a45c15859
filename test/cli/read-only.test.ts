/** A database that takes no writes: the start refuses in one line, and `doctor` says what to do. */
import { rmSync } from 'node:fs';
import { sql } from 'kysely';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasProgram } from '../../scripts/programs.ts';
import { migrate } from '../../src/database/migrate.ts';
import { openStore } from '../../src/database/open.ts';
import { eachDatabase } from '../support/databases.ts';
import { ownMariadb } from '../support/hostile-databases.ts';
import { describeUnless } from '../support/left-out.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { runProgram } from '../support/program.ts';
import { scratchFolder } from '../support/scratch.ts';

const START_MS = 90_000;

const dataDir = scratchFolder('tegata-read-only-');
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

eachDatabase((db) => {
  if (db.name !== 'postgres') {
    test('a replica is PostgreSQL’s here', () => expect(db.name).not.toBe('postgres'));
    return;
  }
  useOAuthServer(db); // makes the shop
  test('PostgreSQL: start and doctor', async () => {
    const name = new URL(db.url).pathname.slice(1);
    await sql.raw(`alter database "${name}" set default_transaction_read_only = on`).execute(db.open().db);
    await expectRefusal(db.url);
  });
});

describeUnless(hasProgram('mariadbd') ? undefined : 'mariadbd is not installed', 'MariaDB', () => {
  let made: Awaited<ReturnType<typeof ownMariadb>>;
  beforeAll(async () => {
    made = await ownMariadb([]);
  }, START_MS);
  afterAll(() => made?.drop(), START_MS);
  useOAuthServer({
    get url() {
      return made.url;
    },
  });

  test('start and doctor', async () => {
    const store = openStore(made.url);
    expect(await migrate(store)).toEqual([]);
    await store.close();
    const root = await createConnection(made.rootUrl);
    await root.query('set global read_only = 1');
    await root.end();
    await expectRefusal(made.url);
  });
});

async function expectRefusal(url: string): Promise<void> {
  const serve = await runProgram(['serve'], { DATABASE_URL: url, TEGATA_DATA_DIR: dataDir });
  expect(serve.code).toBe(1);
  expect(serve.stderr.trim().split('\n')).toHaveLength(1);
  expect(serve.stderr).toContain('takes no writes');
  const doctor = await runProgram(['doctor', '--json'], { DATABASE_URL: url, TEGATA_DATA_DIR: dataDir });
  const { checks } = JSON.parse(doctor.stdout) as { checks: { name: string; state: string; says: string }[] };
  expect(checks.find(({ name }) => name === 'database writes')).toMatchObject({
    state: 'fault',
    says: expect.stringContaining('takes no writes'),
  });
}
