/** `tegata schema`: the GraphQL schema as `/api` serves it. */
import type { Command } from 'commander';
import { print, withExamples, withServices } from './command.ts';

export function schemaCommand(program: Command): void {
  const command = program
    .command('schema')
    .description('print the GraphQL schema (SDL) of this shop; what its database lacks is left out')
    .action(show);
  withExamples(command, 'schema > schema.graphql');
}

async function show(_options: unknown, command: Command): Promise<void> {
  await withServices(command, async ({ api, schemaNotes }) => {
    const sdl = api.sdl();
    print(command, { sdl, left_out: schemaNotes }, [sdl.trimEnd()]);
  });
}
