/**
 * Where the servers of one benchmark keep their databases: all on the same disk, for a commit costs what its flush costs. `--place
 * /dev/shm` takes memory, whose flush is free: what is left then is the work of the programs.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  strict: false,
  options: { place: { type: 'string', default: tmpdir() } },
});

export const storagePlace = String(values.place);

export const storageFolder = (prefix: string): string => mkdtempSync(join(storagePlace, prefix));
