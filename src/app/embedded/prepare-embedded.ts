/** The shop of Tegata's own, made and migrated when the program starts. */
import { randomToken } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import { migrate } from '../../database/migrate.ts';
import type { Store } from '../../database/open.ts';
import { installFeed } from '../../feed/store/triggers.ts';
import { buildRegistry, coreEntities } from '../../shop/registry.ts';
import { createEmbeddedShop, embeddedShopExists } from '../../shop/store/embedded-shop.ts';
import { createAdvisedIndexes } from '../../shop/store/indexes.ts';
import { hashPassword } from '../../staff/rules/password.ts';
import type { Config } from '../config/config.ts';

/** `password` only when it was made up. */
export type FirstStart = { readonly loginId: string; readonly password: string | undefined };

/** The embedded shop is ours: its own tables are migrated without asking, the shop is made once. */
export async function prepareEmbedded(
  config: Config,
  store: Store,
  clock: Clock,
): Promise<FirstStart | undefined> {
  await migrate(store);
  if (await embeddedShopExists(store)) return undefined;
  // A plugin's tables are the plugin's to make.
  const registry = buildRegistry(coreEntities);
  const password = config.adminPassword ?? randomToken(12);
  const passwordHash = await hashPassword(password, config.passwordCost);
  const admin = { loginId: 'admin', name: '管理者', passwordHash };
  // Who takes the feed off later finds it off; only a new shop gets it unasked.
  const complete = async (target: Store) => {
    await installFeed(target);
    await createAdvisedIndexes(target, registry);
  };
  const shop = { registry, clock, currency: config.currency, admin, complete };
  if (!(await createEmbeddedShop(store, shop))) return undefined;
  return { loginId: admin.loginId, password: config.adminPassword === undefined ? password : undefined };
}
