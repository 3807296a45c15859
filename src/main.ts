#!/usr/bin/env node
/** argv[2] → one of cli/*. */
import { Command, CommanderError } from 'commander';
import { failureLine } from './cli/command.ts';
import { serveCommand } from './cli/serve.ts';
import { VERSION } from './version.ts';

const program = new Command('tegata')
  .description('The Web API server for EC-CUBE 4 shops: OAuth 2.0 and GraphQL beside the shop.')
  .version(VERSION)
  .option('--env-file <file>', 'an EC-CUBE .env file; the real environment wins')
  .option('--json', 'print JSON')
  .configureHelp({ showGlobalOptions: true })
  .exitOverride();

for (const register of [serveCommand]) register(program);

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
