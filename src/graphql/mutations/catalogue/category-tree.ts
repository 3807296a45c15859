/** The tree of categories, and what follows when one of them moves. Pure. */

export type CategoryRow = {
  readonly id: number;
  readonly parent: number | null;
  /** 1 at the top. */
  readonly hierarchy: number;
  readonly sortNo: number;
};

export type CategoryTree = ReadonlyMap<number, CategoryRow>;

export const MOST_LEVELS = 5; // eccube_category_nest_level

/** The rows above `id`, the nearest first. A tree that CSV files have tied into a ring ends where it began. */
export function above(tree: CategoryTree, id: number | null): number[] {
  const found: number[] = [];
  let next = id === null ? null : (tree.get(id)?.parent ?? null);
  while (next !== null && !found.includes(next)) {
    found.push(next);
    next = tree.get(next)?.parent ?? null;
  }
  return found;
}

/** `id` and all rows below it. */
export function below(tree: CategoryTree, id: number): number[] {
  const found = new Set([id]);
  for (const one of found) {
    for (const { id: child, parent } of tree.values()) if (parent === one) found.add(child);
  }
  return [...found];
}

/** How many levels `id` and what is below it take. */
export function depthBelow(tree: CategoryTree, id: number): number {
  const rows = new Set(below(tree, id));
  const depth = (one: number): number => above(tree, one).filter((row) => rows.has(row)).length + 1;
  return Math.max(...[...rows].map(depth));
}

/**
 * The places of all rows whose place changes when `id`, and what is below it, comes to stand right under `parent`, or
 * before all others at the top: the present places, given in the new order.
 */
export function placesAfterMove(
  tree: CategoryTree,
  id: number,
  parent: number | null,
): ReadonlyMap<number, number> {
  const order = [...tree.values()].sort((a, b) => b.sortNo - a.sortNo || a.id - b.id);
  const moving = new Set(below(tree, id));
  const moved = order.filter((row) => moving.has(row.id));
  const rest = order.filter((row) => !moving.has(row.id));
  const at = parent === null ? 0 : rest.findIndex((row) => row.id === parent) + 1;
  const wanted = [...rest.slice(0, at), ...moved, ...rest.slice(at)];
  const changed = wanted
    .map((row, i) => [row, order[i]?.sortNo ?? row.sortNo] as const)
    .filter(([row, place]) => row.sortNo !== place);
  return new Map(changed.map(([row, place]) => [row.id, place]));
}
