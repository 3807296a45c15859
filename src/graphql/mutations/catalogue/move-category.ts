/**
 * Moves a category with everything below it: levels, places and the categories of products come out as if the branch had
 * been made there. EC-CUBE's CSV import, the only way to move one there, leaves all three as they were.
 */
import { formMessages } from '../../../shop/forms/messages.ts';
import { readChoices } from '../../../shop/rows/choices.ts';
import { lockRows, setSortNo, updateRows } from '../../../shop/rows/write.ts';
import { linkProducts, unlinkProducts } from '../../../shop/store/category-links.ts';
import type { MutationContext } from '../../mutation.ts';
import { invalid } from '../arguments.ts';
import {
  above,
  below,
  type CategoryTree,
  depthBelow,
  MOST_LEVELS,
  placesAfterMove,
} from './category-tree.ts';

/** Locks all categories; those of a shop are few. */
export async function lockTree(context: MutationContext): Promise<CategoryTree> {
  const ids = [...(await readChoices(context, context.registry, 'Category')).keys()];
  if (ids.length === 0) return new Map();
  await lockRows(context, 'Category', ['id'], { id: ids });
  // Read behind the lock: one that was added while this writer waited for it belongs to the tree.
  const all = [...(await readChoices(context, context.registry, 'Category')).keys()];
  const rows = await lockRows(context, 'Category', ['id', 'Parent', 'hierarchy', 'sort_no'], { id: all });
  return new Map(
    rows.map(({ id, Parent, hierarchy, sort_no }) => [
      Number(id),
      {
        id: Number(id),
        parent: Parent === null ? null : Number(Parent),
        hierarchy: Number(hierarchy),
        sortNo: Number(sort_no),
      },
    ]),
  );
}

/** The level of what lies right under `parent`. Throws NOT_FOUND, and INVALID when that is too deep for `levels` of them. */
export function levelUnder(
  { locale }: MutationContext,
  tree: CategoryTree,
  parent: number | null,
  levels = 1,
): number {
  if (parent !== null && !tree.has(parent)) throw invalid('parent_id', 'No Category found', 'NOT_FOUND');
  const level = parent === null ? 1 : above(tree, parent).length + 2;
  if (level + levels - 1 > MOST_LEVELS) {
    throw invalid('parent_id', formMessages.categoryTooDeep(MOST_LEVELS)[locale]);
  }
  return level;
}

export async function moveCategory(
  context: MutationContext,
  tree: CategoryTree,
  id: number,
  parent: number | null,
): Promise<void> {
  const branch = below(tree, id);
  if (parent !== null && branch.includes(parent)) {
    throw invalid('parent_id', formMessages.categoryInItself[context.locale]);
  }
  const level = levelUnder(context, tree, parent, depthBelow(tree, id));
  await updateRows(context, 'Category', { id }, { Parent: parent });
  await writeLevels(context, tree, branch, level);
  for (const [row, sortNo] of placesAfterMove(tree, id, parent)) {
    await setSortNo(context, 'Category', row, sortNo);
  }
  await moveProducts(context, tree, id, parent);
}

async function writeLevels(
  context: MutationContext,
  tree: CategoryTree,
  branch: readonly number[],
  level: number,
): Promise<void> {
  const top = above(tree, branch[0] as number).length;
  for (const id of branch) {
    const hierarchy = level + above(tree, id).length - top;
    if (tree.get(id)?.hierarchy !== hierarchy) await updateRows(context, 'Category', { id }, { hierarchy });
  }
}

async function moveProducts(
  context: MutationContext,
  tree: CategoryTree,
  id: number,
  parent: number | null,
): Promise<void> {
  const branch = below(tree, id);
  const before = new Set(above(tree, id));
  const now = new Set(parent === null ? [] : [parent, ...above(tree, parent)]);
  for (const category of now.difference(before)) await linkProducts(context.db, branch, category);
  for (const category of before.difference(now)) {
    const others = below(tree, category).filter((one) => one !== category && !branch.includes(one));
    await unlinkProducts(context.db, branch, category, others);
  }
}
