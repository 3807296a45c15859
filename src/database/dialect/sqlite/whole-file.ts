/** An SQLite database as one file: copied while others write, and closed so that it can be replaced. */
import { DatabaseSync } from 'node:sqlite';

const BUSY_TIMEOUT_MS = 5_000;

/** Writes one state of the database to `target`, which must not exist. */
export function copyDatabase(file: string, target: string): void {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.prepare('vacuum into ?').run(target);
  } finally {
    database.close();
  }
}

/** Why a file is no sound database, in the database's words; undefined = it is one. */
export function databaseFault(file: string): string | undefined {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    const rows = database.prepare('pragma quick_check(1)').all() as { quick_check: string }[];
    const said = rows[0]?.quick_check;
    return said === 'ok' ? undefined : (said ?? 'no answer');
  } catch (error) {
    return (error as Error).message;
  } finally {
    database.close();
  }
}

// https://www.sqlite.org/rescode.html: SQLITE_ERROR (no such column), SQLITE_CONSTRAINT, SQLITE_MISMATCH
const REFUSED: readonly number[] = [1, 19, 20];

/** Whether a row does not fit its table, rather than the disk or the file being at fault. */
export const isRefusedRow = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && REFUSED.includes(Number(error.errcode) & 0xff);

/**
 * Brings everything into the one file, so that nothing beside it (`-wal`) belongs to it any more. Throws while another
 * process has it open.
 */
export function makeOneFile(file: string): void {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.exec('pragma wal_checkpoint(truncate); pragma journal_mode = delete');
  } finally {
    database.close();
  }
}
