/** What a restore would do, said before it is done. */
import { type AuditEvent, listEvents } from '../../audit/events.ts';
import type { EventKind } from '../../audit/kinds.ts';
import { countRows } from '../../database/dump/read-rows.ts';
import type { Config } from '../config/config.ts';
import type { Manifest } from './manifest.ts';
import type { Present } from './present.ts';
import type { Staged } from './stage.ts';

export type RestorePlan = {
  readonly manifest: Manifest;
  readonly clients: { readonly inFile: number; readonly here: number };
  /** `kept`: the folder here is that of the backup, and may have lost a stolen key since. */
  readonly keys: 'made' | 'kept' | 'replaced';
  readonly replaces: 'nothing' | 'tables' | 'shop';
  /** Why the shop's file that is there can no longer be read. */
  readonly unreadable: string | undefined;
  readonly sameInstallation: boolean;
  /** What was closed after the file was made, and would be open again: newest first. */
  readonly reopened: readonly AuditEvent[];
};

/** The file holds the shop of Tegata's own with everything in it. */
export const isWholeShop = ({ form, embedded }: Manifest): boolean => form === 'backup' && embedded;

const CLOSING: readonly EventKind[] = [
  'client_disabled',
  'client_deleted',
  'client_updated',
  'secret_created',
  'secret_revoked',
  'api_disabled',
  'webhook_deleted',
];
const MOST_REOPENED = 50;

export async function restorePlan({ manifest, store }: Staged, present: Present): Promise<RestorePlan> {
  const sameKeys = present.keyFolder === manifest.keyFolder;
  const sameInstallation = present.databaseFolder === manifest.keyFolder;
  return {
    manifest,
    clients: { inFile: await countRows(store.db, 'tegata_client'), here: present.clients },
    keys: sameKeys ? 'kept' : present.keyFolder === undefined ? 'made' : 'replaced',
    replaces: !present.hasTables ? 'nothing' : isWholeShop(manifest) ? 'shop' : 'tables',
    unreadable: present.unreadable,
    sameInstallation,
    reopened:
      present.store && sameInstallation
        ? await listEvents(present.store.db, {
            limit: MOST_REOPENED,
            kinds: CLOSING,
            from: manifest.madeAt,
          })
        : [],
  };
}

/** What is there can only be guessed when it is not of the installation that the file is of. */
export const isOfAnotherShop = ({ manifest, sameInstallation }: RestorePlan, { embedded }: Config): boolean =>
  manifest.form === 'export' && !sameInstallation && (embedded || manifest.embedded);
