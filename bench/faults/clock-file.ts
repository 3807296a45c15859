/** The file by which a running node's clock is set. */
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export const CLOCK_FILE_VARIABLE = 'FAULTS_CLOCK_FILE';

const PRELOADED = pathToFileURL(join(import.meta.dirname, 'set-clock.ts')).href;

/** `env`: for the node whose clock is to be set; `set`: by so many seconds, from the right time. */
export function clockFile(folder: string) {
  const file = join(folder, 'clock');
  const set = (seconds: number) => {
    writeFileSync(`${file}.new`, String(seconds));
    renameSync(`${file}.new`, file);
  };
  set(0);
  return { env: { NODE_OPTIONS: `--import=${PRELOADED}`, [CLOCK_FILE_VARIABLE]: file }, set };
}
