/** Which product a caller means. */
import { formText } from '../../../shop/forms/prepare.ts';
import { lockRows, readRows } from '../../../shop/rows/write.ts';
import { InvalidArgument } from '../../errors.ts';
import type { MutationContext } from '../../mutation.ts';
import { rowId, withoutNul } from '../arguments.ts';
import { faultAt, fieldPath } from '../form-faults.ts';
import { classIdsOf } from '../product-class.ts';
import type { ProductValues } from './product-input.ts';

const SHOP = 1; // the one row of dtb_base_info

/** A code as it is stored. */
export const storedCode = (code: string | null | undefined): string | null =>
  formText(withoutNul(code ?? ''));

/**
 * Of callers that name the same new code at once one makes the product and the others find it: the shop's row is their turn.
 * Before any other lock, so that lists of products do not wait for each other in a circle.
 */
export async function awaitTurn(context: MutationContext, products: readonly ProductValues[]): Promise<void> {
  const codes = products.flatMap(({ id, code }) => (typeof id === 'string' ? [] : (storedCode(code) ?? [])));
  const known = codes.length === 0 ? new Map() : await classIdsOf(context, codes);
  if (codes.some((code) => !known.has(code))) await lockRows(context, 'BaseInfo', ['id'], { id: SHOP });
}

/** Its id; undefined: a new one is meant. Throws NOT_FOUND for an id, INVALID for a code of several products. */
export async function findProduct(
  context: MutationContext,
  { id, code }: ProductValues,
  place?: string,
): Promise<number | undefined> {
  if (typeof id === 'string') {
    const [row] = await readRows(context, 'Product', ['id'], { id: rowId(id) });
    if (row) return Number(row.id);
    throw new InvalidArgument([faultAt(fieldPath(place, 'id'), 'No Product found', 'NOT_FOUND')]);
  }
  const own = storedCode(code);
  if (own === null) return undefined;
  const classes = (await classIdsOf(context, [own])).get(own) ?? [];
  if (classes.length === 0) return undefined;
  const rows = await readRows(context, 'ProductClass', ['Product'], { id: classes });
  const products = new Set(rows.map(({ Product }) => Number(Product)));
  if (products.size === 1) return [...products][0];
  throw new InvalidArgument([faultAt(fieldPath(place, 'code'), 'Multiple Product found')]);
}
