/**
 * Gives the plugin the clients as they are here now: changed, switched off, made since. A secret goes in clear, since the
 * plugin compares it so; only one that was made while the way back was open is known in clear (store/kept-secrets.ts).
 */
import { UnsealError } from '../base/encryption.ts';
import type { Db } from '../database/open.ts';
import { unsealClientSecret } from '../oauth/plugin/bridge.ts';
import type { Client } from '../oauth/rules/client.ts';
import { type PluginName, type Unrepresentable, whyNotInPlugin } from '../oauth/rules/takeover.ts';
import { allClients } from '../oauth/store/all-clients.ts';
import { type PluginClient, pluginClients } from '../oauth/store/plugin-clients.ts';
import { keptSecrets, removedSince } from './store/kept-secrets.ts';
import {
  insertPluginClient,
  type PluginClientValues,
  switchOffPluginClient,
  updatePluginClient,
} from './store/plugin-client-rows.ts';

export type GivenClient = {
  readonly clientId: string;
  readonly name: string;
  /** `stays`: the plugin cannot have it; its app needs Tegata. `switched_off`: it was removed here. */
  readonly outcome: 'created' | 'changed' | 'same' | 'switched_off' | 'stays';
  readonly why: Unrepresentable | 'no_secret' | undefined;
};

type Given = { readonly given: GivenClient; readonly write?: (tx: Db) => Promise<unknown> };

/** `dryRun` writes nothing and says the same. */
export async function giveClients(
  tx: Db,
  masterKey: Uint8Array,
  plugin: PluginName,
  { dryRun, startedAt }: { readonly dryRun: boolean; readonly startedAt: number },
): Promise<GivenClient[]> {
  const there = new Map((await pluginClients(tx)).map((row) => [row.identifier, row]));
  const secrets = await keptSecrets(tx);
  const here = await allClients(tx);
  const names = new Set(here.map(({ clientId }) => clientId));
  // One that never came over, refused or made in the plugin since, is the plugin's as it is.
  const removedHere = await removedSince(tx, startedAt);
  const all = [
    ...here
      .filter(({ purpose }) => purpose === null)
      .map((client) => {
        const secret = secretOf(masterKey, client, secrets);
        return judge(plugin, client, there.get(client.clientId), secret);
      }),
    ...[...there.values()]
      .filter(({ identifier }) => !names.has(identifier) && removedHere.has(identifier))
      .map(removed),
  ];
  if (!dryRun) for (const { write } of all) await write?.(tx);
  return all.map(({ given }) => given);
}

/** Undefined: it is not known in clear. */
function secretOf(
  masterKey: Uint8Array,
  { clientId, isPublic }: Client,
  sealed: ReadonlyMap<string, string>,
): string | null | undefined {
  const kept = sealed.get(clientId);
  if (isPublic) return null;
  try {
    return kept === undefined ? undefined : unsealClientSecret(masterKey, clientId, kept);
  } catch (error) {
    if (error instanceof UnsealError) return undefined;
    throw error;
  }
}

function judge(
  plugin: PluginName,
  client: Client,
  row: PluginClient | undefined,
  secret: string | null | undefined,
): Given {
  const { clientId, name, redirectUris, grantTypes, scopes } = client;
  const say = (outcome: GivenClient['outcome'], why?: GivenClient['why']): GivenClient => ({
    clientId,
    name,
    outcome,
    why,
  });
  const why = whyNotInPlugin(client) ?? (row === undefined && secret === undefined ? 'no_secret' : undefined);
  if (why !== undefined) return { given: say('stays', why) };
  const active = client.disabledAt === null;
  const values = { identifier: clientId, secret, redirectUris, grantTypes, scopes, active };
  if (!row) return { given: say('created'), write: (tx) => insertPluginClient(tx, plugin, values) };
  if (isSame(row, values)) return { given: say('same') };
  return { given: say('changed'), write: (tx) => updatePluginClient(tx, values) };
}

/** An empty list means every scope or grant to the plugin, and was brought as all of them. */
function isSame(row: PluginClient, values: PluginClientValues): boolean {
  const equal = (before: readonly string[], now: readonly string[]): boolean =>
    before.length === 0 || [...before].sort().join(' ') === [...now].sort().join(' ');
  const secretsEqual = values.secret === undefined || (row.secret ?? '') === (values.secret ?? '');
  return (
    secretsEqual &&
    row.active === values.active &&
    equal(row.redirectUris, values.redirectUris) &&
    equal(row.scopes, values.scopes) &&
    equal(row.grantTypes, values.grantTypes)
  );
}

const removed = ({ identifier, name, active }: PluginClient): Given => ({
  given: {
    clientId: identifier,
    name: name || identifier,
    outcome: active ? 'switched_off' : 'same',
    why: undefined,
  },
  write: (tx) => switchOffPluginClient(tx, identifier),
});
