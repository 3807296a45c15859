/**
 * Statements that come again and again get a name, so that the server parses and plans each once per connection.
 * Only a statement with parameters is worth a name, and only from its third run on; the number of names is bounded,
 * since every connection keeps every one of them. A name is drawn from the text: should two programs meet in one session,
 * the same name means the same statement.
 */
import { LRUCache } from 'lru-cache';
import { sha256Hex } from '../../../base/bytes.ts';

const RUNS_BEFORE_NAMED = 2;
const MOST_NAMES = 200;
const MOST_COUNTED = 2_000; // texts whose runs are counted
const NAME_DIGITS = 32; // of the hash; PostgreSQL takes 63 bytes

/** "cached plan must not change result type": the table has changed under the statement. */
const OUTDATED = '0A000';
/** The session does not know the name, or knows it already: it is not the one that it was. */
const STRANGE: ReadonlySet<unknown> = new Set(['26000', '42P05']);

export class StatementNames {
  readonly #names = new Map<string, string>();
  readonly #runs = new LRUCache<string, number>({ max: MOST_COUNTED });
  readonly #generations = new Map<string, number>();
  readonly #unnamed = new Set<string>();

  of(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= MOST_NAMES || this.#unnamed.has(text)) return known;
    const count = (this.#runs.get(text) ?? 0) + 1;
    this.#runs.set(text, count);
    if (count <= RUNS_BEFORE_NAMED) return undefined;
    this.#runs.delete(text);
    const name = `tegata_${sha256Hex(text).slice(0, NAME_DIGITS)}_${this.#generations.get(text) ?? 0}`;
    this.#names.set(text, name);
    return name;
  }

  /** Whether a failure comes from the name; then the text loses it. */
  isToBlame(text: string, error: unknown): boolean {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === OUTDATED) this.#generations.set(text, (this.#generations.get(text) ?? 0) + 1);
    else if (STRANGE.has(code)) this.#unnamed.add(text);
    else return false;
    this.#names.delete(text);
    return true;
  }
}
