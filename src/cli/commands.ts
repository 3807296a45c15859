/** The program's commands as one tree, without running any. */
import { Command } from 'commander';
import { VERSION } from '../app/version.ts';
import { nameHelpAfterErrors } from './command.ts';

type Register = (program: Command) => void;

/** By name, each loaded when it is asked for: a command is in no need of what the others are made of. */
const COMMANDS: Readonly<Record<string, () => Promise<Register>>> = {
  serve: async () => (await import('./serve.ts')).serveCommand,
  migrate: async () => (await import('./migrate.ts')).migrateCommands,
  client: async () => (await import('./client/client.ts')).clientCommands,
  token: async () => (await import('./token/token.ts')).tokenCommands,
  key: async () => (await import('./key.ts')).keyCommands,
  member: async () => (await import('./member/member.ts')).memberCommands,
  link: async () => (await import('./link.ts')).linkCommands,
  feed: async () => (await import('./feed.ts')).feedCommands,
  backup: async () => (await import('./backup/backup.ts')).backupCommand,
  restore: async () => (await import('./backup/restore.ts')).restoreCommand,
  export: async () => (await import('./backup/backup.ts')).exportCommand,
  import: async () => (await import('./import.ts')).importCommand,
  takeover: async () => (await import('./takeover/takeover.ts')).takeoverCommands,
  schema: async () => (await import('./schema.ts')).schemaCommand,
  doctor: async () => (await import('./doctor/doctor.ts')).doctorCommand,
  uninstall: async () => (await import('./uninstall.ts')).uninstallCommand,
};

/** The command that the arguments call, behind options of the program itself. */
function calledBy([first, ...rest]: readonly string[]): string | undefined {
  if (first === '--json' || first?.startsWith('--env-file=')) return calledBy(rest);
  return first === '--env-file' ? calledBy(rest.slice(1)) : first;
}

/** With the command that `args` call; with all of them where they call none: help lists them, and a slip is told from them. */
export async function commandTree(args: readonly string[]): Promise<Command> {
  const program = new Command('tegata')
    .description('The Web API server for EC-CUBE 4 shops: OAuth 2.0 and GraphQL beside the shop.')
    .version(VERSION)
    .option('--env-file <file>', 'an EC-CUBE .env file; the real environment wins')
    .option('--json', 'print JSON')
    .configureHelp({ showGlobalOptions: true, helpWidth: 100 })
    .exitOverride();
  const name = calledBy(args);
  const all = Object.entries(COMMANDS);
  const called = all.filter(([one]) => one === name);
  for (const [, load] of called.length > 0 ? called : all) (await load())(program);
  nameHelpAfterErrors(program);
  return program;
}
