/** What every command shares: configuration, one clear line on failure, text or JSON on standard output. */
import type { Command } from 'commander';
import { type Config, ConfigError, environment, parseConfig } from '../config.ts';
import { openServices, type Services } from '../services.ts';
import { NewerDatabaseError } from '../store/migrate.ts';

/** Refused, with a line that says what to do; exit code 1. */
export class Refused extends Error {}

export type GlobalOptions = { envFile?: string; json?: boolean };

export const configOf = (command: Command): Config => {
  const { envFile } = command.optsWithGlobals<GlobalOptions>();
  return parseConfig(environment(envFile));
};

/** Runs `work` with everything open and closes it again. */
export async function withServices(
  command: Command,
  work: (services: Services) => Promise<void>,
): Promise<void> {
  const services = await openServices(configOf(command));
  try {
    await work(services);
  } finally {
    await services.close();
  }
}

/** JSON with `--json`, else the lines. */
export function print(command: Command, json: unknown, lines: readonly string[]): void {
  const wanted = command.optsWithGlobals<GlobalOptions>().json === true;
  process.stdout.write(
    wanted ? `${JSON.stringify(json, null, 2)}\n` : lines.map((line) => `${line}\n`).join(''),
  );
}

const BY_CODE: Record<
  string,
  (error: NodeJS.ErrnoException & { port?: number; address?: string }) => string
> = {
  EADDRINUSE: ({ address, port }) =>
    `${address}:${port} is in use by another program; stop it, or set PORT to a free port`,
  EACCES: (error) =>
    `no permission: ${error.path ?? `${error.address}:${error.port}`}; give the user that runs tegata access, or set TEGATA_DATA_DIR`,
  EROFS: ({ path }) =>
    `${path} is on a read-only file system; set TEGATA_DATA_DIR to a folder that can be written`,
  ENOTDIR: ({ path }) => `${path} is not a folder; set TEGATA_DATA_DIR to a folder`,
  EEXIST: ({ path }) => `${path} is a file, not a folder; set TEGATA_DATA_DIR to a folder`,
  ECONNREFUSED: () => 'the database server does not answer; check DATABASE_URL and whether the server runs',
  ENOTFOUND: () => 'the database server’s name cannot be resolved; check DATABASE_URL',
  ERR_SQLITE_ERROR: ({ message }) =>
    `the database cannot be used: ${message}; check TEGATA_DATA_DIR and DATABASE_URL`,
};

/** One line for a person; the stack only where nothing better is known. */
export function failureLine(error: unknown): string {
  if (error instanceof ConfigError || error instanceof Refused) return error.message;
  if (error instanceof NewerDatabaseError)
    return `${error.message}; update tegata, or restore a backup of the database`;
  const known = error as NodeJS.ErrnoException;
  const words = known.code === undefined ? undefined : BY_CODE[known.code];
  return words ? words(known) : String((error as Error)?.stack ?? error);
}
