/** What the pages and mails say about the shop itself (`dtb_base_info`). */
import type { Db } from './open.ts';

/** The shop's name; undefined when it has none. */
export async function readShopName(db: Db): Promise<string | undefined> {
  const row = await db
    .withTables<{ dtb_base_info: { id: number; shop_name: string | null } }>()
    .selectFrom('dtb_base_info')
    .select('shop_name')
    .orderBy('id')
    .executeTakeFirst();
  return row?.shop_name ?? undefined;
}
