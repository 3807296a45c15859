/**
 * Where the servers of one benchmark keep their databases: all on the same disk, for a commit costs what its flush costs. `--place
 * /dev/shm` takes memory, whose flush is free: what is left then is the work of the programs.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { givenText } from './given.ts';

export const STORAGE_PLACE = givenText('place') ?? tmpdir();

export const storageFolder = (prefix: string): string => mkdtempSync(join(STORAGE_PLACE, prefix));
