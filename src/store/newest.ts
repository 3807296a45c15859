/** The first of many in the usual order of lists, newest first and then the higher id, without sorting them all. */
export type Updated = { readonly id: number; readonly updatedAt: number };

const comesBefore = (a: Updated, b: Updated): boolean =>
  a.updatedAt === b.updatedAt ? a.id > b.id : a.updatedAt > b.updatedAt;

/** Ids in order, `count` at the most; only of what comes behind `behind`. */
export function newestOf(all: Iterable<Updated>, count: number, behind?: Updated): number[] {
  const first: Updated[] = [];
  for (const one of all) {
    if (behind && !comesBefore(behind, one)) continue;
    const last = first[count - 1];
    if (last && !comesBefore(one, last)) continue;
    first.splice(placeOf(first, one), 0, one);
    if (first.length > count) first.pop();
  }
  return first.map(({ id }) => id);
}

function placeOf(sorted: readonly Updated[], one: Updated): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle] && comesBefore(sorted[middle], one)) from = middle + 1;
    else to = middle;
  }
  return from;
}
