/** Endpoints that API clients register for themselves: whose they are, with which access, and the query of their payload. */
import { type Kysely, sql } from 'kysely';
import type { DialectKit } from '../dialect/kit.ts';

const OWNER = [
  'client_id varchar(64)',
  'grant_id varchar(64)',
  'member_id integer',
  'scopes varchar(255)',
  'payload_query text',
];

export async function up(db: Kysely<unknown>, kit: DialectKit): Promise<void> {
  for (const statement of kit.addColumns('tegata_webhook', OWNER)) await sql.raw(statement).execute(db);
}
