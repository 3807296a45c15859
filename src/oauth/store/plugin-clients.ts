/** The API clients that the PHP plugin has left in the shop's database, as it stores them. */
import { sql } from 'kysely';
import type { Db } from '../../database/open.ts';

export type PluginClient = {
  readonly identifier: string;
  /** '' from the plugin's own form; 4.0 and 4.1 have no such column. */
  readonly name: string;
  /** In clear, as the plugin stores it; null or '' for a public client. */
  readonly secret: string | null;
  readonly redirectUris: readonly string[];
  /** Empty = every one, for scopes as for grants. */
  readonly scopes: readonly string[];
  readonly grantTypes: readonly string[];
  readonly active: boolean;
};

type Row = {
  identifier: string;
  name?: string;
  secret: string | null;
  redirect_uris: string | null;
  grants: string | null;
  scopes: string | null;
  active: boolean | number;
};

const words = (text: string | null): string[] => (text ?? '').split(' ').filter((word) => word !== '');

/** In the order of their identifiers. The table must exist. */
export async function pluginClients(db: Db): Promise<PluginClient[]> {
  const { rows } = await sql<Row>`select * from oauth2_client order by identifier`.execute(db);
  return rows.map((row) => ({
    identifier: row.identifier,
    name: row.name ?? '',
    secret: row.secret,
    redirectUris: words(row.redirect_uris),
    scopes: words(row.scopes),
    grantTypes: words(row.grants),
    active: Boolean(row.active),
  }));
}
