/**
 * Rows that staff put in an order: `sort_no`, the highest first. A new row comes first, one that goes closes the gap, and
 * neither is a change of the others: their `update_date` stays, as in EC-CUBE.
 */
import {
  addRow,
  deleteRows,
  type FieldValue,
  type FieldValues,
  lockRows,
  nextSortNo,
  type RowMatch,
  shiftSortNo,
  updateRows,
} from '../../../shop/rows/write.ts';
import { takeShopTurn } from '../../../shop/store/shop-row.ts';
import type { MutationContext } from '../../mutation.ts';
import { invalid, rowId } from '../arguments.ts';

export type SortedRow = Readonly<Record<string, FieldValue>> & {
  readonly id: number;
  readonly sortNo: number;
};

/**
 * Puts a new row first among those of `within`, whose parent the caller has locked. Without a parent, of several that are added
 * at once each waits for the one before. Returns its key.
 */
export async function addFirst(
  context: MutationContext,
  entity: string,
  values: FieldValues,
  within: RowMatch = {},
): Promise<number> {
  if (Object.keys(within).length === 0) await takeShopTurn(context);
  return addRow(context, entity, { ...values, sort_no: await nextSortNo(context, entity, within) });
}

/** Throws NOT_FOUND. */
export async function lockSorted(
  context: MutationContext,
  entity: string,
  id: string,
  fields: readonly string[],
): Promise<SortedRow> {
  const key = rowId(id);
  const [row] = await lockRows(context, entity, ['sort_no', ...fields], { id: key });
  if (!row) throw invalid('id', `No ${entity} found`, 'NOT_FOUND');
  return { ...row, id: key, sortNo: Number(row.sort_no) };
}

export async function removeSorted(
  context: MutationContext,
  entity: string,
  { id, sortNo }: SortedRow,
  within: RowMatch = {},
): Promise<void> {
  await deleteRows(context, entity, { id });
  await shiftSortNo(context, entity, { within, from: sortNo + 1 }, -1);
}

/** Changes what is given and differs. */
export async function changeSorted(
  context: MutationContext,
  entity: string,
  row: SortedRow,
  values: FieldValues,
): Promise<void> {
  const changed = Object.entries(values).filter(([field, value]) => row[field] !== value);
  await updateRows(context, entity, { id: row.id }, Object.fromEntries(changed));
}

/**
 * Gives the named rows the places that they have together, in the order in which they are named; all others keep theirs.
 * Throws NOT_FOUND for a row that is not among those of `within`, INVALID for one that is named twice.
 */
export async function reorder(
  context: MutationContext,
  entity: string,
  ids: readonly string[],
  within: RowMatch = {},
): Promise<void> {
  const keys = ids.map(rowId);
  if (new Set(keys).size < keys.length) throw invalid('ids', 'An ID is given twice');
  if (keys.length === 0) return;
  const rows = await lockRows(context, entity, ['id', 'sort_no'], { ...within, id: keys });
  const present = new Map(rows.map((row) => [Number(row.id), Number(row.sort_no)]));
  if (keys.some((key) => !present.has(key))) throw invalid('ids', `No ${entity} found`, 'NOT_FOUND');
  const places = [...present.values()].sort((a, b) => b - a);
  for (const [index, key] of keys.entries()) {
    const sort_no = places[index] as number;
    if (present.get(key) !== sort_no) await updateRows(context, entity, { id: key }, { sort_no });
  }
}
