/** What Tegata and EC-CUBE's plugin tegata-link must know of each other. */
import type { SignOn } from '../admin/deps.ts';
import { paths } from '../admin/paths.ts';
import type { Config } from './config/config.ts';

/** Where the plugin lies below EC-CUBE's admin. */
const PLUGIN_PATH = 'tegata_link/ticket';

export function signOnOf(config: Config): SignOn | undefined {
  const { linkSecret: secret } = config;
  return secret === undefined ? undefined : { secret, ticketUrl: ticketUrlOf(config) };
}

/** Where the shop's admin hands out tickets: on `TEGATA_SHOP_URL`, or on the host that Tegata shares with the shop. */
export const ticketUrlOf = ({ shopUrl, publicUrl, adminRoute }: Config): string =>
  `${shopUrl ?? new URL(publicUrl).origin}/${adminRoute}/${PLUGIN_PATH}`;

/** What the plugin's settings page takes as TegataのURL. */
export const linkAddressOf = ({ publicUrl, adminRoute, pagesPath, basePath }: Config): string =>
  new URL(paths(adminRoute, { pagesPath, basePath }).link, publicUrl).href;
