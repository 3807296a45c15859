/** Statements of one SQLite database, prepared once and kept. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { CompiledQuery, QueryResult } from 'kysely';
import { LRUCache } from 'lru-cache';
import { noteOutage } from '../../outage.ts';
import { sqliteOutage } from '../outages.ts';

const KEPT = 500; // statements

type Prepared = { readonly statement: StatementSync; readonly returnsRows: boolean };

export class SqliteStatements {
  readonly #database: DatabaseSync;
  readonly #known = new LRUCache<string, Prepared>({ max: KEPT });

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  returnsRows(sql: string): boolean {
    return this.#prepare(sql).returnsRows;
  }

  run<R>(query: CompiledQuery): QueryResult<R> {
    try {
      const { statement, returnsRows } = this.#prepare(query.sql);
      const values = query.parameters.map(bindable);
      if (returnsRows) return { rows: statement.all(...values) as R[] };
      const { changes, lastInsertRowid } = statement.run(...values);
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    } catch (error) {
      noteOutage(error, sqliteOutage);
      throw error;
    }
  }

  iterate<R>(query: CompiledQuery): Iterable<R> {
    return this.#prepare(query.sql).statement.iterate(...query.parameters.map(bindable)) as Iterable<R>;
  }

  #prepare(sql: string): Prepared {
    const known = this.#known.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    const prepared = { statement, returnsRows: statement.columns().length > 0 };
    this.#known.set(sql, prepared);
    return prepared;
  }
}

function bindable(value: unknown): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return (value ?? null) as SQLInputValue;
}
