/** A client as the command line shows it: the names of RFC 7591 §2 and §3.2.1 on the wire, a few of our own beside them. */

import type { Store } from '../../database/open.ts';
import { type Client, needsPkce } from '../../oauth/rules/client.ts';
import type { PkcePolicy } from '../../oauth/rules/pkce.ts';
import { findClient } from '../../oauth/store/clients.ts';
import { CommandError } from '../failure.ts';
import { facts, timeText } from '../table.ts';

/** Times are epoch seconds, lifetimes seconds, the quota cost points a minute; null = as the installation. */
export const clientAnswer = (client: Client) => ({
  client_id: client.clientId,
  client_name: client.name,
  redirect_uris: client.redirectUris,
  scope: client.scopes.join(' '),
  grant_types: client.grantTypes,
  token_endpoint_auth_method: client.policies.authMethods[0] ?? 'none',
  token_endpoint_auth_methods: client.policies.authMethods,
  jwks: client.policies.jwks === null ? null : (JSON.parse(client.policies.jwks) as unknown),
  jwks_uri: client.policies.jwksUri,
  token_profile: client.policies.tokenProfile,
  access_ttl: client.policies.accessSeconds,
  refresh_idle_ttl: client.policies.refreshIdleSeconds,
  refresh_absolute_ttl: client.policies.refreshAbsoluteSeconds,
  resource_server: client.policies.resourceServer,
  cost_per_minute: client.policies.costPerMinute,
  pkce: client.pkce === 'learned' ? 'auto' : client.pkce,
  require_pkce: needsPkce(client),
  enabled: client.disabledAt === null,
  client_id_issued_at: client.createdAt,
  updated_at: client.updatedAt,
  created_by: client.createdBy,
});

export const secretsAnswer = (client: Client) =>
  client.secrets.map(({ secretId, createdAt, expiresAt, lastUsedAt }) => ({
    secret_id: secretId,
    created_at: createdAt,
    expires_at: expiresAt,
    last_used_at: lastUsedAt,
  }));

const lifetimesText = ({ policies }: Client): string => {
  const { accessSeconds, refreshIdleSeconds, refreshAbsoluteSeconds } = policies;
  const text = (seconds: number | null) => (seconds === null ? 'usual' : `${seconds} s`);
  return `access ${text(accessSeconds)}, refresh ${text(refreshIdleSeconds)}, approval ${text(refreshAbsoluteSeconds)}`;
};

const quotaText = ({ policies: { costPerMinute } }: Client): string =>
  costPerMinute === null ? 'usual' : `${costPerMinute} cost points a minute`;

const PKCE_TEXTS: Readonly<Record<PkcePolicy, string>> = {
  auto: 'taken when sent, required once the app has used it',
  learned: 'required, since the app has used it',
  required: 'required',
  optional: 'taken when sent',
};

export const clientLines = (client: Client, timeZone: string): string[] =>
  facts({
    'Client ID': client.clientId,
    Name: client.name,
    Type: client.isPublic ? 'public (no secret)' : 'confidential',
    'Redirect URIs': client.redirectUris.join(' '),
    Scopes: client.scopes.join(' '),
    Grants: client.grantTypes.join(' '),
    Authentication: client.policies.authMethods.join(' '),
    'Public keys': client.policies.jwksUri ?? (client.policies.jwks === null ? '–' : 'given'),
    Tokens: client.policies.tokenProfile,
    Lifetimes: lifetimesText(client),
    Quota: quotaText(client),
    'Resource server': client.policies.resourceServer ? 'yes' : 'no',
    PKCE: PKCE_TEXTS[client.pkce],
    State: client.disabledAt === null ? 'enabled' : `disabled since ${timeText(client.disabledAt, timeZone)}`,
    Registered: timeText(client.createdAt, timeZone),
  });

export async function clientNamed(store: Store, clientId: string): Promise<Client> {
  const client = await findClient(store.db, clientId);
  if (!client) throw new CommandError(`no client has the ID ${clientId}; see them: tegata client list`);
  return client;
}
