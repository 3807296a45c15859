/** What an address of the admin says by where it lies: whose it is, and which of 0.1.0's it stands for. */

export type Places = {
  readonly adminRoute: string;
  /** `TEGATA_PATH`. */
  readonly pagesPath: string;
};

const isAtOrBelow = (root: string, path: string): boolean => path === root || path.startsWith(`${root}/`);

/** Addresses of EC-CUBE's plugin that integrations and staff know; they are the same for every `TEGATA_PATH`. */
const pluginRoots = (adminRoute: string): string[] =>
  ['authorize', 'api/oauth', 'api/webhook'].map((path) => `/${adminRoute}/${path}`);

/** Whether the path is, on every host name, one that EC-CUBE's plugin has too. */
export const isPluginAddress = (adminRoute: string, path: string): boolean =>
  pluginRoots(adminRoute).some((root) => isAtOrBelow(root, path));

/** Whether a page of Tegata may lie at the path on a host name that is shared with EC-CUBE. */
export const isOurs = ({ adminRoute, pagesPath }: Places, path: string): boolean =>
  isAtOrBelow(pagesPath, path) || isPluginAddress(adminRoute, path);

/** Returns the path below `ECCUBE_ADMIN_ROUTE` by which EC-CUBE's authorities (`deny_url`) know the page. */
export const knownToShop = ({ adminRoute, pagesPath }: Places, path: string): string =>
  isAtOrBelow(pagesPath, path) ? `/${adminRoute}${path.slice(pagesPath.length)}` : path;
