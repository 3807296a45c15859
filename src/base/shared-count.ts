/**
 * Counts that several processes keep together: each counts for itself, says now and then what it has counted, and hears
 * what all have. Nothing waits for the others: while they cannot be reached, each goes by what it knows.
 */

export type SharedTotal = {
  /** Of all processes, since the window began. */
  readonly total: number;
  readonly msLeft: number;
};

/** Where the counts come together. */
export type SharedCounter = {
  /** Adds to a count, which begins again when its window is over. Rejects when the place cannot be reached. */
  add(key: string, points: number, windowSeconds: number): Promise<SharedTotal>;
};

const TELL_MS = 50; // so much of others' counting a process may be behind, and the way there

/** `told`: what of the total this process has just added; `since`: what it has counted meanwhile. */
type Heard = (key: string, all: SharedTotal, own: { readonly told: number; readonly since: number }) => void;

/** What one kind of count has to say to the others. */
export class SharedCounts {
  readonly #counter: SharedCounter;
  readonly #windowSeconds: number;
  readonly #heard: Heard;
  #untold = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(counter: SharedCounter, windowSeconds: number, heard: Heard) {
    this.#counter = counter;
    this.#windowSeconds = windowSeconds;
    this.#heard = heard;
  }

  count(key: string, points: number): void {
    this.#untold.set(key, (this.#untold.get(key) ?? 0) + points);
    this.#timer ??= setTimeout(() => void this.#tell(), TELL_MS).unref();
  }

  /** All counts of one round go out together. What could not be told is forgotten: the limit then holds for each process. */
  async #tell(): Promise<void> {
    const round = this.#untold;
    this.#untold = new Map();
    await Promise.allSettled(
      [...round].map(async ([key, points]) => {
        const all = await this.#counter.add(key, points, this.#windowSeconds);
        this.#heard(key, all, { told: points, since: this.#untold.get(key) ?? 0 });
      }),
    );
    this.#timer = undefined;
    if (this.#untold.size > 0) this.#timer = setTimeout(() => void this.#tell(), TELL_MS).unref();
  }
}
