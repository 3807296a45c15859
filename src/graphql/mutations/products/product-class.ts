/** Finds the product classes that a caller means, by their codes or by their ids. */
import { readRows } from '../../../shop/rows/write.ts';
import { keysByExternalId } from '../../../shop/store/client-data.ts';
import type { MutationContext } from '../../mutation.ts';
import { invalid, rowId } from '../arguments.ts';

export type ClassChoice = {
  readonly code?: string | null;
  readonly product_class_id?: string | null;
  readonly external_id?: string | null;
};

/**
 * Code → ids of the classes that have it, those of abolished products too. Hidden ones count where no other has it: of a product
 * with axes, the hidden class without axes often has the code of a class that is sold.
 */
export type ClassIds = ReadonlyMap<string, readonly number[]>;

/** `hiddenAlike`: hidden ones count as the others do. */
export async function classIdsOf(
  context: MutationContext,
  codes: readonly string[],
  { hiddenAlike = false } = {},
): Promise<ClassIds> {
  const ids = { visible: new Map<string, number[]>(), hidden: new Map<string, number[]>() };
  // No stored text has a NUL; PostgreSQL does not even compare with one.
  const askable = codes.filter((code) => !code.includes('\0'));
  const rows = await readRows(context, 'ProductClass', ['id', 'code', 'visible'], { code: askable });
  for (const { id, code, visible } of rows) {
    const alike = visible === true || hiddenAlike ? ids.visible : ids.hidden;
    alike.set(String(code), [...(alike.get(String(code)) ?? []), Number(id)]);
  }
  return new Map([...ids.hidden, ...ids.visible]);
}

/** The one class of a code. */
export function classIdIn(ids: ClassIds, code: string): number {
  const [id, another] = ids.get(code) ?? [];
  if (id === undefined) throw invalid('code', 'No ProductClass found', 'NOT_FOUND');
  if (another !== undefined) throw invalid('code', 'Multiple ProductClass found', 'AMBIGUOUS');
  return id;
}

/** External ID → id of the class to which this client has given it. */
export const externalClassIds = (
  context: MutationContext,
  externalIds: readonly string[],
): Promise<ClassIds> => {
  const namespace = { clientId: context.principal.clientId, entity: 'ProductClass' };
  return keysByExternalId(context, namespace, externalIds);
};

/** The class that is chosen by its code, its id or its external ID; in the second case there may be none. */
export function chosenClassId(
  ids: ClassIds,
  { code, product_class_id: id, external_id: externalId }: ClassChoice,
  externals: ClassIds = new Map(),
): number {
  const given = [id, code, externalId].filter((one) => typeof one === 'string');
  if (given.length > 1) throw invalid('code', 'Give either code or product_class_id, not both');
  if (typeof id === 'string') return rowId(id);
  if (typeof code === 'string') return classIdIn(ids, code);
  if (typeof externalId !== 'string') throw invalid('code', 'Give either code or product_class_id');
  const [own] = externals.get(externalId) ?? [];
  if (own === undefined) throw invalid('external_id', 'No ProductClass found', 'NOT_FOUND');
  return own;
}

/** What is said when there is no such class, in the name of the argument that chose it. */
export const noClass = ({ product_class_id: id, external_id: externalId }: ClassChoice) => {
  const chosen = typeof externalId === 'string' ? 'external_id' : 'code';
  return invalid(typeof id === 'string' ? 'product_class_id' : chosen, 'No ProductClass found', 'NOT_FOUND');
};
