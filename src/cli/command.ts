/** What every command shares: configuration, services, exit by refusal or wrong usage, text or JSON on standard output. */
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { type Config, environment, parseConfig } from '../app/config/config.ts';
import { openServices, type Services } from '../app/services.ts';
import type { Actor } from '../audit/origin.ts';
import { migrationStates } from '../database/migrate.ts';
import { CommandError } from './failure.ts';

export type GlobalOptions = { envFile?: string; json?: boolean };

/**
 * Who acts at the command line, as the audit log names it: no member and no address, but an account of this machine. What
 * stands for authority here is that it may read the data folder and the database's password.
 */
export const OPERATOR = {
  loginId: null,
  clientIp: null,
  requestId: null,
  operator: account(),
} satisfies Actor;

/** The same, for what is done to a member: the event's login ID is theirs. */
export const BY_OPERATOR = { operator: OPERATOR.operator };

/** A container may run under a number that no account has. */
function account(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}

/** Paths in an `.env` file are relative to the folder that it is in. */
export function configOf(command: Command): Config {
  const { envFile } = command.optsWithGlobals<GlobalOptions>();
  const env = environment(envFile);
  const config = envFile === undefined ? parseConfig(env) : parseConfig(env, dirname(resolve(envFile)));
  const file = config.embedded ? undefined : fileOf(config.databaseUrl);
  if (file !== undefined && !existsSync(file)) {
    throw new CommandError(
      `DATABASE_URL names ${file}, which does not exist; give the file of the shop’s database, or unset DATABASE_URL for a shop of Tegata’s own`,
    );
  }
  return config;
}

/** The file behind a `sqlite:` URL; undefined for a database server. */
export const fileOf = (databaseUrl: string): string | undefined => /^sqlite:(.+)$/.exec(databaseUrl)?.[1];

/** Runs `work` with everything open and Tegata's own tables there, and closes it again. */
export async function withServices(
  command: Command,
  work: (services: Services) => Promise<void>,
): Promise<void> {
  const services = await openServices(configOf(command));
  try {
    announceFirstStart(services);
    await requireTables(services);
    await work(services);
  } finally {
    await services.close();
  }
}

/** The embedded shop is made by whatever command comes first; its password must not get lost. */
function announceFirstStart({ firstStart }: Services): void {
  if (firstStart?.password === undefined) return;
  process.stderr.write(
    `tegata: made a new shop; login ID ${firstStart.loginId}, password ${firstStart.password} (shown this once)\n`,
  );
}

/** Refuses to go on without Tegata's own tables; on a shop's database they are made only when asked for. */
export async function requireTables({ config, store }: Services): Promise<void> {
  if (config.embedded) return;
  const missing = (await migrationStates(store)).filter(({ appliedAt }) => appliedAt === null).length;
  if (missing === 0) return;
  throw new CommandError(
    `the shop’s database lacks ${missing} of Tegata’s migrations; see them: tegata migrate plan; make them: tegata migrate apply`,
  );
}

/** Ends the command as wrong usage: exit code 2. */
export const wrongUsage = (command: Command, message: string): never =>
  command.error(`error: ${message}`, { exitCode: 2 });

/** Whatever is wrong with the usage of a command, its own help is named behind it. */
export function nameHelpAfterErrors(command: Command): void {
  const outputError = (text: string, write: (text: string) => void) =>
    write(`${text.trimEnd()}; see: ${pathOf(command)} --help\n`);
  command.configureOutput({ outputError });
  command.commands.forEach(nameHelpAfterErrors);
}

/** `tegata client create` */
export const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();

/** Shows how the command is called, under its help; each line is what follows `tegata`. */
export const withExamples = (command: Command, ...lines: readonly string[]): Command =>
  command.addHelpText(
    'after',
    `\n${lines.length === 1 ? 'Example' : 'Examples'}:\n${lines.map((line) => `  $ tegata ${line}`).join('\n')}`,
  );

/** JSON with `--json`, else the lines. */
export function print(command: Command, json: unknown, lines: readonly string[]): void {
  const wanted = command.optsWithGlobals<GlobalOptions>().json === true;
  process.stdout.write(
    wanted ? `${JSON.stringify(json, null, 2)}\n` : lines.map((line) => `${line}\n`).join(''),
  );
}

/** A list that does not end here, on standard error: what a program reads stays what it is. */
export function sayMore(lastId: string): void {
  process.stderr.write(`tegata: there may be more; go on with --after ${lastId}\n`);
}
