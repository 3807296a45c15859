/**
 * What the responses under way hold in memory, in characters: of one request against its own limit, of all requests of
 * this process together against a few times that. Characters are counted because they are free; a text has at least as
 * many bytes, so nothing is refused that would have fitted.
 */
import type { Breach } from './limits.ts';

const STEP = 65_536; // characters; all answers together are looked at this seldom
const FULL_ANSWERS = 8; // of the largest size, in memory at once; each is there as rows and as text

/** Of all requests of this process. */
export class ResultMemory {
  readonly most: number;
  held = 0;
  constructor(resultBytes: number) {
    this.most = FULL_ANSWERS * Math.max(resultBytes, STEP);
  }
}

type Broken = (breach: Breach | 'busy') => Error;

/** Of one request. */
export class ResultMeter {
  readonly #memory: ResultMemory;
  readonly #most: number;
  readonly #broken: Broken;
  #counted = 0;
  #held = 0;
  #isOver = false;

  constructor(memory: ResultMemory, most: number, broken: Broken) {
    this.#memory = memory;
    this.#most = most;
    this.#broken = broken;
  }

  /** @throws when they are too many. */
  add(characters: number): void {
    this.#counted += characters;
    if (this.#counted > this.#held + STEP || this.#counted > this.#most) this.#hold();
  }

  /** To be called when the response has left. What still works for it then holds nothing any more: nothing would give it back. */
  release(): void {
    this.#isOver = true;
    this.#memory.held -= this.#held;
    this.#held = 0;
  }

  #hold(): void {
    if (this.#counted > this.#most) throw this.#broken('resultBytes');
    if (this.#isOver) return;
    const more = this.#counted - this.#held;
    if (this.#memory.held + more > this.#memory.most) throw this.#broken('busy');
    this.#memory.held += more;
    this.#held += more;
  }
}
