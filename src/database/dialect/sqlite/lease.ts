import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type { SqliteGroup } from './group.ts';
import type { SqliteStatements } from './statements.ts';
import type { LockWait, SqliteTurns } from './turns.ts';

/** One holder's turn with the database. */
export class SqliteLease implements DatabaseConnection {
  readonly #statements: SqliteStatements;
  readonly #group: SqliteGroup;
  readonly #turns: SqliteTurns;
  /** `alone`: the transaction is the group itself; `savepoint`: it is part of a group that others have written in. */
  transaction: 'alone' | 'savepoint' | undefined;
  #over = false;
  #opening: LockWait;

  constructor(statements: SqliteStatements, group: SqliteGroup, turns: SqliteTurns) {
    this.#statements = statements;
    this.#group = group;
    this.#turns = turns;
  }

  /** Passes the turn on, behind a statement that waits for another process; a second call does nothing. */
  end(): void {
    if (this.#over) return;
    if (this.#opening) {
      const end = () => this.end();
      this.#opening.then(end, end);
      return;
    }
    this.#over = true;
    this.transaction = undefined;
    this.#turns.passOn();
  }

  /** Runs at once unless it waits; what it has written outside of a transaction is on the disk when the result has come. */
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.transaction && !this.#group.isOpen) throw new Error('the transaction has been undone');
    if (this.transaction || this.#statements.returnsRows(query.sql)) return this.run<R>(query);
    if (this.#over) throw new Error('a statement after the transaction of its connection');
    this.#opening ??= this.#turns
      .whenFree(() => this.#group.open())
      ?.finally(() => {
        this.#opening = undefined;
      });
    if (this.#opening) await this.#opening;
    const result = this.run<R>(query);
    await this.#group.committed();
    return result;
  }

  run<R>(query: CompiledQuery): QueryResult<R> {
    try {
      return this.#statements.run<R>(query);
    } catch (error) {
      this.#group.noteFailure(error);
      throw error;
    }
  }

  /** A write of a transaction; says how many rows it has changed. */
  change(query: CompiledQuery): number {
    try {
      return this.#statements.change(query);
    } catch (error) {
      this.#group.noteFailure(error);
      throw error;
    }
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    for (const row of this.#statements.iterate<R>(query)) yield { rows: [row] };
  }
}
