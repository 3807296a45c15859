/**
 * Folders for databases that are thrown away. In memory where there is room, since each commit of SQLite waits for the
 * disk, and a test of what a commit means does not become truer by that.
 */
import { existsSync, mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
/** Both servers with all databases of a run take half of it; a container's usual 64 MB are too little. */
const ROOM_BYTES = 2 * 2 ** 30;

const PLACE = hasRoom(MEMORY) ? MEMORY : tmpdir();

/** Makes an empty folder whose name begins with `prefix`. Programs may be refused to run from there. */
export const scratchFolder = (prefix: string): string => mkdtempSync(join(PLACE, prefix));

function hasRoom(folder: string): boolean {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= ROOM_BYTES;
}
