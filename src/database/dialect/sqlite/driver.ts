/**
 * Kysely's driver for the SQLite that is built into Node, with one connection and group commit.
 *
 *   lease ─ begin ─ statements ─ commit ┐            (the first has the group to itself, each later one a savepoint in it;
 *                                       │             the lease goes on to the next at once)
 *   lease ─ begin ─ statements ─ commit ┤
 *   lease ─ one write of its own ───────┴─ setImmediate ─ commit of the group ─ all of them are answered
 *
 * A durable commit costs far more than the statements in it, so the writes of one turn of the event loop share one. No one
 * is answered before the disk has it; if the commit fails, all of them fail. One holder at a time: no statement of another
 * request slips into a transaction. Statements are prepared once.
 */
import { DatabaseSync } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { SqliteGroup } from './group.ts';
import { SqliteStatements } from './statements.ts';

const BUSY_TIMEOUT_MS = 5_000; // wait for another process's write

/**
 * `temp_store`: what a savepoint must remember stays in memory; else every transaction of a dozen pages makes and removes
 * a file for it. `wal_autocheckpoint`: 40 MB of changed pages, since the same pages change over and over.
 * `cache_size`: up to 64 MB of pages; the 2 MB of the default hold the tokens of a few minutes.
 */
const SETTINGS = `
  pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = off;
  pragma temp_store = memory; pragma wal_autocheckpoint = 10000; pragma cache_size = -65536`;

/** One holder's turn with the database. */
class Lease implements DatabaseConnection {
  readonly #statements: SqliteStatements;
  readonly #group: SqliteGroup;
  readonly #release: () => void;
  /** `alone`: the transaction is the group itself; `savepoint`: it is part of a group that others have written in. */
  transaction: 'alone' | 'savepoint' | undefined;
  #over = false;

  constructor(statements: SqliteStatements, group: SqliteGroup, release: () => void) {
    this.#statements = statements;
    this.#group = group;
    this.#release = release;
  }

  /** Passes the turn on; a second call does nothing. */
  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.transaction = undefined;
    this.#release();
  }

  /** Runs at once; what it has written outside of a transaction is on the disk when the result has come. */
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.transaction && !this.#group.isOpen) throw new Error('the transaction has been undone');
    if (this.transaction || this.#statements.returnsRows(query.sql)) return this.run<R>(query);
    if (this.#over) throw new Error('a statement after the transaction of its connection');
    this.#group.open();
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

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    for (const row of this.#statements.iterate<R>(query)) yield { rows: [row] };
  }
}

export class SqliteDriver implements Driver {
  readonly #file: string;
  #database: DatabaseSync | undefined;
  #statements: SqliteStatements | undefined;
  #group: SqliteGroup | undefined;
  #held = false;
  readonly #waiting: (() => void)[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  async init(): Promise<void> {
    const database = new DatabaseSync(this.#file, { timeout: BUSY_TIMEOUT_MS });
    database.exec(SETTINGS);
    const statements = new SqliteStatements(database);
    this.#database = database;
    this.#statements = statements;
    this.#group = new SqliteGroup(
      this.#file,
      (sql) => void statements.run(CompiledQuery.raw(sql)),
      () => database.isTransaction,
    );
  }

  get isOpen(): boolean {
    return this.#database !== undefined;
  }

  /** A turn for who does not wait, when it is free. */
  takeFree(): DatabaseConnection | undefined {
    if (this.#held || !this.#statements || !this.#group) return undefined;
    this.#held = true;
    return new Lease(this.#statements, this.#group, () => this.#passOn());
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const free = this.takeFree();
    if (free) return free;
    if (this.#held) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#held = true;
    if (!this.#statements || !this.#group) {
      this.#passOn();
      throw new Error('the database is not open');
    }
    return new Lease(this.#statements, this.#group, () => this.#passOn());
  }

  #passOn(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#held = false;
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.release(connection);
  }

  release(connection: DatabaseConnection): void {
    const lease = leaseOf(connection);
    if (lease.transaction) this.#opened().letGo(); // its end has failed
    lease.end();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    this.begin(connection);
  }

  begin(connection: DatabaseConnection): void {
    const lease = leaseOf(connection);
    lease.transaction = this.#opened().hold() ? 'alone' : 'savepoint';
    if (lease.transaction === 'savepoint') lease.run(SAVEPOINT);
  }

  /** Resolves when the disk has it; until then others go on. */
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const lease = leaseOf(connection);
    if (lease.transaction && !this.#opened().isOpen) throw new Error('the transaction has been undone');
    if (lease.transaction === 'savepoint') lease.run(RELEASE);
    await this.#leave(lease);
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    const lease = leaseOf(connection);
    if (!lease.transaction) return; // its commit has failed, and left nothing
    if (lease.transaction === 'alone' || !this.#opened().isOpen) {
      this.#opened().abandon();
      return lease.end();
    }
    lease.run(UNDO);
    lease.run(RELEASE);
    await this.#leave(lease);
  }

  /** Passes the turn on; resolves when the group is on the disk, and fails with it. */
  async #leave(lease: Lease): Promise<void> {
    const committed = this.#opened().committed();
    this.#opened().letGo();
    lease.end();
    await committed;
  }

  async destroy(): Promise<void> {
    const last = await this.acquireConnection(); // those who have the turn, or wait for it, still write
    await this.#group?.committed();
    this.#group?.leave();
    this.#database?.close();
    this.#database = undefined;
    this.#statements = undefined;
    this.release(last);
  }

  #opened(): SqliteGroup {
    if (!this.#group) throw new Error('the database is not open');
    return this.#group;
  }
}

const SAVEPOINT = CompiledQuery.raw('savepoint one');
const RELEASE = CompiledQuery.raw('release one');
const UNDO = CompiledQuery.raw('rollback to one');

/** The driver itself gives one holder a turn at a time; Kysely's own lock would hold it until the disk has answered. */
class SharedAdapter extends SqliteAdapter {
  // Kysely leaves it out. Migrations in one transaction: a broken one leaves nothing behind, and the second of two
  // processes waits and sees what the first has done.
  override get supportsTransactionalDdl(): boolean {
    return true;
  }

  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

function leaseOf(connection: DatabaseConnection): Lease {
  if (connection instanceof Lease) return connection;
  throw new Error('a connection of another driver');
}

export const sqliteDialect = (file: string, driver = new SqliteDriver(file)): Dialect => ({
  createDriver: () => driver,
  createQueryCompiler: () => new SqliteQueryCompiler(),
  createAdapter: () => new SharedAdapter(),
  createIntrospector: (db) => new SqliteIntrospector(db),
});
