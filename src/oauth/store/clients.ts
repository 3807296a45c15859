/** API clients, with their secrets as far as they are read. */
import type { Selectable } from 'kysely';
import { keptRead } from '../../database/hot/kept.ts';
import type { Db } from '../../database/open.ts';
import { changed, prepared } from '../../database/prepared.ts';
import { isStorable } from '../../database/storable.ts';
import type { Tables } from '../../database/tables.ts';
import {
  type AuthMethod,
  type Client,
  type ClientPolicies,
  type ClientPurpose,
  type ClientSecret,
  defaultPolicies,
} from '../rules/client.ts';
import type { PkceSetting } from '../rules/pkce.ts';
import { newPkce, pkceNumber, pkceOf } from './client-pkce.ts';

export type ClientRow = Selectable<Tables['tegata_client']>;
type SecretRow = Selectable<Tables['tegata_client_secret']>;

const words = (text: string): string[] => (text === '' ? [] : text.split(' '));

const secretOf = (row: SecretRow): ClientSecret => ({
  secretId: row.secret_id,
  hash: row.secret_hash,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  lastUsedAt: row.last_used_at,
});

export const clientOf = (row: ClientRow, secrets: readonly SecretRow[]): Client => ({
  clientId: row.client_id,
  name: row.name,
  isPublic: row.client_type === 'public',
  redirectUris: JSON.parse(row.redirect_uris) as string[],
  scopes: words(row.scopes),
  grantTypes: words(row.grants),
  pkce: pkceOf(row.pkce_required),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  createdBy: row.created_by,
  disabledAt: row.disabled_at,
  secrets: secrets.filter(({ client_id }) => client_id === row.client_id).map(secretOf),
  policies: policiesOf(row),
  purpose: row.purpose as ClientPurpose | null,
  withoutPkceAt: row.without_pkce_at,
});

const policiesOf = (row: ClientRow): ClientPolicies => ({
  accessSeconds: row.access_seconds,
  refreshIdleSeconds: row.refresh_idle_seconds,
  refreshAbsoluteSeconds: row.refresh_absolute_seconds,
  authMethods:
    row.auth_methods === ''
      ? defaultPolicies(row.client_type === 'public').authMethods
      : (words(row.auth_methods) as AuthMethod[]),
  tokenProfile: row.token_profile === 'rfc9068' ? 'rfc9068' : 'compat',
  jwks: row.jwks,
  jwksUri: row.jwks_uri,
  resourceServer: row.resource_server === 1,
  costPerMinute: row.cost_per_minute,
});

const selectClient = prepared((db, p: { clientId: string }) =>
  db.selectFrom('tegata_client').selectAll().where('client_id', '=', p.clientId),
);
const selectSecrets = prepared((db, p: { clientId: string }) =>
  db
    .selectFrom('tegata_client_secret')
    .selectAll()
    .where('client_id', '=', p.clientId)
    .orderBy('created_at', 'desc'),
);

const KEPT = 10_000; // clients
const CLIENT_ROWS = ['tegata_client', 'tegata_client_secret', 'new tegata_client_secret'];

export const findClient = keptRead(
  { written: CLIENT_ROWS, max: KEPT, keyOf: (clientId) => clientId },
  readClient,
);

async function readClient(db: Db, clientId: string): Promise<Client | undefined> {
  if (!isStorable(clientId)) return undefined;
  const row = (await selectClient(db, { clientId })).rows[0];
  if (!row) return undefined;
  const secrets = row.client_type === 'public' ? [] : (await selectSecrets(db, { clientId })).rows;
  return clientOf(row, secrets);
}

export async function listClientNames(
  db: Db,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (clientIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('tegata_client')
    .select(['client_id', 'name'])
    .where('client_id', 'in', [...new Set(clientIds)])
    .execute();
  return new Map(rows.map((row) => [row.client_id, row.name]));
}

export async function secretsOf(db: Db, clientIds: string[]): Promise<SecretRow[]> {
  if (clientIds.length === 0) return [];
  return db.selectFrom('tegata_client_secret').selectAll().where('client_id', 'in', clientIds).execute();
}

type ClientSettings = Pick<
  Client,
  'name' | 'isPublic' | 'redirectUris' | 'scopes' | 'grantTypes' | 'updatedAt' | 'policies'
> & { readonly pkce: PkceSetting };

const settingsRow = (client: ClientSettings) => ({
  name: client.name,
  client_type: client.isPublic ? 'public' : 'confidential',
  redirect_uris: JSON.stringify(client.redirectUris),
  scopes: client.scopes.join(' '),
  grants: client.grantTypes.join(' '),
  updated_at: client.updatedAt,
  access_seconds: client.policies.accessSeconds,
  refresh_idle_seconds: client.policies.refreshIdleSeconds,
  refresh_absolute_seconds: client.policies.refreshAbsoluteSeconds,
  auth_methods: client.policies.authMethods.join(' '),
  token_profile: client.policies.tokenProfile,
  jwks: client.policies.jwks,
  jwks_uri: client.policies.jwksUri,
  resource_server: client.policies.resourceServer ? 1 : 0,
  cost_per_minute: client.policies.costPerMinute,
});

type NewClient = Omit<Client, 'secrets' | 'disabledAt' | 'purpose' | 'withoutPkceAt' | 'pkce'> & {
  readonly pkce: PkceSetting;
  readonly purpose?: ClientPurpose | null;
};

export async function insertClient(db: Db, client: NewClient): Promise<void> {
  await db
    .insertInto('tegata_client')
    .values({
      client_id: client.clientId,
      ...settingsRow(client),
      pkce_required: pkceNumber(client.pkce),
      created_at: client.createdAt,
      created_by: client.createdBy,
      disabled_at: null,
      purpose: client.purpose ?? null,
    })
    .execute();
}

export async function updateClient(db: Db, clientId: string, client: ClientSettings): Promise<boolean> {
  const result = await db
    .updateTable('tegata_client')
    .set({ ...settingsRow(client), pkce_required: newPkce(client.pkce) })
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** `disabledAt` null makes the client active again. */
export async function setClientDisabled(
  db: Db,
  clientId: string,
  disabledAt: number | null,
  now: number,
): Promise<boolean> {
  const result = await db
    .updateTable('tegata_client')
    .set({ disabled_at: disabledAt, updated_at: now })
    .where('client_id', '=', clientId)
    .where('disabled_at', disabledAt === null ? 'is not' : 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export type ExpiringSecret = {
  readonly clientId: string;
  readonly name: string;
  readonly expiresAt: number;
  readonly lastUsedAt: number | null;
};

/** Secrets that work at `now` and no more at `until`, the soonest first, `limit` at the most. */
export async function expiringSecrets(
  db: Db,
  span: { now: number; until: number; limit: number },
): Promise<ExpiringSecret[]> {
  return db
    .selectFrom('tegata_client_secret as secret')
    .innerJoin('tegata_client as client', 'client.client_id', 'secret.client_id')
    .select([
      'client.client_id as clientId',
      'client.name as name',
      'secret.expires_at as expiresAt',
      'secret.last_used_at as lastUsedAt',
    ])
    .where('secret.expires_at', '>', span.now)
    .where('secret.expires_at', '<=', span.until)
    .orderBy('secret.expires_at')
    .orderBy('secret.secret_id')
    .limit(span.limit)
    .$narrowType<{ expiresAt: number }>()
    .execute();
}

const stampSecret = prepared((db, p: { secretId: string; now: number; before: number }) =>
  db
    .updateTable('tegata_client_secret')
    .set({ last_used_at: p.now })
    .where('secret_id', '=', p.secretId)
    .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', p.before)])),
);

/** Notes that a secret was used; at most once in `everySeconds`, so that the row is not a hot spot. */
export async function touchSecret(
  db: Db,
  secretId: string,
  now: number,
  everySeconds: number,
): Promise<void> {
  await stampSecret(db, { secretId, now, before: now - everySeconds });
}

/** Holds the client as it is until the transaction is over: who changes or removes it waits. */
export async function holdClient(tx: Db, clientId: string): Promise<void> {
  await tx
    .updateTable('tegata_client')
    .set(({ ref }) => ({ updated_at: ref('updated_at') }))
    .where('client_id', '=', clientId)
    .execute();
}

/** Removes the client with what is short-lived; its grants and their tokens are useless from now on and go later. */
export async function deleteClient(db: Db, clientId: string): Promise<boolean> {
  for (const table of ['tegata_client_secret', 'tegata_code', 'tegata_authorization_request'] as const) {
    await db.deleteFrom(table).where('client_id', '=', clientId).execute();
  }
  const result = await db.deleteFrom('tegata_client').where('client_id', '=', clientId).executeTakeFirst();
  return changed({ numAffectedRows: result.numDeletedRows }) > 0;
}
