/** Where the entries of the side navigation lead. */

import type { Paths } from '../paths.ts';
import type { NavPage } from './context.ts';

export const navPlaces = (paths: Paths): Readonly<Record<NavPage, string>> => ({
  home: paths.home,
  oauth: paths.clients,
  webhook: paths.webhooks,
  apps: paths.apps,
  audit: paths.audit,
  keys: paths.keys,
  tester: paths.tester,
  explorer: paths.explorer,
  security: paths.security,
  plugins: paths.plugins,
});
