import type { Command } from 'commander';
import { type ListedClient, pageOfClients } from '../flow/client-list.ts';
import { clientAnswer } from './client-answer.ts';
import { print, withExamples, withServices } from './command.ts';
import { table, timeText } from './table.ts';

type Options = { search: string };

export function clientListCommand(group: Command): void {
  const command = group
    .command('list')
    .description('every client, newest first')
    .option('--search <text>', 'only those whose name or ID holds the text', '')
    .action(list);
  withExamples(command, 'client list', 'client list --search erp --json');
}

async function list({ search }: Options, command: Command): Promise<void> {
  await withServices(command, async ({ token, config }) => {
    const clients: ListedClient[] = [];
    for (let page = 1, pages = 1; page <= pages; page++) {
      const read = await pageOfClients(token, { text: search, page });
      clients.push(...read.clients);
      pages = read.pageCount;
    }
    print(
      command,
      clients.map((client) => ({ ...clientAnswer(client), last_used_at: client.lastUsedAt })),
      table(
        ['CLIENT ID', 'NAME', 'SCOPES', 'STATE', 'LAST USED'],
        clients.map(({ clientId, name, scopes, enabled, lastUsedAt }) => [
          clientId,
          name,
          scopes.join(' '),
          enabled ? 'enabled' : 'disabled',
          timeText(lastUsedAt, config.timeZone),
        ]),
      ),
    );
  });
}
