/** What is to happen, in the order of its time: a binary heap; of two things at one time, the one put down first. */

type Entry = { readonly atMs: number; readonly nth: number; readonly act: () => void };

const isBefore = (one: Entry, other: Entry): boolean =>
  one.atMs < other.atMs || (one.atMs === other.atMs && one.nth < other.nth);

export class Agenda {
  nowMs = 0;
  #count = 0;
  readonly #heap: Entry[] = [];

  at(atMs: number, act: () => void): void {
    this.#count += 1;
    const entry = { atMs, nth: this.#count, act };
    const heap = this.#heap;
    let place = heap.push(entry) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above] as Entry;
      if (!isBefore(entry, parent)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = entry;
  }

  /** Runs what is to happen before `untilMs`. */
  run(untilMs: number): void {
    for (let next = this.#heap[0]; next && next.atMs < untilMs; next = this.#heap[0]) {
      this.#removeFirst();
      this.nowMs = next.atMs;
      next.act();
    }
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop() as Entry;
    if (heap.length === 0) return;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= heap.length) break;
      const [left, right] = [heap[below] as Entry, heap[below + 1]];
      if (right && isBefore(right, left)) below += 1;
      const child = heap[below] as Entry;
      if (!isBefore(child, last)) break;
      heap[place] = child;
      place = below;
    }
    heap[place] = last;
  }
}
