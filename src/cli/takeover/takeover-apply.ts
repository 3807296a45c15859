import type { Command } from 'commander';
import { applyTakeover } from '../../takeover/apply.ts';
import type { TakeoverWish } from '../../takeover/deps.ts';
import { OPERATOR, print, withExamples, withServices } from '../command.ts';
import { CommandError } from '../failure.ts';
import { count } from '../table.ts';
import { type KeyOptions, keysOf, withKeyOptions } from './key-options.ts';
import { blockerText, clientJson, clientLine } from './takeover-words.ts';

type Options = KeyOptions & Partial<TakeoverWish>;

export function takeoverApplyCommand(group: Command): void {
  const command = withKeyOptions(
    group
      .command('apply')
      .description(
        'take over: clients, webhooks, keys; from then on the plugin’s tokens count here. All of it or nothing; safe to repeat, and brings what has come to the plugin since',
      ),
  )
    .option('--allow-refused', 'go on although clients are refused; their apps stop')
    .option('--without-key', 'go on without the plugin’s public key; its access tokens end at once')
    .action(apply);
  withExamples(command, 'takeover apply --env-file /var/www/ec-cube/.env', 'takeover apply --json');
}

async function apply(
  { allowRefused = false, withoutKey = false, ...options }: Options,
  command: Command,
): Promise<void> {
  await withServices(command, async ({ takeover, config }) => {
    const keys = await keysOf(command, config, options);
    const result = await applyTakeover(takeover, keys, { allowRefused, withoutKey }, OPERATOR);
    if (!result.ok) throw new CommandError(result.blockers.map(blockerText).join('; '));
    const clients = result.clients.map(clientJson);
    print(command, { new: result.isNew, clients, webhooks: result.webhooks }, [
      ...clients.map(clientLine),
      `the plugin sends ${count(result.webhooks, 'webhook')} no longer: Tegata does`,
      result.isNew
        ? 'taken over. Now lead the plugin’s addresses to Tegata (docs/takeover.md); to go back: tegata takeover undo'
        : 'it was taken over before',
    ]);
  });
}
