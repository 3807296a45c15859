/** Statements of one SQLite database, prepared once and kept. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { CompiledQuery, QueryResult } from 'kysely';
import { LRUCache } from 'lru-cache';
import { noteOutage } from '../../outage.ts';
import { sqliteOutage } from '../outages.ts';
import { SqliteMarks, writtenBy } from './marks.ts';

const KEPT = 500; // statements

type Prepared = {
  readonly statement: StatementSync;
  readonly returnsRows: boolean;
  readonly written: readonly string[];
};

export class SqliteStatements {
  readonly #database: DatabaseSync;
  readonly #known = new LRUCache<string, Prepared>({ max: KEPT });
  readonly #marks: SqliteMarks;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#marks = new SqliteMarks(database);
  }

  standOf(written: readonly string[]): number {
    return this.#marks.standOf(written);
  }

  returnsRows(sql: string): boolean {
    return this.#prepare(sql).returnsRows;
  }

  run<R>(query: CompiledQuery): QueryResult<R> {
    try {
      const prepared = this.#prepare(query.sql);
      this.#marks.note(prepared.written);
      const values = query.parameters.map(bindable);
      if (prepared.returnsRows) return { rows: prepared.statement.all(...values) as R[] };
      const { changes, lastInsertRowid } = prepared.statement.run(...values);
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** How many rows a write has changed. */
  change(query: CompiledQuery): number {
    try {
      const { statement, written } = this.#prepare(query.sql);
      this.#marks.note(written);
      return Number(statement.run(...query.parameters.map(bindable)).changes);
    } catch (error) {
      throw this.#failed(error);
    }
  }

  iterate<R>(query: CompiledQuery): Iterable<R> {
    return this.#prepare(query.sql).statement.iterate(...query.parameters.map(bindable)) as Iterable<R>;
  }

  /** It may have taken more back than what it wrote itself. */
  #failed(error: unknown): unknown {
    this.#marks.noteAll();
    noteOutage(error, sqliteOutage);
    return error;
  }

  #prepare(sql: string): Prepared {
    const known = this.#known.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    const prepared = { statement, returnsRows: statement.columns().length > 0, written: writtenBy(sql) };
    this.#known.set(sql, prepared);
    return prepared;
  }
}

function bindable(value: unknown): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return (value ?? null) as SQLInputValue;
}
