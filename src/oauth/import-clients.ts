/**
 * Brings the PHP plugin's API clients here, with their ids and secrets, so that no app has to be set up again. What was
 * brought once is not touched again; what our own rules refuse stays out, with the reason.
 */

import { recordEvent } from '../audit/events.ts';
import type { Actor } from '../audit/origin.ts';
import { randomHex, sha256Hex } from '../base/bytes.ts';
import type { Db } from '../database/open.ts';
import type { ClientDeps } from './clients.ts';
import type { Client } from './rules/client.ts';
import { type ClientFormErrors, type ClientSettings, judgeClientForm } from './rules/client-form.ts';
import { insertSecret } from './store/client-secrets.ts';
import { findClient, insertClient, setClientDisabled } from './store/clients.ts';
import { type PluginClient, pluginClients } from './store/plugin-clients.ts';

/** What an empty list means to the plugin. */
const EVERY_SCOPE = ['read', 'write'];
const EVERY_GRANT_TYPE = ['authorization_code', 'refresh_token'];
// The plugin's form lets people type a secret; one that can be guessed should not live on for ever.
const SHORT_SECRET = 32; // characters

export type ImportedClient = PluginClient & {
  readonly outcome: 'created' | 'exists' | 'refused';
  /** Why it is refused. */
  readonly errors: ClientFormErrors;
  readonly hasShortSecret: boolean;
};

type Deps = Pick<ClientDeps, 'store' | 'clock'>;

/** All in one transaction; `dryRun` writes nothing and says the same. */
export async function importPluginClients(
  { store, clock }: Deps,
  actor: Actor,
  dryRun: boolean,
): Promise<ImportedClient[]> {
  const now = clock.now();
  return store.db.transaction().execute((tx) => bringPluginClients(tx, actor, now, dryRun));
}

/** The same within a transaction of the caller's; `leaveOut` names clients that were removed here on purpose. */
export async function bringPluginClients(
  tx: Db,
  actor: Actor,
  now: number,
  dryRun: boolean,
  leaveOut: ReadonlySet<string> = new Set(),
): Promise<ImportedClient[]> {
  const outcomes: ImportedClient[] = [];
  for (const row of await pluginClients(tx)) {
    if (!leaveOut.has(row.identifier)) outcomes.push(await bring(tx, row, actor, now, dryRun));
  }
  return outcomes;
}

async function bring(
  tx: Db,
  row: PluginClient,
  actor: Actor,
  now: number,
  dryRun: boolean,
): Promise<ImportedClient> {
  const hasShortSecret = !isPublic(row) && (row.secret ?? '').length < SHORT_SECRET;
  const say = (outcome: ImportedClient['outcome'], errors: ClientFormErrors = {}) => ({
    ...row,
    outcome,
    errors,
    hasShortSecret,
  });
  const here = await findClient(tx, row.identifier);
  if (here) return { ...say('exists'), hasShortSecret: hasShortSecret && holds(here, row.secret ?? '') };
  const verdict = judgeClientForm(formOf(row));
  if (!verdict.ok) return say('refused', verdict.errors);
  if (!dryRun) await insert(tx, row, verdict.settings, actor, now);
  return say('created');
}

/** Whether the plugin's secret still opens the client here. */
const holds = ({ secrets }: Client, secret: string): boolean =>
  secrets.some(({ hash }) => hash === sha256Hex(secret));

const isPublic = ({ secret }: PluginClient): boolean => secret === null || secret === '';

const formOf = (row: PluginClient) => ({
  name: row.name || row.identifier,
  redirectUris: row.redirectUris.join('\n'),
  scopes: row.scopes.length === 0 ? EVERY_SCOPE : row.scopes,
  grantTypes: row.grantTypes.length === 0 ? EVERY_GRANT_TYPE : row.grantTypes,
  type: isPublic(row) ? 'public' : 'confidential',
  pkce: 'auto',
});

async function insert(tx: Db, row: PluginClient, settings: ClientSettings, actor: Actor, now: number) {
  const clientId = row.identifier;
  const times = { createdAt: now, updatedAt: now };
  await insertClient(tx, { ...settings, clientId, ...times, createdBy: actor.loginId });
  if (row.secret) {
    const hash = sha256Hex(row.secret);
    await insertSecret(tx, { secretId: randomHex(16), clientId, hash, createdAt: now });
  }
  if (!row.active) await setClientDisabled(tx, clientId, now, now);
  const { name, scopes } = settings;
  const short = (row.secret ?? '').length < SHORT_SECRET && !isPublic(row);
  const event = { kind: 'client_imported', occurredAt: now, clientId, ...actor } as const;
  await recordEvent(tx, { ...event, detail: { name, scopes, ...(short && { short_secret: true }) } });
}
