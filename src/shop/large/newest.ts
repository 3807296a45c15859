/** The first of many products in the usual order of lists, newest first and then the higher id, without sorting them all. */
export type Updated = { readonly id: number; readonly at: number };

/** `count` ids at the most, in order; only of what comes behind `behind`. `updatedAt`: epoch seconds by id. */
export function newestOf(
  ids: Iterable<number>,
  updatedAt: readonly number[],
  count: number,
  behind?: Updated,
): number[] {
  const first: number[] = [];
  let last: Updated | undefined; // of as many as are wanted
  for (const id of ids) {
    const at = updatedAt[id] ?? 0;
    if (behind && !comesBefore(behind.at, behind.id, at, id)) continue;
    if (last && !comesBefore(at, id, last.at, last.id)) continue;
    first.splice(placeOf(first, updatedAt, id), 0, id);
    if (first.length > count) first.pop();
    const end = first[count - 1];
    last = end === undefined ? undefined : { id: end, at: updatedAt[end] ?? 0 };
  }
  return first;
}

const comesBefore = (at: number, id: number, otherAt: number, otherId: number): boolean =>
  at === otherAt ? id > otherId : at > otherAt;

function placeOf(sorted: readonly number[], updatedAt: readonly number[], id: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = sorted[middle] ?? 0;
    if (comesBefore(updatedAt[other] ?? 0, other, updatedAt[id] ?? 0, id)) from = middle + 1;
    else to = middle;
  }
  return from;
}
