/**
 * Texts in a statement for MySQL and MariaDB, written so that they mean the same under every `sql_mode`: in one mode `\'`
 * is a quote within the text, in another it ends the text. The session's mode is ours; this holds when it is not.
 */

/** What a text must not hold between quotes: `\`, the end of a text in C and the end of a file in Windows. */
const UNSAFE = ['\\', '\0', '\x1a'] as const;

class Literal {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  /** mysql2 puts the answer into the statement as it is. */
  toSqlString(): string {
    if (!UNSAFE.some((character) => this.#text.includes(character)))
      return `'${this.#text.replaceAll(`'`, `''`)}'`;
    return `_utf8mb4 x'${Buffer.from(this.#text.toWellFormed()).toString('hex')}'`;
  }
}

/** A parameter as mysql2 takes it. A list or an object would become several values, or conditions. */
export function bindable(value: unknown): unknown {
  if (typeof value === 'string') return new Literal(value);
  if (value === null || value === undefined || Buffer.isBuffer(value)) return value;
  if (typeof value === 'object' && !(value instanceof Date)) throw new TypeError('no value for a statement');
  return value;
}
