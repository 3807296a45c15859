/** The one row of `dtb_base_info`: the shop's own settings, and the turn of those who must not go ahead at once. */
import { type FieldValue, lockRows, type RowReading, readRows, type Writing } from '../rows/write.ts';

const SHOP = { id: 1 };

/** undefined in a shop that has none. */
export async function readShopRow<F extends string>(
  reading: RowReading,
  fields: readonly F[],
): Promise<Record<F, FieldValue> | undefined> {
  const [row] = await readRows(reading, 'BaseInfo', fields, SHOP);
  return row;
}

/** Waits for the turn of this transaction, and keeps it until the transaction ends. */
export async function takeShopTurn(writing: Writing): Promise<void> {
  await lockRows(writing, 'BaseInfo', ['id'], SHOP);
}
