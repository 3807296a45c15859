/** `tegata feed …`: the triggers on the shop's tables that notice changes. A real shop gets them only when asked for. */
import type { Command } from 'commander';
import type { Services } from '../app/services.ts';
import { type FeedStatus, feedStatus, isGood } from '../feed/store/triggers.ts';
import { installFeedByStaff, removeFeedByStaff } from '../webhook/feed-switch.ts';
import { countDeliveries, type DeliveryCounts } from '../webhook/store/delivery-log.ts';
import { OPERATOR, print, withExamples, withServices, wrongUsage } from './command.ts';
import { facts, table } from './table.ts';
import { confirmed, isInteractive } from './terminal.ts';

export function feedCommands(program: Command): void {
  const group = program
    .command('feed')
    .description('put the triggers of the change feed on the shop’s tables, compare them, take them away');
  withExamples(
    group
      .command('install')
      .description('make what is missing, mend what differs; nothing of EC-CUBE’s is altered; safe to repeat')
      .action(install),
    'feed install --env-file /var/www/ec-cube/.env',
  );
  withExamples(
    group
      .command('status')
      .description('compare the live triggers with what they should be, and tell how many rows are kept')
      .action(status),
    'feed status --json',
  );
  withExamples(
    group
      .command('remove')
      .description('take every trigger off again; changes made from then on are not noticed')
      .option('--yes', 'do not ask')
      .action(remove),
    'feed remove --yes',
  );
}

async function install(_options: unknown, command: Command): Promise<void> {
  await withServices(command, async (services) => {
    const installed = await installFeedByStaff(services.webhooks, OPERATOR);
    await show(command, services, installed);
  });
}

async function status(_options: unknown, command: Command): Promise<void> {
  await withServices(command, async (services) => {
    await show(command, services, await feedStatus(services.store, services.extended.feedSources));
  });
}

async function remove({ yes }: { yes?: true }, command: Command): Promise<void> {
  if (!yes && !isInteractive()) wrongUsage(command, 'nobody can be asked here: give --yes');
  if (
    !yes &&
    !(await confirmed('Take the triggers off the shop’s tables? Webhooks will hear of no change.'))
  ) {
    return;
  }
  await withServices(command, async (services) => {
    await removeFeedByStaff(services.webhooks, OPERATOR);
    await show(command, services, await feedStatus(services.store, services.extended.feedSources));
  });
}

/** `broken` needs someone: exit code 1. */
async function show(command: Command, { store }: Services, status: FeedStatus): Promise<void> {
  const deliveries = await countDeliveries(store.db);
  print(command, wireOf(status, deliveries), linesOf(status, deliveries));
  if (status.state === 'broken') process.exitCode = 1;
}

const wireOf = ({ state, triggers, skipped, head, rows }: FeedStatus, deliveries: DeliveryCounts) => ({
  state,
  triggers: triggers.map((trigger) => ({ name: trigger.name, table: trigger.table, state: trigger.state })),
  skipped_tables: skipped,
  head,
  rows: { waiting: rows.changes.n, kept: rows.feed, deliveries },
});

function linesOf({ state, triggers, skipped, head, rows }: FeedStatus, deliveries: DeliveryCounts): string[] {
  const wrong = triggers.filter((trigger) => !isGood(trigger.state));
  const counts = Object.entries(deliveries).map(([name, count]) => `${count} ${name}`);
  return [
    ...facts({
      feed: state,
      triggers: `${triggers.length - wrong.length} of ${triggers.length} in order`,
      'tables left out': skipped.length === 0 ? 'none' : `${skipped.join(', ')} (this shop has none)`,
      'newest change': String(head),
      'rows waiting': `${rows.changes.n}${rows.changes.more ? '+' : ''}`,
      'rows kept': String(rows.feed),
      deliveries: counts.join(', '),
    }),
    ...(wrong.length > 0 && state !== 'absent'
      ? table(
          ['TRIGGER', 'TABLE', 'STATE'],
          wrong.map((trigger) => [trigger.name, trigger.table, trigger.state]),
        )
      : []),
    ...(state === 'installed' ? [] : ['put it in order: tegata feed install']),
  ];
}
