/** Which of the plugin's tables this shop has, and of which version they are. */
import { type LiveSchema, readLiveSchema } from '../database/live-schema.ts';
import type { Store } from '../database/open.ts';
import type { PluginName } from '../oauth/rules/takeover.ts';

export type PluginShape = {
  readonly plugin: PluginName;
  readonly webhooks: boolean;
  /** `dtb_plugin`, which says whether the plugin is enabled. */
  readonly plugins: boolean;
};

const TOKEN_TABLES = [
  'oauth2_client',
  'oauth2_access_token',
  'oauth2_refresh_token',
  'oauth2_authorization_code',
];

/** Undefined: the plugin was never installed in this shop, or its tables are gone. */
export async function readPluginShape(store: Store): Promise<PluginShape | undefined> {
  const schema = await readLiveSchema(store);
  if (!TOKEN_TABLES.every((table) => schema.has(table))) return undefined;
  return {
    plugin: isOfToday(schema) ? 'Api42' : 'Api',
    webhooks: schema.has('plg_api_webhook'),
    plugins: schema.has('dtb_plugin'),
  };
}

/** 4.2 and later; 4.0 and 4.1 know no such column. */
const isOfToday = (schema: LiveSchema): boolean =>
  schema.get('oauth2_client')?.has('allow_plain_text_pkce') ?? false;
