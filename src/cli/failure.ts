/** What a failed command says: one line that names the cause and what to do about it. */
import { BackupError } from '../app/backup/manifest.ts';
import { ConfigError } from '../app/config/config.ts';
import { ImageFolderError } from '../app/image-folder.ts';
import { KeyStoreError } from '../app/keys/key-store.ts';
import { OtherServerError } from '../database/dialect/postgres/relatives.ts';
import { PoolerError } from '../database/dialect/postgres/session.ts';
import { NoShopError } from '../database/live-schema.ts';
import { HalfRemovedError, NewerDatabaseError } from '../database/migrate.ts';
import { LeavingError } from '../database/nodes/leave.ts';
import { outageOf } from '../database/outage.ts';
import { MissingRightError } from '../database/rights.ts';
import { ExtensionError } from '../extension/load.ts';

/** CommandError, with a line that says what to do; exit code 1. */
export class CommandError extends Error {}

type SystemError = NodeJS.ErrnoException & { port?: number; address?: string; hostname?: string };

const NO_ANSWER = 'the database server does not answer; check DATABASE_URL and whether the server runs';
const NOT_LET_IN = 'the database server refuses the user or password of DATABASE_URL';
const NO_DATABASE = 'the database server has no database of the name in DATABASE_URL';

const READ_ONLY =
  'the database takes no writes (a replica, or set read-only); name the primary server in DATABASE_URL';

/** What a driver says of an outage that has no line of its own above or below: its words, and where to look. */
const BY_OUTAGE = {
  unreachable: (why: string) =>
    `the database cannot be reached: ${why}; check DATABASE_URL and whether the server runs`,
  busy: (why: string) =>
    `the database is busy: ${why}; see what holds it and whether it has connections left, then try again`,
  'read-only': () => READ_ONLY,
  full: (why: string) => `the disk of the database is full: ${why}; make room there`,
} as const;

const BY_CODE: Record<string, (error: SystemError) => string> = {
  EADDRINUSE: ({ address, port }) =>
    `${address}:${port} is in use by another program; stop it, or set PORT to a free port`,
  EADDRNOTAVAIL: ({ address }) => `${address} is no address of this machine; set HOST to one that is`,
  EACCES: noPermission,
  EPERM: noPermission,
  EROFS: ({ path }) =>
    `${path} is on a read-only file system; set TEGATA_DATA_DIR to a folder that can be written`,
  ENOTDIR: ({ path }) => `${path} is not a folder; set TEGATA_DATA_DIR to a folder`,
  EEXIST: ({ path }) => `${path} is a file, not a folder; set TEGATA_DATA_DIR to a folder`,
  ENOENT: ({ path, syscall }) =>
    syscall === 'mkdir'
      ? `${path} cannot be made there; set TEGATA_DATA_DIR to a folder that can be written`
      : `${path} does not exist`,
  ENOSPC: () => 'the disk is full',
  ECONNREFUSED: () => NO_ANSWER,
  ETIMEDOUT: () => NO_ANSWER,
  ENOTFOUND: ({ hostname }) => `the host name ${hostname} cannot be resolved; check DATABASE_URL and HOST`,
  EAI_AGAIN: ({ hostname }) =>
    `the host name ${hostname} cannot be resolved now; check DATABASE_URL, HOST and the network`,
  // PostgreSQL's SQLSTATEs, then MySQL's names.
  '28P01': () => NOT_LET_IN,
  '28000': () => NOT_LET_IN,
  '3D000': () => NO_DATABASE,
  // What PgBouncer says of `options` in the URL.
  '08P01': ({ message }) =>
    `PostgreSQL, or the connection pooler before it, refuses the connection: ${message}; see “Behind PgBouncer” in docs/databases.md`,
  '25006': () => READ_ONLY,
  ER_OPTION_PREVENTS_STATEMENT: () => READ_ONLY,
  ER_READ_ONLY_MODE: () => READ_ONLY,
  ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION: () => READ_ONLY,
  ER_ACCESS_DENIED_ERROR: () => NOT_LET_IN,
  ER_DBACCESS_DENIED_ERROR: () => NOT_LET_IN,
  ER_BAD_DB_ERROR: () => NO_DATABASE,
  ERR_SQLITE_ERROR: ({ message }) =>
    `the database cannot be used: ${message}; check TEGATA_DATA_DIR and DATABASE_URL`,
};

function noPermission({ path, address, port }: SystemError): string {
  return path === undefined
    ? `no permission to listen on ${address}:${port}; set PORT to 1024 or above, or give the user that runs tegata the right`
    : `no permission: ${path}; give the user that runs tegata access, or set TEGATA_DATA_DIR`;
}

/** One line for a person (one a fault for a faulty configuration); the stack only where nothing better is known. */
export function failureLine(error: unknown): string {
  if (
    error instanceof ConfigError ||
    error instanceof ExtensionError ||
    error instanceof ImageFolderError ||
    error instanceof BackupError ||
    error instanceof KeyStoreError ||
    error instanceof CommandError ||
    error instanceof LeavingError ||
    error instanceof MissingRightError
  )
    return error.message;
  if (error instanceof PoolerError || error instanceof OtherServerError) return error.message;
  if (error instanceof NewerDatabaseError)
    return `${error.message}; update tegata, or restore a backup of the database`;
  if (error instanceof HalfRemovedError) return `${error.message}; finish it: tegata uninstall`;
  if (error instanceof NoShopError)
    return `${error.message}; check DATABASE_URL, or unset it for a shop of Tegata’s own`;
  const known = error as SystemError;
  const words = known.code === undefined ? undefined : BY_CODE[known.code];
  if (words) return words(known);
  const outage = outageOf(error);
  return outage ? BY_OUTAGE[outage](known.message) : String((error as Error)?.stack ?? error);
}

/** `failureLine` where only one line has room. */
export const firstFailureLine = (error: unknown): string => failureLine(error).split('\n')[0] ?? '';
