/**
 * How far a shop has moved from EC-CUBE's plugin to here. `open`: Tegata leads, the way back is open. `returned`: the plugin
 * leads again; what still comes in here is answered from the same rows. `finished`: the way back is closed, what the plugin
 * issued is honoured until it ends. `ended`: after a return, nothing of the plugin counts here.
 */
import { type Client, usesSecret } from './client.ts';

export type TakeoverState = 'open' | 'returned' | 'finished' | 'ended';

/** `Api`: EC-CUBE 4.0 and 4.1; `Api42`: 4.2 and later. */
export type PluginName = 'Api' | 'Api42';

/** Whether refresh tokens are made in the form that either program reads. */
export const issuesForBoth = (state: TakeoverState): boolean => state === 'open' || state === 'returned';

const PLUGIN_SCOPES = ['read', 'write'];
const PLUGIN_ID = /^[0-9a-zA-Z]{1,32}$/;
const PLUGIN_GRANTS = ['authorization_code', 'refresh_token'];

/** What keeps a client from living in the plugin. */
export type Unrepresentable = 'id' | 'scopes' | 'grants' | 'authentication' | 'own';

/** The first of them; undefined = the plugin can have the client. */
export function whyNotInPlugin(
  client: Pick<Client, 'clientId' | 'isPublic' | 'scopes' | 'grantTypes' | 'policies' | 'purpose'>,
): Unrepresentable | undefined {
  if (client.purpose !== null) return 'own';
  if (!PLUGIN_ID.test(client.clientId)) return 'id';
  if (!client.scopes.every((scope) => PLUGIN_SCOPES.includes(scope))) return 'scopes';
  if (!client.grantTypes.every((grant) => PLUGIN_GRANTS.includes(grant))) return 'grants';
  return client.isPublic || usesSecret(client.policies) ? undefined : 'authentication';
}

/**
 * A moment as the plugin writes it into its tables: with 4.2 and later in the shop's zone, before that in UTC. Only its
 * clearing of what has expired reads it.
 */
export const pluginTimeText = (plugin: PluginName, at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: plugin === 'Api' ? 'UTC' : timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(at * 1000);
