/** A right that the database user lacks, said in one line with what to grant. */
import { sql } from 'kysely';
import type { Deed, Obstacle } from './dialect/rights-kit.ts';
import { readLiveSchema } from './live-schema.ts';
import type { Store } from './open.ts';

/** `message` is the line. What the driver threw is none of its causes: the database is there, and asking it again would not help. */
export class MissingRightError extends Error {}

const WISHES: Record<Deed, string> = {
  use: 'the database user may not use Tegata’s tables',
  migrate: 'the database user may not make or change Tegata’s tables',
  triggers: 'the database user may not put triggers on the shop’s tables',
  fence: 'the database user may not lock a table of the shop',
};

/** Runs `work`; a refusal of the server for want of a right becomes a `MissingRightError`. */
export async function withRights<T>(store: Store, deed: Deed, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const obstacle = store.kit.rights.obstacleOf(error);
    if (!obstacle || error instanceof MissingRightError) throw error;
    const said = (error as Error).message.split('\n')[0];
    throw new MissingRightError(await lineOf(store, deed, obstacle, said));
  }
}

/** Why this database user could put no triggers on the shop's tables; undefined when nothing is known against it. */
export async function triggerHindrance(store: Store): Promise<string | undefined> {
  const { rows } = await store.kit.rights.triggerObstacle.execute(store.db);
  const obstacle = rows[0]?.obstacle;
  return obstacle ? lineOf(store, 'triggers', obstacle) : undefined;
}

async function lineOf(store: Store, deed: Deed, obstacle: Obstacle, said?: string): Promise<string> {
  const { rows } = await store.kit.rights.account.execute(store.db);
  const account = rows[0] ?? { user: 'it', schema: '' };
  const cause = said === undefined ? '' : ` (${said})`;
  return `${WISHES[deed]}${cause}: ${store.kit.rights.remedy(deed, obstacle, account)}`;
}

/** Throws a `MissingRightError` when this user may not read and write one of Tegata's tables. Changes nothing. */
export async function requireUse(store: Store): Promise<void> {
  const tables = [...(await readLiveSchema(store)).keys()].filter((name) => name.startsWith('tegata_'));
  await withRights(store, 'use', async () => {
    for (const name of tables) {
      const table = sql.table(name);
      await sql`insert into ${table} select * from ${table} where 1 = 0`.execute(store.db);
      await sql`delete from ${table} where 1 = 0`.execute(store.db);
    }
  });
}
