import type { Command } from 'commander';
import { listClientNames } from '../store/clients.ts';
import { countLiveGrants, listLiveGrants } from '../store/token-overview.ts';
import { clientNamed } from './client-answer.ts';
import { print, withExamples, withServices } from './command.ts';
import { wholeNumber } from './option-values.ts';
import { table, timeText } from './table.ts';

type Options = { client?: string; limit: number };

const USUAL_LIMIT = 100;

export function tokenListCommand(group: Command): void {
  const command = group
    .command('list')
    .description('live grants, newest first')
    .option('--client <client_id>', 'of one client only')
    .option('--limit <number>', 'how many at the most', wholeNumber(1, 100_000), USUAL_LIMIT)
    .action(list);
  withExamples(command, 'token list', 'token list --client 1f0c…e2 --json');
}

async function list({ client: clientId, limit }: Options, command: Command): Promise<void> {
  await withServices(command, async ({ store, clock, config }) => {
    if (clientId !== undefined) await clientNamed(store, clientId);
    const now = clock.now();
    const grants = await listLiveGrants(store.db, {
      now,
      limit,
      ...(clientId === undefined ? {} : { clientId }),
    });
    const names = await listClientNames(
      store.db,
      grants.map((grant) => grant.clientId),
    );
    const answer = grants.map((grant) => ({
      grant_id: grant.grantId,
      client_id: grant.clientId,
      client_name: names.get(grant.clientId) ?? '',
      login_id: grant.loginId,
      scope: grant.scope,
      created_at: grant.createdAt,
      last_used_at: grant.lastUsedAt,
    }));
    const total = await countLiveGrants(store.db, now, clientId);
    const rows = answer.map((row) => [
      row.grant_id,
      row.client_name,
      row.login_id ?? '–',
      row.scope,
      timeText(row.created_at, config.timeZone),
      timeText(row.last_used_at, config.timeZone),
    ]);
    print(command, answer, [
      ...table(['GRANT', 'CLIENT', 'MEMBER', 'SCOPES', 'SINCE', 'LAST USED'], rows),
      ...(total > rows.length ? [`${rows.length} of ${total}; more with --limit`] : []),
    ]);
  });
}
