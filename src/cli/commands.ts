/** The program's commands as one tree, without running any. */
import { Command } from 'commander';
import { VERSION } from '../app/version.ts';
import { backupCommand, exportCommand } from './backup/backup.ts';
import { restoreCommand } from './backup/restore.ts';
import { clientCommands } from './client/client.ts';
import { nameHelpAfterErrors } from './command.ts';
import { doctorCommand } from './doctor/doctor.ts';
import { feedCommands } from './feed.ts';
import { importCommand } from './import.ts';
import { keyCommands } from './key.ts';
import { linkCommands } from './link.ts';
import { memberCommands } from './member/member.ts';
import { migrateCommands } from './migrate.ts';
import { schemaCommand } from './schema.ts';
import { serveCommand } from './serve.ts';
import { takeoverCommands } from './takeover/takeover.ts';
import { tokenCommands } from './token/token.ts';
import { uninstallCommand } from './uninstall.ts';

const REGISTER = [
  serveCommand,
  migrateCommands,
  clientCommands,
  tokenCommands,
  keyCommands,
  memberCommands,
  linkCommands,
  feedCommands,
  backupCommand,
  restoreCommand,
  exportCommand,
  importCommand,
  takeoverCommands,
  schemaCommand,
  doctorCommand,
  uninstallCommand,
];

export function commandTree(): Command {
  const program = new Command('tegata')
    .description('The Web API server for EC-CUBE 4 shops: OAuth 2.0 and GraphQL beside the shop.')
    .version(VERSION)
    .option('--env-file <file>', 'an EC-CUBE .env file; the real environment wins')
    .option('--json', 'print JSON')
    .configureHelp({ showGlobalOptions: true, helpWidth: 100 })
    .exitOverride();
  for (const register of REGISTER) register(program);
  nameHelpAfterErrors(program);
  return program;
}
