/**
 * Tells whether what was read may have changed since: by statements of this connection, which are counted by the tables that they
 * name, or by any other connection or process, which SQLite itself tells (`data_version`).
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';

const EVERYTHING = 'everything';

/** Begins, ends and reads: they change no row. What takes rows back is not among them. */
const WITHOUT_WRITES = /^\s*(?:select|explain|pragma|begin|savepoint|release|commit)\b/i;
const PLAIN_INSERT = /^\s*insert\s+into\b(?!.*\bdo\s+update\b)/is;
const CHANGE = /^\s*(?:insert|update|delete|replace)\b/i;

/** What a statement may write: `tegata_x`, or `new tegata_x` where it only adds rows. */
export function writtenBy(sql: string): readonly string[] {
  if (WITHOUT_WRITES.test(sql)) return [];
  if (!CHANGE.test(sql)) return [EVERYTHING];
  const tables = [...new Set(sql.match(/\btegata_\w+/g))];
  return PLAIN_INSERT.test(sql) ? tables.map((table) => `new ${table}`) : tables;
}

export class SqliteMarks {
  readonly #version: StatementSync;
  #lastVersion: unknown;
  /** All that was counted only grows, so that a sum of counts tells whether one has. */
  readonly #counts = new Map<string, number>();
  #all = 0;
  #looked = false;

  constructor(database: DatabaseSync) {
    this.#version = database.prepare('pragma data_version');
  }

  note(written: readonly string[]): void {
    for (const name of written) {
      if (name === EVERYTHING) this.#all += 1;
      else this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    }
  }

  noteAll(): void {
    this.#all += 1;
  }

  /** A number that grows as soon as what is named, as `writtenBy` does, may have been written or taken back. */
  standOf(written: readonly string[]): number {
    if (!this.#looked) this.#look();
    let stand = this.#all;
    for (const name of written) stand += this.#counts.get(name) ?? 0;
    return stand;
  }

  /**
   * Once in a turn of the event loop, which does not wait meanwhile: SQLite locks a file to tell it, and unlocks it (6 µs). What
   * another process commits in the middle of a turn is seen by the next.
   */
  #look(): void {
    const version = this.#version.get()?.data_version;
    if (version !== this.#lastVersion) this.#all += 1;
    this.#lastVersion = version;
    this.#looked = true;
    setImmediate(() => {
      this.#looked = false;
    });
  }
}
