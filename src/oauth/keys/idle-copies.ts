import { createPrivateKey, type KeyObject, type webcrypto } from 'node:crypto';

const MOST_COPIES = 64; // of a private key; signatures beyond that wait for each other

type Algorithm = Parameters<KeyObject['toCryptoKey']>[0];

/**
 * Copies of one private key that no signature is being made with. Node locks a key while a thread signs with it, and the
 * event loop waits for that lock when it hands over the next signature: with one key for all it is blocked for up to a whole signature.
 */
export class IdleCopies {
  readonly #original: KeyObject;
  readonly #algorithm: Algorithm;
  readonly #idle: webcrypto.CryptoKey[] = [];
  #shared: webcrypto.CryptoKey | undefined;
  #made = 0;

  constructor(original: KeyObject, algorithm: Algorithm) {
    this.#original = original;
    this.#algorithm = algorithm;
  }

  /** Hand the copy back by `put`. */
  take(): webcrypto.CryptoKey {
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#made >= MOST_COPIES) {
      this.#shared ??= this.#usable(this.#original);
      return this.#shared;
    }
    this.#made += 1;
    return this.#usable(createPrivateKey(this.#original.export({ type: 'pkcs8', format: 'pem' })));
  }

  put(copy: webcrypto.CryptoKey): void {
    if (copy !== this.#shared) this.#idle.push(copy);
  }

  #usable(key: KeyObject): webcrypto.CryptoKey {
    return key.toCryptoKey(this.#algorithm, false, ['sign']);
  }
}
