/** What the pages and mails say about the shop itself (`dtb_base_info`). */
import type { Db } from '../../database/open.ts';

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

export type ShopMail = {
  readonly shopName: string;
  /** Mails of the shop come from here. */
  readonly from: string;
  /** Where the shop wants to hear of what failed. */
  readonly notices: string;
};

/** The addresses for notices to the shop itself; undefined when it has none. */
export async function readShopMail(db: Db): Promise<ShopMail | undefined> {
  type Email = 'email01' | 'email02' | 'email04';
  type Row = { id: number; shop_name: string | null } & Record<Email, string | null>;
  const row = await db
    .withTables<{ dtb_base_info: Row }>()
    .selectFrom('dtb_base_info')
    .select(['shop_name', 'email01', 'email02', 'email04'])
    .orderBy('id')
    .executeTakeFirst();
  const notices = row && [row.email04, row.email02, row.email01].find(Boolean);
  return notices ? { shopName: row.shop_name ?? '', from: row.email01 || notices, notices } : undefined;
}
