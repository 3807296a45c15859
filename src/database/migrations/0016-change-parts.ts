/** What of a thing a change has touched, who wrote it, and which of it an endpoint is to hear. */
import { type Kysely, sql } from 'kysely';
import type { DialectKit } from '../dialect/kit.ts';

const PARTS = ['parts varchar(255)', 'origin varchar(64)'];
const CHOICE = ['parts varchar(255)', 'product_statuses varchar(255)', 'excluded_client_id varchar(64)'];

export async function up(db: Kysely<unknown>, kit: DialectKit): Promise<void> {
  const statements = [
    ...kit.addColumns('tegata_change', PARTS),
    ...kit.addColumns('tegata_feed', [...PARTS, 'shares text']),
    ...kit.addColumns('tegata_webhook', CHOICE),
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
