/**
 * The transaction that the writes of one turn of the event loop share. It lasts longer only for a transaction that waits
 * for something else than the database (a mail server): what is half done must not be committed.
 */

export class SqliteGroup {
  readonly #begin: () => void;
  readonly #run: (sql: string) => void;
  #commit: PromiseWithResolvers<void> | undefined;
  #held = false;
  /** The turn was over while the group was held. */
  #overdue = false;

  readonly #isTransaction: () => boolean;

  /** `begin`: takes the write lock, or fails at once; `isTransaction`: whether SQLite has a transaction open. */
  constructor(begin: () => void, run: (sql: string) => void, isTransaction: () => boolean) {
    this.#begin = begin;
    this.#run = run;
    this.#isTransaction = isTransaction;
  }

  /** After a failed statement: SQLite may have undone the whole transaction by itself (disk full, I/O error). */
  noteFailure(error: unknown): void {
    const commit = this.#commit;
    if (commit === undefined || this.#isTransaction()) return;
    this.#close();
    commit.reject(error);
  }

  get isOpen(): boolean {
    return this.#commit !== undefined;
  }

  /** Opens the shared transaction unless it is open, and has it committed when this turn is over. */
  open(): void {
    if (this.#commit) return;
    this.#begin();
    this.#commit = Promise.withResolvers<void>();
    const commit = this.#commit;
    commit.promise.catch(() => {}); // every waiter hears of it; that no one waits is no fault
    setImmediate(() => this.#end(commit));
  }

  /** Begins a transaction within the group: no commit until `letGo`. True when nothing else has been written in the group. */
  hold(): boolean {
    const alone = this.#commit === undefined;
    this.open();
    this.#held = true;
    return alone;
  }

  /** Undoes the whole group; for the transaction that is alone in it. */
  abandon(): void {
    const commit = this.#commit;
    this.#close();
    this.#undo();
    commit?.resolve();
  }

  /** The transaction has been released or rolled back. */
  letGo(): void {
    this.#held = false;
    if (this.#overdue) this.#end(this.#commit);
  }

  /** Commits the group unless it is held. */
  commitNow(): void {
    if (!this.#held) this.#end(this.#commit);
  }

  /** Resolves when what has been written so far is on the disk; at once when nothing waits to be. */
  async committed(): Promise<void> {
    await this.#commit?.promise;
  }

  /** Commits the group that waits for `commit`, unless it is gone or held. */
  #end(commit: PromiseWithResolvers<void> | undefined): void {
    if (commit === undefined || commit !== this.#commit) return;
    this.#overdue = this.#held;
    if (this.#held) return;
    this.#commit = undefined;
    try {
      this.#run('commit');
      commit.resolve();
    } catch (error) {
      this.#undo();
      commit.reject(error);
    }
  }

  #close(): void {
    this.#commit = undefined;
    this.#held = false;
    this.#overdue = false;
  }

  #undo(): void {
    try {
      this.#run('rollback');
    } catch {
      // SQLite has rolled back by itself.
    }
  }
}
