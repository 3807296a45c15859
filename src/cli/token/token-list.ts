import type { Command } from 'commander';
import type { Store } from '../../database/open.ts';
import { listClientNames } from '../../oauth/store/clients.ts';
import { type GrantSummary, listLiveGrants, placeOfGrantId } from '../../oauth/store/token-overview.ts';
import { clientNamed } from '../client/answer.ts';
import { print, sayMore, withExamples, withServices } from '../command.ts';
import { CommandError } from '../failure.ts';
import { wholeNumber } from '../option-values.ts';
import { table, timeText } from '../table.ts';

type Options = { client?: string; limit: number; after?: string };

const USUAL_LIMIT = 100;
const WINDOWS = 100; // of grants looked at, should most of them be over

export function tokenListCommand(group: Command): void {
  const command = group
    .command('list')
    .description('live grants, newest first')
    .option('--client <client_id>', 'of one client only')
    .option('--limit <number>', 'how many at the most', wholeNumber(1, 100_000), USUAL_LIMIT)
    .option('--after <grant_id>', 'go on behind this one')
    .action(list);
  withExamples(
    command,
    'token list',
    'token list --client 1f0c…e2 --json',
    'token list --limit 1000 --after 0190…7b',
  );
}

async function list({ client: clientId, limit, after }: Options, command: Command): Promise<void> {
  await withServices(command, async ({ store, clock, config }) => {
    if (clientId !== undefined) await clientNamed(store, clientId);
    const { grants, next } = await listLiveGrants(store.db, {
      now: clock.now(),
      limit,
      windows: WINDOWS + Math.ceil(limit / 100),
      ...(clientId !== undefined && { clientId }),
      ...(after !== undefined && { after: await placeOf(store, after) }),
    });
    const answer = await answerOf(store, grants);
    const rows = answer.map((row) => [
      row.grant_id,
      row.client_name,
      row.login_id ?? '–',
      row.scope,
      timeText(row.created_at, config.timeZone),
      timeText(row.last_used_at, config.timeZone),
    ]);
    print(command, answer, table(['GRANT', 'CLIENT', 'MEMBER', 'SCOPES', 'SINCE', 'LAST USED'], rows));
    if (next) sayMore(next.id);
  });
}

async function placeOf(store: Store, grantId: string) {
  const place = await placeOfGrantId(store.db, grantId);
  if (!place) throw new CommandError(`there is no grant ${grantId} (any more); begin anew without --after`);
  return place;
}

async function answerOf({ db }: Store, grants: readonly GrantSummary[]) {
  const names = await listClientNames(
    db,
    grants.map((grant) => grant.clientId),
  );
  return grants.map((grant) => ({
    grant_id: grant.grantId,
    client_id: grant.clientId,
    client_name: names.get(grant.clientId) ?? '',
    login_id: grant.loginId,
    scope: grant.scope,
    created_at: grant.createdAt,
    last_used_at: grant.lastUsedAt,
  }));
}
