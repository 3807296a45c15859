/** Every client with its secrets. */
import type { Db } from '../../database/open.ts';
import type { Client } from '../rules/client.ts';
import { clientOf, secretsOf } from './clients.ts';

export async function allClients(db: Db): Promise<Client[]> {
  const rows = await db.selectFrom('tegata_client').selectAll().orderBy('client_id').execute();
  const secrets = await secretsOf(
    db,
    rows.map(({ client_id: id }) => id),
  );
  return rows.map((row) => clientOf(row, secrets));
}
