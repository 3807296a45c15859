/**
 * Statements of the hot path, built and compiled once per database and run again with new values: building a Kysely
 * expression costs more than running it.
 */
import type { Compilable, CompiledQuery, QueryResult } from 'kysely';
import { DirectExecutor } from './dialect/sqlite/direct.ts';
import type { Db } from './open.ts';

class Slot {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

export type PreparedStatement<P extends object, R> = {
  (db: Db, values: P): Promise<QueryResult<R>>;
  /** The statement with these values, for others to run. */
  bind(db: Db, values: P): CompiledQuery<R>;
};

/** `build` is called once per database with stand-ins for the values; the result runs with the values themselves. */
export function prepared<P extends object, R>(
  build: (db: Db, values: P) => Compilable<R>,
): PreparedStatement<P, R> {
  const known = new WeakMap<object, CompiledQuery<R>>();
  const slots = new Proxy({}, { get: (_, name) => new Slot(String(name)) }) as P;
  const bind = (db: Db, values: P): CompiledQuery<R> => {
    const { adapter } = db.getExecutor();
    let compiled = known.get(adapter);
    if (!compiled) {
      compiled = build(db, slots).compile();
      known.set(adapter, compiled);
    }
    const { query, queryId, sql, parameters } = compiled;
    const lookup = values as Record<string, unknown>;
    return {
      query,
      queryId,
      sql,
      parameters: parameters.map((one) => (one instanceof Slot ? lookup[one.name] : one)),
    };
  };
  return Object.assign((db: Db, values: P) => runCompiled(db, bind(db, values)), { bind });
}

/** Without Kysely's turns for plugins and cancellation, of which there are none. */
export function runCompiled<R>(db: Db, query: CompiledQuery<R>): Promise<QueryResult<R>> {
  const executor = db.getExecutor();
  return executor instanceof DirectExecutor
    ? executor.executeQuery<R>(query)
    : executor.provideConnection((connection) => connection.executeQuery<R>(query));
}

/** How many rows a write has changed. */
export const changed = (result: { numAffectedRows?: bigint }): number => Number(result.numAffectedRows ?? 0n);
