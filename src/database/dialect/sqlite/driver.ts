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
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { SqliteGroup } from './group.ts';
import { SqliteLease } from './lease.ts';
import { SqliteStatements } from './statements.ts';
import { type LockWait, SqliteTurns } from './turns.ts';

const BUSY_TIMEOUT_MS = 5_000; // of a statement that begins no write; those rarely wait

/**
 * `temp_store`: what a savepoint must remember stays in memory; else every transaction of a dozen pages makes and removes
 * a file for it. `wal_autocheckpoint`: 40 MB of changed pages, since the same pages change over and over.
 * `cache_size`: up to 8 MB of pages. The 2 MB of the default hold the tokens of a few minutes; 16 and 64 MB answered no faster and
 * stayed with the process.
 */
const SETTINGS = `
  pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = off;
  pragma temp_store = memory; pragma wal_autocheckpoint = 10000; pragma cache_size = -8192`;

export class SqliteDriver implements Driver {
  readonly #file: string;
  #database: DatabaseSync | undefined;
  #statements: SqliteStatements | undefined;
  #group: SqliteGroup | undefined;
  readonly #turns: SqliteTurns;

  constructor(file: string) {
    this.#file = file;
    this.#turns = new SqliteTurns(file);
  }

  async init(): Promise<void> {
    const database = new DatabaseSync(this.#file, { timeout: BUSY_TIMEOUT_MS });
    database.exec(SETTINGS);
    const statements = new SqliteStatements(database);
    this.#database = database;
    this.#statements = statements;
    // `immediate` takes the write lock at once: a read that later turns into a write could otherwise fail as busy.
    const run = (sql: string) => void statements.run(CompiledQuery.raw(sql));
    this.#group = new SqliteGroup(
      () => withoutWaiting(database, () => run('begin immediate')),
      run,
      () => database.isTransaction,
    );
  }

  get isOpen(): boolean {
    return this.#database !== undefined;
  }

  standOf(written: readonly string[]): number | undefined {
    return this.#statements?.standOf(written);
  }

  /** A turn for who does not wait, when it is free. */
  takeFree(): SqliteLease | undefined {
    if (!this.#statements || !this.#group || !this.#turns.takeFree()) return undefined;
    return new SqliteLease(this.#statements, this.#group, this.#turns);
  }

  async acquireConnection(): Promise<SqliteLease> {
    const free = this.takeFree();
    if (free) return free;
    await this.#turns.take();
    if (!this.#statements || !this.#group) {
      this.#turns.passOn();
      throw new Error('the database is not open');
    }
    return new SqliteLease(this.#statements, this.#group, this.#turns);
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
    await this.begin(connection);
  }

  begin(connection: DatabaseConnection): LockWait {
    const lease = leaseOf(connection);
    return this.#turns.whenFree(() => {
      lease.transaction = this.#opened().hold() ? 'alone' : 'savepoint';
      if (lease.transaction === 'savepoint') lease.run(SAVEPOINT);
    });
  }

  /** Resolves when the disk has it; until then others go on. */
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const lease = leaseOf(connection);
    if (lease.transaction && !this.#opened().isOpen) throw new Error('the transaction has been undone');
    if (lease.transaction === 'savepoint') lease.run(RELEASE);
    await this.#leave(lease);
  }

  /** The same, and the group with it, before the turn of the event loop is over. */
  async commitAtOnce(connection: DatabaseConnection): Promise<void> {
    const committed = this.commitTransaction(connection);
    this.#opened().commitNow();
    await committed;
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
  async #leave(lease: SqliteLease): Promise<void> {
    const committed = this.#opened().committed();
    this.#opened().letGo();
    lease.end();
    await committed;
  }

  async destroy(): Promise<void> {
    await this.#turns.takeLast(); // those who have the turn, or wait for it, still write
    await this.#group?.committed().catch(() => {}); // its writers hear of it
    this.#database?.close();
    this.#database = undefined;
    this.#statements = undefined;
    this.#turns.passOn();
  }

  #opened(): SqliteGroup {
    if (!this.#group) throw new Error('the database is not open');
    return this.#group;
  }
}

function withoutWaiting(database: DatabaseSync, work: () => void): void {
  database.exec('pragma busy_timeout = 0');
  try {
    work();
  } finally {
    database.exec(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}`);
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

function leaseOf(connection: DatabaseConnection): SqliteLease {
  if (connection instanceof SqliteLease) return connection;
  throw new Error('a connection of another driver');
}

export const sqliteDialect = (file: string, driver = new SqliteDriver(file)): Dialect => ({
  createDriver: () => driver,
  createQueryCompiler: () => new SqliteQueryCompiler(),
  createAdapter: () => new SharedAdapter(),
  createIntrospector: (db) => new SqliteIntrospector(db),
});
