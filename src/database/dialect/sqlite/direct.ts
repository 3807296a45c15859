/**
 * Kysely over the database that lies in this very process, without the waits that are for one on a network: between a compiled
 * statement and its result there would be a dozen promises, which cost several times what SQLite itself takes.
 */
import {
  type CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Dialect,
  type DialectAdapter,
  Kysely,
  type KyselyProps,
  type QueryCompiler,
  type QueryExecutor,
  type QueryResult,
  SingleConnectionProvider,
  Transaction,
  TransactionBuilder,
} from 'kysely';
import { SqliteDeeds } from './deeds.ts';
import type { SqliteDriver } from './driver.ts';

/** Its statements run at once, in the call. */
export abstract class DirectExecutor extends DefaultQueryExecutor {}

type Options = Parameters<DefaultQueryExecutor['executeQuery']>[1];

class TurnExecutor extends DirectExecutor {
  readonly #driver: SqliteDriver;

  constructor(usual: QueryExecutor, compiler: QueryCompiler, driver: SqliteDriver) {
    super(compiler, usual.adapter, usual);
    this.#driver = driver;
  }

  override async executeQuery<R>(query: CompiledQuery, options?: Options): Promise<QueryResult<R>> {
    if (!this.#driver.isOpen || options?.signal) return super.executeQuery<R>(query, options);
    const lease = this.#driver.takeFree() ?? (await this.#driver.acquireConnection());
    const result = lease.executeQuery<R>(query);
    // It has run, or has the turn until it has; only its commit may be outstanding, and that is no reason to keep others waiting.
    this.#driver.release(lease);
    return result;
  }
}

class LeaseExecutor extends DirectExecutor {
  readonly #lease: DatabaseConnection;

  constructor(compiler: QueryCompiler, adapter: DialectAdapter, lease: DatabaseConnection) {
    super(compiler, adapter, new SingleConnectionProvider(lease));
    this.#lease = lease;
  }

  override executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.#lease.executeQuery<R>(query);
  }
}

export class DirectKysely<DB> extends Kysely<DB> {
  readonly #driver: SqliteDriver;
  readonly #props: KyselyProps;
  readonly #compiler: QueryCompiler;
  readonly deeds: SqliteDeeds;

  /** `dialect`: that of `driver`. */
  constructor(dialect: Dialect, driver: SqliteDriver) {
    super({ dialect });
    this.#driver = driver;
    this.deeds = new SqliteDeeds(driver);
    this.#compiler = dialect.createQueryCompiler();
    const executor = new TurnExecutor(super.getExecutor(), this.#compiler, driver);
    this.#props = { config: { dialect }, dialect, driver, executor };
  }

  override getExecutor(): QueryExecutor {
    return this.#props.executor;
  }

  get isOpen(): boolean {
    return this.#driver.isOpen;
  }

  /** A number that is another one as soon as what such statements write may have changed, by whichever process; undefined = not open. */
  standOf(written: readonly string[]): number | undefined {
    return this.#driver.standOf(written);
  }

  override async destroy(): Promise<void> {
    await this.deeds.flush();
    await super.destroy();
  }

  override transaction(): TransactionBuilder<DB> {
    return new DirectTransaction<DB>(this.#props, this.#compiler, this.#driver);
  }
}

class DirectTransaction<DB> extends TransactionBuilder<DB> {
  readonly #props: KyselyProps;
  readonly #compiler: QueryCompiler;
  readonly #driver: SqliteDriver;

  constructor(props: KyselyProps, compiler: QueryCompiler, driver: SqliteDriver) {
    super(props);
    this.#props = props;
    this.#compiler = compiler;
    this.#driver = driver;
  }

  override async execute<T>(work: (trx: Transaction<DB>) => Promise<T>): Promise<T> {
    if (!this.#driver.isOpen) return super.execute(work);
    const lease = this.#driver.takeFree() ?? (await this.#driver.acquireConnection());
    const executor = new LeaseExecutor(this.#compiler, this.#props.executor.adapter, lease);
    try {
      const waiting = this.#driver.begin(lease);
      if (waiting) await waiting;
      return await this.#workAndCommit(lease, new Transaction<DB>({ ...this.#props, executor }), work);
    } finally {
      this.#driver.release(lease);
    }
  }

  async #workAndCommit<T>(
    lease: DatabaseConnection,
    trx: Transaction<DB>,
    work: (trx: Transaction<DB>) => Promise<T>,
  ): Promise<T> {
    try {
      const result = await work(trx);
      await this.#driver.commitTransaction(lease);
      return result;
    } catch (error) {
      await this.#driver.rollbackTransaction(lease);
      throw error;
    }
  }
}
