#!/usr/bin/env node
/** argv[2] → one of cli/*. */
import { Command, CommanderError } from 'commander';
import { clientCommands } from './cli/client.ts';
import { nameHelpAfterErrors } from './cli/command.ts';
import { docsCommand } from './cli/docs.ts';
import { doctorCommand } from './cli/doctor.ts';
import { failureLine } from './cli/failure.ts';
import { feedCommands } from './cli/feed.ts';
import { importCommand } from './cli/import.ts';
import { keyCommands } from './cli/key.ts';
import { memberCommands } from './cli/member.ts';
import { migrateCommands } from './cli/migrate.ts';
import { schemaCommand } from './cli/schema.ts';
import { serveCommand } from './cli/serve.ts';
import { tokenCommands } from './cli/token.ts';
import { VERSION } from './version.ts';

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
