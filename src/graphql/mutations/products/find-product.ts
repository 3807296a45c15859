/** Which product a caller means. */
import { readRows } from '../../../shop/rows/write.ts';
import { InvalidArgument } from '../../errors.ts';
import type { MutationContext } from '../../mutation.ts';
import { rowId } from '../arguments.ts';
import { faultAt, fieldPath } from '../form-faults.ts';
import { classIdsOf } from '../product-class.ts';
import type { ProductValues } from './product-input.ts';

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
  if (typeof code !== 'string') return undefined;
  const classes = (await classIdsOf(context, [code])).get(code) ?? [];
  if (classes.length === 0) return undefined;
  const rows = await readRows(context, 'ProductClass', ['Product'], { id: classes });
  const products = new Set(rows.map(({ Product }) => Number(Product)));
  if (products.size === 1) return [...products][0];
  throw new InvalidArgument([faultAt(fieldPath(place, 'code'), 'Multiple Product found')]);
}
