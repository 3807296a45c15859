/** What a database server says of itself. */
import { sql } from 'kysely';
import type { Store } from './open.ts';

export type ServerFacts = {
  readonly kind: string;
  readonly version: string;
  /** Its own time, whole epoch seconds. */
  readonly now: number;
};

export async function readServerFacts({ db, kit }: Store): Promise<ServerFacts> {
  const { rows } = await sql<{ version: string; now: number }>`
    select ${kit.serverVersion} as ${sql.ref('version')}, ${kit.serverNow} as ${sql.ref('now')}`.execute(db);
  const [facts] = rows;
  if (!facts) throw new Error('the database server told nothing of itself');
  return { kind: kit.name, version: facts.version, now: Number(facts.now) };
}
