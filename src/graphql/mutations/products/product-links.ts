/** The categories and tags of a product: what is no longer wanted goes, what is missing comes, the rest stays. */
import { readChoices } from '../../../shop/rows/choices.ts';
import { deleteRows, insertRow, lockRows } from '../../../shop/rows/write.ts';
import type { MutationContext } from '../../mutation.ts';
import { notFound, rowId } from '../arguments.ts';

/** The rows that exist, of those whose ids were given. */
export async function existing(
  context: MutationContext,
  entity: 'ProductStatus' | 'Tag',
  argument: string,
  ids: readonly string[],
): Promise<Set<number>> {
  const known = await readChoices(context, context.registry, entity);
  return new Set(ids.map((id) => knownId(known, entity, argument, id)));
}

/** The chosen categories and all above them: EC-CUBE stores both, so that a parent lists what its children hold. */
export async function categoriesWithParents(
  context: MutationContext,
  ids: readonly string[],
): Promise<Set<number>> {
  const tree = await readChoices(context, context.registry, 'Category');
  const wanted = new Set<number>();
  for (const given of ids) {
    let id: number | null = knownId(tree, 'Category', 'category_ids', given);
    while (id !== null && !wanted.has(id)) {
      wanted.add(id);
      id = tree.get(id) ?? null;
    }
  }
  return wanted;
}

function knownId(
  known: ReadonlyMap<number, unknown>,
  entity: string,
  argument: string,
  given: string,
): number {
  const id = rowId(given);
  if (!known.has(id)) throw notFound(entity, argument, [given]);
  return id;
}

/** Whether anything was changed. */
export async function writeCategories(
  context: MutationContext,
  productId: number,
  wanted: ReadonlySet<number>,
): Promise<boolean> {
  const rows = await lockRows(context, 'ProductCategory', ['category_id'], { product_id: productId });
  const present = new Set(rows.map((row) => Number(row.category_id)));
  const { gone, added } = difference(present, wanted);
  await deleteRows(context, 'ProductCategory', { product_id: productId, category_id: gone });
  for (const category_id of added) {
    await insertRow(context, 'ProductCategory', { product_id: productId, category_id });
  }
  return gone.length + added.length > 0;
}

/** Whether anything was changed. */
export async function writeTags(
  context: MutationContext,
  productId: number,
  wanted: ReadonlySet<number>,
): Promise<boolean> {
  const rows = await lockRows(context, 'ProductTag', ['Tag'], { Product: productId });
  const { gone, added } = difference(new Set(rows.map((row) => Number(row.Tag))), wanted);
  await deleteRows(context, 'ProductTag', { Product: productId, Tag: gone });
  for (const Tag of added) await insertRow(context, 'ProductTag', { Product: productId, Tag });
  return gone.length + added.length > 0;
}

const difference = (present: ReadonlySet<number>, wanted: ReadonlySet<number>) => ({
  gone: [...present].filter((id) => !wanted.has(id)),
  added: [...wanted].filter((id) => !present.has(id)),
});
