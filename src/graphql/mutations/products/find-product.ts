/** Which product a caller means. */
import { readRows } from '../../../shop/rows/write.ts';
import { keysByExternalId } from '../../../shop/store/client-data.ts';
import { InvalidArgument } from '../../errors.ts';
import type { MutationContext } from '../../mutation.ts';
import { rowId } from '../arguments.ts';
import { externalIdFault } from '../client-data/external-id.ts';
import { faultAt, fieldPath } from '../form-faults.ts';
import { classIdsOf } from '../product-class.ts';
import type { ProductValues } from './product-input.ts';

async function byExternalId(
  context: MutationContext,
  externalId: string,
  place: string | undefined,
): Promise<number | undefined> {
  const text = externalIdFault(externalId);
  if (text) throw new InvalidArgument([faultAt(fieldPath(place, 'external_id'), text[context.locale])]);
  const namespace = { clientId: context.principal.clientId, entity: 'Product' };
  return (await keysByExternalId(context, namespace, [externalId])).get(externalId)?.[0];
}

/** Its id; undefined: a new one is meant. Throws NOT_FOUND for an id, INVALID for a code of several products. */
export async function findProduct(
  context: MutationContext,
  { id, external_id: externalId, code }: ProductValues,
  place?: string,
): Promise<number | undefined> {
  if (typeof id === 'string') {
    const [row] = await readRows(context, 'Product', ['id'], { id: rowId(id) });
    if (row) return Number(row.id);
    throw new InvalidArgument([faultAt(fieldPath(place, 'id'), 'No Product found', 'NOT_FOUND')]);
  }
  const named = typeof externalId === 'string' ? await byExternalId(context, externalId, place) : undefined;
  if (named !== undefined || typeof code !== 'string') return named;
  const classes = (await classIdsOf(context, [code])).get(code) ?? [];
  if (classes.length === 0) return undefined;
  const rows = await readRows(context, 'ProductClass', ['Product'], { id: classes });
  const products = new Set(rows.map(({ Product }) => Number(Product)));
  if (products.size === 1) return [...products][0];
  throw new InvalidArgument([faultAt(fieldPath(place, 'code'), 'Multiple Product found')]);
}
