/** The shop of Tegata's own that the tests of the API begin with, always the same. */
import { fixedClock } from '../../src/base/clock.ts';
import { migrate } from '../../src/database/migrate.ts';
import type { Store } from '../../src/database/open.ts';
import { buildRegistry, coreEntities, type Registry } from '../../src/shop/registry.ts';
import { createEmbeddedShop } from '../../src/shop/store/embedded-shop.ts';

export const SHOP_NOW = 1_790_000_000; // 2026-09-21T23:13:20+09:00

export const registry: Registry = buildRegistry(coreEntities);

const SHOP = {
  registry,
  clock: fixedClock(SHOP_NOW),
  currency: 'JPY',
  admin: { loginId: 'admin', name: '管理者', passwordHash: 'hash-of-a-password' },
};

/** Does nothing where there is one. */
export async function makeShop(store: Store): Promise<void> {
  await createEmbeddedShop(store, SHOP);
}

export async function migrateAndMakeShop(store: Store): Promise<void> {
  await migrate(store);
  await makeShop(store);
}
