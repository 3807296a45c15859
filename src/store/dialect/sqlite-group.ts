/** The transaction that the writes of one turn of the event loop share. */

export class SqliteGroup {
  readonly #run: (sql: string) => void;
  #commit: PromiseWithResolvers<void> | undefined;

  constructor(run: (sql: string) => void) {
    this.#run = run;
  }

  /** Opens the shared transaction unless it is open, and has it committed when this turn is over. */
  open(): void {
    if (this.#commit) return;
    // `immediate` takes the write lock at once: a read that later turns into a write could otherwise fail as busy.
    this.#run('begin immediate');
    this.#commit = Promise.withResolvers<void>();
    this.#commit.promise.catch(() => {}); // every waiter hears of it; that nobody waits is no fault
    setImmediate(() => this.#end());
  }

  /** Resolves when what has been written so far is on the disk; at once when nothing waits to be. */
  async committed(): Promise<void> {
    await this.#commit?.promise;
  }

  #end(): void {
    const commit = this.#commit;
    this.#commit = undefined;
    try {
      this.#run('commit');
      commit?.resolve();
    } catch (error) {
      this.#undo();
      commit?.reject(error);
    }
  }

  #undo(): void {
    try {
      this.#run('rollback');
    } catch {
      // SQLite has rolled back by itself (disk full, I/O error).
    }
  }
}
