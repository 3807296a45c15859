/** A purchase of one piece as EC-CUBE's checkout makes it: the stock row is locked first, then both stocks are lowered. */
import { sql } from 'kysely';
import type { Store } from '../../src/database/open.ts';
import { transact } from '../../src/database/transact.ts';

export const buyOne = (store: Store, classId: number): Promise<void> =>
  transact(store, async (db) => {
    const lock = store.kit.supportsRowLocks ? sql` for update` : sql``;
    const { rows } = await sql<{ stock: number | string }>`
      select stock from dtb_product_stock where product_class_id = ${classId}${lock}`.execute(db);
    const left = Number(rows[0]?.stock) - 1;
    await sql`update dtb_product_class set stock = ${left} where id = ${classId}`.execute(db);
    await sql`update dtb_product_stock set stock = ${left} where product_class_id = ${classId}`.execute(db);
  });
