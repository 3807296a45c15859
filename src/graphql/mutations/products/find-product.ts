/** Which product a caller means. */
import { formText } from '../../../shop/forms/prepare.ts';
import { readRows } from '../../../shop/rows/write.ts';
import { keysByExternalId } from '../../../shop/store/client-data.ts';
import { takeShopTurn } from '../../../shop/store/shop-row.ts';
import { InvalidArgument } from '../../errors.ts';
import type { MutationContext } from '../../mutation.ts';
import { rowId, withoutNul } from '../arguments.ts';
import { externalIdFault } from '../client-data/external-id.ts';
import { faultAt, fieldPath } from '../form-faults.ts';
import { classIdsOf } from './product-class.ts';
import type { ProductValues } from './product-input.ts';

/** A code as it is stored. */
export const storedCode = (code: string | null | undefined): string | null =>
  formText(withoutNul(code ?? ''));

/**
 * Of callers that name the same new code, or an ID of their own, at once one makes the product and the others find it: the shop's row is their turn.
 * Before any other lock, so that lists of products do not wait for each other in a circle.
 */
export async function awaitTurn(context: MutationContext, products: readonly ProductValues[]): Promise<void> {
  const unnamed = products.filter(({ id }) => typeof id !== 'string');
  const codes = unnamed.flatMap(({ code }) => storedCode(code) ?? []);
  const known = codes.length === 0 ? new Map() : await classIdsOf(context, codes);
  const isNew = codes.some((code) => !known.has(code));
  const isNamedByClient = unnamed.some(({ external_id: externalId }) => typeof externalId === 'string');
  if (isNew || isNamedByClient) await takeShopTurn(context);
}

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
  const own = storedCode(code);
  if (named !== undefined || own === null) return named;
  const classes = (await classIdsOf(context, [own])).get(own) ?? [];
  if (classes.length === 0) return undefined;
  const rows = await readRows(context, 'ProductClass', ['Product'], { id: classes });
  const products = new Set(rows.map(({ Product }) => Number(Product)));
  if (products.size === 1) return [...products][0];
  throw new InvalidArgument([faultAt(fieldPath(place, 'code'), 'Multiple Product found')]);
}
