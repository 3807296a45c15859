import type { Command } from 'commander';
import { placeIn } from '../../database/keyset.ts';
import { pageOfClients } from '../../oauth/client-list.ts';
import { print, sayMore, withExamples, withServices } from '../command.ts';
import { wholeNumber } from '../option-values.ts';
import { table, timeText } from '../table.ts';
import { clientAnswer, clientNamed } from './answer.ts';

type Options = { search: string; limit: number; after?: string };

const USUAL_LIMIT = 1_000;

export function clientListCommand(group: Command): void {
  const command = group
    .command('list')
    .description('clients, newest first')
    .option('--search <text>', 'only those whose name, ID or redirect URIs hold the text', '')
    .option('--limit <number>', 'how many at the most', wholeNumber(1, 10_000), USUAL_LIMIT)
    .option('--after <client_id>', 'go on behind this one')
    .action(list);
  withExamples(command, 'client list', 'client list --search erp --json', 'client list --after 1f0c…e2');
}

async function list({ search, limit, after }: Options, command: Command): Promise<void> {
  await withServices(command, async ({ token, config, store }) => {
    const behind = after === undefined ? undefined : await clientNamed(store, after);
    const { clients, next } = await pageOfClients(token, {
      text: search,
      limit,
      after: behind && { at: behind.createdAt, id: behind.clientId },
    });
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
    const place = next === undefined ? undefined : placeIn(next);
    if (place) sayMore(place.id);
  });
}
