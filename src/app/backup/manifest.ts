/** What a backup says of itself, first of all; and whether it may come to an installation. */
import type { DialectKit } from '../../database/dialect/kit.ts';
import { knownMigrations } from '../../database/migrate.ts';

type DatabaseKind = DialectKit['name'];

export type Manifest = {
  readonly format: 1;
  /** A backup goes back to where it came from; an export may go elsewhere. */
  readonly form: 'backup' | 'export';
  readonly madeAt: number;
  readonly version: string;
  readonly database: DatabaseKind;
  /** The shop is Tegata's own; a backup then holds the whole of it. */
  readonly embedded: boolean;
  /** Those that the database had, oldest first. */
  readonly migrations: readonly string[];
  /** Which key folder it is, without telling anything of a key (oauth/key-folder.ts). */
  readonly keyFolder: string;
};

/** Why a backup cannot be made or brought back, said in one line. */
export class BackupError extends Error {}

export const KIND_NAMES: Readonly<Record<DatabaseKind, string>> = {
  sqlite: 'SQLite',
  postgres: 'PostgreSQL',
  mysql: 'MySQL or MariaDB',
};

/** Throws what keeps a file from being used for `form`. */
export function requireForm({ form }: Manifest, wanted: Manifest['form']): void {
  if (form === wanted) return;
  throw new BackupError(
    form === 'export'
      ? 'the file is an export; bring it in with: tegata import FILE'
      : 'the file is a backup; bring it back with: tegata restore FILE (or make an export, to move to another database)',
  );
}

export function requireKnownSchema({ format, migrations, version }: Manifest): void {
  if (format !== 1) throw new BackupError('the file is of a newer Tegata; update tegata');
  const known = knownMigrations();
  const unknown = migrations.find((name, place) => known[place] !== name);
  if (unknown === undefined) return;
  throw new BackupError(
    `the file was made by a newer Tegata (${version}, its database holds migration ${unknown}); update tegata, then try again`,
  );
}

export function requireKind(
  manifest: Pick<Manifest, 'database' | 'embedded'>,
  here: Pick<Manifest, 'database' | 'embedded'>,
): void {
  if (manifest.database === here.database && manifest.embedded === here.embedded) return;
  throw new BackupError(
    `the backup is of ${placeOf(manifest)}, and here is ${placeOf(here)}; to move, run tegata export FILE there and tegata import FILE here`,
  );
}

const placeOf = ({ database, embedded }: Pick<Manifest, 'database' | 'embedded'>): string =>
  embedded ? 'a shop of Tegata’s own' : `a shop’s database of ${KIND_NAMES[database]}`;
