/** Backups of a test's own server, with a passphrase that is drawn cheaply. */
import { join } from 'node:path';
import type { Manifest } from '../../src/app/backup/manifest.ts';
import { type Restored, type RestoreWish, restore } from '../../src/app/backup/restore.ts';
import { type BackupDeps, type TakenBackup, takeBackup } from '../../src/app/backup/take-backup.ts';

export const PASSPHRASE = 'ふるい通行手形は箱の中';
const CHEAP = 10;
const OPERATOR = { operator: 'tester' };

export const backUp = (
  deps: BackupDeps,
  file: string,
  form: Manifest['form'] = 'backup',
): Promise<TakenBackup> =>
  takeBackup(deps, { form, file, passphrase: PASSPHRASE, log2N: CHEAP, overwrite: true }, OPERATOR);

export const bringBack = (
  deps: BackupDeps,
  file: string,
  wish: Partial<RestoreWish> = {},
): Promise<Restored | undefined> =>
  restore(
    deps,
    {
      form: 'backup',
      file,
      passphrase: PASSPHRASE,
      keeps: 'nothing',
      replaceKeys: false,
      confirm: async () => true,
      ...wish,
    },
    OPERATOR,
  );

export const fileIn = (folder: string, name = 'tegata.backup'): string => join(folder, name);
