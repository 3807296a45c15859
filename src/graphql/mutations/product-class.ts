/** Finds the product classes that a caller means, by their codes or by their ids. */
import { readRows } from '../../shop/rows/write.ts';
import type { MutationContext } from '../mutation.ts';
import { invalid, rowId } from './arguments.ts';

export type ClassChoice = { readonly code?: string | null; readonly product_class_id?: string | null };

/** Code → ids of the classes that have it; hidden ones and those of abolished products count too. */
export type ClassIds = ReadonlyMap<string, readonly number[]>;

export async function classIdsOf(context: MutationContext, codes: readonly string[]): Promise<ClassIds> {
  const ids = new Map<string, number[]>();
  // No stored text has a NUL; PostgreSQL does not even compare with one.
  const askable = codes.filter((code) => !code.includes('\0'));
  const rows = await readRows(context, 'ProductClass', ['id', 'code'], { code: askable });
  for (const { id, code } of rows) {
    ids.set(String(code), [...(ids.get(String(code)) ?? []), Number(id)]);
  }
  return ids;
}

/** The one class of a code. */
export function classIdIn(ids: ClassIds, code: string): number {
  const [id, another] = ids.get(code) ?? [];
  if (id === undefined) throw invalid('code', 'No ProductClass found', 'NOT_FOUND');
  if (another !== undefined) throw invalid('code', 'Multiple ProductClass found', 'AMBIGUOUS');
  return id;
}

/** The class that is chosen by its code or by its id; in the latter case there may be none. */
export function chosenClassId(ids: ClassIds, { code, product_class_id: id }: ClassChoice): number {
  if (typeof id === 'string' && typeof code === 'string') {
    throw invalid('code', 'Give either code or product_class_id, not both');
  }
  if (typeof id === 'string') return rowId(id);
  if (typeof code === 'string') return classIdIn(ids, code);
  throw invalid('code', 'Give either code or product_class_id');
}

/** What is said when there is no such class, in the name of the argument that chose it. */
export const noClass = ({ product_class_id: id }: ClassChoice) =>
  invalid(typeof id === 'string' ? 'product_class_id' : 'code', 'No ProductClass found', 'NOT_FOUND');
