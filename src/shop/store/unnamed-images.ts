/**
 * Files that may be named by no product: written down when they are uploaded and when a product lets go of them, looked
 * at later. A file goes only when no row names it; the one who names one takes its note first, in the same transaction, so
 * that the row lock of the note decides between the two.
 */
import { sql } from 'kysely';
import type { Db, Store } from '../../database/open.ts';

type NotingStore = Pick<Store, 'db' | 'kit'>;

/** Writes down that nothing may name this file from `at` (epoch seconds) on. A known name keeps the later time. */
export async function noteUnnamedImage({ db, kit }: NotingStore, name: string, at: number): Promise<void> {
  const note = db.insertInto('tegata_unnamed_image').values({ file_name: name, noted_at: at });
  // Two products may let go of one file at once.
  const { numInsertedOrUpdatedRows } = await kit.ifAbsent(note).executeTakeFirst();
  if (numInsertedOrUpdatedRows === 1n) return;
  await db.updateTable('tegata_unnamed_image').set({ noted_at: at }).where('file_name', '=', name).execute();
}

/** Those that were noted before `before`, oldest first. */
export async function unnamedImages(db: Db, before: number, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('tegata_unnamed_image')
    .select('file_name')
    .where('noted_at', '<', before)
    .orderBy('noted_at')
    .limit(limit)
    .execute();
  return rows.map(({ file_name }) => file_name);
}

/** Returns whether there was such a note, and holds its lock until the transaction ends. */
export async function takeNote(db: Db, name: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('tegata_unnamed_image')
    .where('file_name', '=', name)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

const NO_IMAGE = 'no_image_product.png'; // which EC-CUBE shows where there is no other

/** Whether something of the shop names the file: ways to pay have their images in the same folder. */
export async function isNamed(db: Db, name: string): Promise<boolean> {
  if (name === NO_IMAGE) return true;
  const { rows } = await sql`
    select 1 from dtb_product_image where file_name = ${name}
    union all select 1 from dtb_payment where payment_image = ${name} limit 1`.execute(db);
  return rows.length > 0;
}
