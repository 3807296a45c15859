import { sql } from 'kysely';
import type { Db } from '../../database/open.ts';

/** Access tokens in the plugin's table that end after `expiry`: only the plugin writes there. */
export async function pluginIssuedSince(db: Db, expiry: string): Promise<number> {
  const { rows } = await sql<{ n: number | string }>`
    select count(*) as n from oauth2_access_token where expiry > ${expiry}`.execute(db);
  return Number(rows[0]?.n ?? 0);
}
