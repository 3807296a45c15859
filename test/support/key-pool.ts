/**
 * Key folders that servers of earlier files have made: an RSA key takes a tenth of a second of CPU. Two servers of one file
 * never get the same.
 */
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { scratchFolder } from './scratch.ts';

const pool: string[] = [];
let file: string | undefined;
let given = 0;

/** Fills `dataDir/keys` where the pool has a folder left for this file; `keep` puts into the pool what the server made. */
export function pooledKeys(dataDir: string): { keep(): void } {
  const { testPath } = expect.getState();
  if (testPath !== file) [file, given] = [testPath, 0];
  const nth = given++;
  const kept = pool[nth];
  const keys = join(dataDir, 'keys');
  if (kept !== undefined) cpSync(kept, keys, { recursive: true });
  const keep = () => {
    if (kept !== undefined || !existsSync(keys)) return;
    const copy = scratchFolder('tegata-keys-');
    cpSync(keys, copy, { recursive: true });
    pool[nth] = copy;
  };
  return { keep };
}
