import type { Command } from 'commander';
import { removeClient } from '../../oauth/clients.ts';
import { OPERATOR, print, withExamples, withServices, wrongUsage } from '../command.ts';
import { CommandError } from '../failure.ts';
import { confirmed, isInteractive } from '../terminal.ts';
import { clientNamed } from './answer.ts';

export function clientDeleteCommand(group: Command): void {
  const command = group
    .command('delete <client_id>')
    .description('delete a client with its secrets, grants and tokens')
    .option('--yes', 'do not ask')
    .action(remove);
  withExamples(command, 'client delete 1f0c…e2 --yes');
}

async function remove(clientId: string, options: { yes?: true }, command: Command): Promise<void> {
  if (!options.yes && !isInteractive()) wrongUsage(command, 'nobody is there to be asked: give --yes');
  await withServices(command, async ({ store, clients }) => {
    const { name } = await clientNamed(store, clientId);
    if (!options.yes && !(await confirmed(`Delete “${name}” and every token of it?`))) {
      throw new CommandError('nothing was deleted');
    }
    if (!(await removeClient(clients, clientId, OPERATOR))) {
      throw new CommandError(`${clientId} was deleted meanwhile`);
    }
    print(command, { client_id: clientId, deleted: true }, [`deleted ${clientId}`]);
  });
}
