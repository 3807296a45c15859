/** Imported by main.ts before the version of Node is known: built-in modules alone. */
import { mkdirSync, statSync } from 'node:fs';

/**
 * Makes the folder where Node keeps compiled code, and tells whether it may be used: what is kept there runs at the next
 * start, so that no folder will do that others may write to, whatever the umask was that made it.
 */
export function isOursAlone(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return process.platform === 'win32' || (statSync(folder).mode & 0o022) === 0;
  } catch {
    return false; // the program was installed by somebody else
  }
}
