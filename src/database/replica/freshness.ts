/**
 * How old what a standby shows may be: from samples of how far the primary's log had come, and from how far the standby has
 * carried it out. By one clock, this process's, so neither server's clock, an idle shop nor a receiver that hangs deceives it.
 */

type Sample = { readonly atMs: number; readonly written: bigint };

const MOST_SAMPLES = 512;

export class Freshness {
  #samples: Sample[] = [];
  /** Between two samples; a standby that is far behind is told coarsely how far. */
  #stepMs = 0;
  #reachedAtMs: number | undefined;

  /** `atMs`: when the primary was asked; what was committed before it lies before `written`. */
  wrote(atMs: number, written: bigint): void {
    if (atMs - (this.#samples.at(-1)?.atMs ?? -Infinity) < this.#stepMs) return;
    this.#samples.push({ atMs, written });
    if (this.#samples.length <= MOST_SAMPLES) return;
    this.#samples = this.#samples.filter((_, i) => i % 2 === 0);
    this.#stepMs = atMs - (this.#samples.at(-2)?.atMs ?? atMs);
  }

  replayed(position: bigint): void {
    const reached = this.#samples.filter(({ written }) => written <= position);
    const atMs = reached.at(-1)?.atMs;
    if (atMs === undefined) return;
    this.#samples = this.#samples.filter(({ written }) => written > position);
    if (this.#samples.length === 0) this.#stepMs = 0;
    this.#reachedAtMs = Math.max(atMs, this.#reachedAtMs ?? atMs);
  }

  /** Milliseconds by which the standby may be behind at `nowMs`; undefined = it has never been seen to follow. */
  lagMs(nowMs: number): number | undefined {
    return this.#reachedAtMs === undefined ? undefined : nowMs - this.#reachedAtMs;
  }

  /** Whatever it has carried out, it is not, or no more, a standby of this primary. */
  forget(): void {
    this.#samples = [];
    this.#reachedAtMs = undefined;
  }
}
