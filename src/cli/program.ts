/** argv[2] → one of the commands beside this file. */
import { Command, CommanderError } from 'commander';
import { VERSION } from '../app/version.ts';
import { clientCommands } from './client/client.ts';
import { nameHelpAfterErrors } from './command.ts';
import { docsCommand } from '../../scripts/docs/docs.ts';
import { doctorCommand } from './doctor/doctor.ts';
import { failureLine } from './failure.ts';
import { feedCommands } from './feed.ts';
import { importCommand } from './import.ts';
import { keyCommands } from './key.ts';
import { memberCommands } from './member/member.ts';
import { migrateCommands } from './migrate.ts';
import { schemaCommand } from './schema.ts';
import { serveCommand } from './serve.ts';
import { tokenCommands } from './token/token.ts';

const program = new Command('tegata')
  .description('The Web API server for EC-CUBE 4 shops: OAuth 2.0 and GraphQL beside the shop.')
  .version(VERSION)
  .option('--env-file <file>', 'an EC-CUBE .env file; the real environment wins')
  .option('--json', 'print JSON')
  .configureHelp({ showGlobalOptions: true, helpWidth: 100 })
  .exitOverride();

const COMMANDS = [
  serveCommand,
  migrateCommands,
  clientCommands,
  tokenCommands,
  keyCommands,
  memberCommands,
  feedCommands,
  importCommand,
  schemaCommand,
  doctorCommand,
  docsCommand,
];
for (const register of COMMANDS) register(program);
nameHelpAfterErrors(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    process.stderr.write(`tegata: ${failureLine(error)}\n`);
    process.exitCode = 1;
  }
}
