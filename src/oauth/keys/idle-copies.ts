import { createPrivateKey, type KeyObject } from 'node:crypto';

const MOST_COPIES = 64; // of a private key; signatures beyond that wait for each other

/**
 * Copies of one private key that no signature is being made with. Node locks a key while a thread signs with it, and the
 * event loop waits for that lock when it hands over the next signature: with one key for all it is blocked for up to a whole signature.
 */
export class IdleCopies {
  readonly #original: KeyObject;
  readonly #idle: KeyObject[] = [];
  #made = 0;

  constructor(original: KeyObject) {
    this.#original = original;
  }

  /** Hand the copy back by `put`. */
  take(): KeyObject {
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#made >= MOST_COPIES) return this.#original;
    this.#made += 1;
    return createPrivateKey(this.#original.export({ type: 'pkcs8', format: 'pem' }));
  }

  put(copy: KeyObject): void {
    if (copy !== this.#original) this.#idle.push(copy);
  }
}
