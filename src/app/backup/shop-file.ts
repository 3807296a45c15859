/** The embedded shop's file that is about to be replaced. */
import { rmSync } from 'node:fs';
import { makeOneFile } from '../../database/dialect/sqlite/whole-file.ts';
import { BackupError } from './manifest.ts';

/** Throws while another process has it open. */
export function closeForReplacing(file: string): void {
  try {
    makeOneFile(file);
  } catch (error) {
    const why = (error as Error).message;
    throw new BackupError(`${file} is in use by another process (${why}); stop it, then try again`);
  }
}

/** Of a file that can no longer be read: SQLite would take what lies beside it for a part of the one that comes. */
export function removeDatabaseFiles(file: string): void {
  for (const suffix of ['-wal', '-shm', '-journal', '']) rmSync(`${file}${suffix}`, { force: true });
}
