/** D6: sessions that were opened while the database took no writes take them again when it does, and nothing is restarted. */
import { sql } from 'kysely';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { hasProgram } from '../../scripts/programs.ts';
import { openStore, type Store } from '../../src/database/open.ts';
import { outageOf } from '../../src/database/outage.ts';
import { eachDatabase } from '../support/databases.ts';
import { ownMariadb } from '../support/hostile-databases.ts';
import { describeUnless } from '../support/left-out.ts';

const START_MS = 90_000;
const PATIENCE_MS = 20_000;

const write = ({ db }: Store) =>
  db.transaction().execute((tx) => sql`insert into written values (1)`.execute(tx));

/** `switchTo`: whether sessions that begin from now on may write. */
async function expectRecovery(url: string, switchTo: (writes: boolean) => Promise<unknown>): Promise<void> {
  const before = openStore(url);
  await sql`create table written (id int)`.execute(before.db);
  await before.close();
  await switchTo(false);
  const store = openStore(url);
  try {
    // One after the other: they come to the same session, which nobody had reason to close.
    const refused = await write(store).catch((error: unknown) => error);
    expect(outageOf(refused)).toBe('read-only');
    await switchTo(true);
    await vi.waitFor(() => write(store), { timeout: PATIENCE_MS, interval: 200 });
  } finally {
    await store.close();
  }
}

eachDatabase((db) => {
  if (db.name !== 'postgres') {
    test('its sessions keep no such setting here', () => expect(db.name).not.toBe('postgres'));
    return;
  }
  test('D6: PostgreSQL', { timeout: 2 * PATIENCE_MS }, async () => {
    const owner = db.open(); // writes whatever comes: its session is there already
    const name = new URL(db.url).pathname.slice(1);
    await sql`select 1`.execute(owner.db);
    await expectRecovery(db.url, (writes) =>
      sql.raw(`alter database "${name}" set default_transaction_read_only = ${!writes}`).execute(owner.db),
    );
  });
});

describeUnless(hasProgram('mariadbd') ? undefined : 'mariadbd is not installed', 'MariaDB', () => {
  let made: Awaited<ReturnType<typeof ownMariadb>>;
  beforeAll(async () => {
    made = await ownMariadb([]);
  }, START_MS);
  afterAll(() => made?.drop(), START_MS);

  test('D6: MariaDB', { timeout: 2 * PATIENCE_MS }, async () => {
    const root = await createConnection(made.rootUrl);
    await expectRecovery(made.url, (writes) => root.query(`set global tx_read_only = ${writes ? 0 : 1}`));
    await root.end();
  });
});
