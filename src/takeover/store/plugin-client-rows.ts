/** Rows of `oauth2_client`, written to give the plugin what it needs to go on. */
import { sql } from 'kysely';
import type { Db } from '../../database/open.ts';
import type { PluginName } from '../../oauth/rules/takeover.ts';

export type PluginClientValues = {
  readonly identifier: string;
  /** In clear, as the plugin keeps it; undefined = as it is there. */
  readonly secret: string | null | undefined;
  readonly redirectUris: readonly string[];
  readonly grantTypes: readonly string[];
  readonly scopes: readonly string[];
  readonly active: boolean;
};

const words = (list: readonly string[]): string | null => (list.length === 0 ? null : list.join(' '));

const literal = (value: boolean) => (value ? sql`true` : sql`false`);

export async function updatePluginClient(tx: Db, client: PluginClientValues): Promise<void> {
  const { identifier, secret, redirectUris, grantTypes, scopes, active } = client;
  const secretSet = secret === undefined ? sql`` : sql`secret = ${secret},`;
  await sql`update oauth2_client set ${secretSet} redirect_uris = ${words(redirectUris)},
    grants = ${words(grantTypes)}, scopes = ${words(scopes)}, active = ${literal(active)}
    where identifier = ${identifier}`.execute(tx);
}

export async function switchOffPluginClient(tx: Db, identifier: string): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`update oauth2_client set active = false
    where identifier = ${identifier} and active = true`.execute(tx);
  return numAffectedRows === 1n;
}

/** 4.0 and 4.1 have no column for a name, and none may have no secret. */
export async function insertPluginClient(
  tx: Db,
  plugin: PluginName,
  { identifier, secret, redirectUris, grantTypes, scopes, active }: PluginClientValues,
): Promise<void> {
  const columns =
    plugin === 'Api'
      ? sql`identifier, secret, redirect_uris, grants, scopes, active`
      : sql`name, allow_plain_text_pkce, identifier, secret, redirect_uris, grants, scopes, active`;
  const more = plugin === 'Api' ? sql`` : sql`'', false,`;
  const secretValue = plugin === 'Api' ? (secret ?? '') : (secret ?? null);
  await sql`insert into oauth2_client (${columns}) values (${more} ${identifier}, ${secretValue},
    ${words(redirectUris)}, ${words(grantTypes)}, ${words(scopes)}, ${literal(active)})`.execute(tx);
}
