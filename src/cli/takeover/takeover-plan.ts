import type { Command } from 'commander';
import { planTakeover } from '../../takeover/plan.ts';
import { print, withExamples, withServices } from '../command.ts';
import { CommandError } from '../failure.ts';
import { type KeyOptions, keysOf, withKeyOptions } from './key-options.ts';
import { blockerText, planJson, planLines } from './takeover-words.ts';

export function takeoverPlanCommand(group: Command): void {
  const command = withKeyOptions(
    group
      .command('plan')
      .description(
        'say what would come and what stands in the way; change nothing; exit code 1 when something does',
      ),
  ).action(plan);
  withExamples(command, 'takeover plan --env-file /var/www/ec-cube/.env', 'takeover plan --json');
}

async function plan(options: KeyOptions, command: Command): Promise<void> {
  await withServices(command, async ({ takeover, config }) => {
    const keys = await keysOf(command, config, options);
    const found = await planTakeover(takeover, keys, { allowRefused: false, withoutKey: false });
    print(command, planJson(found), planLines(found));
    const [first] = found.blockers;
    if (first !== undefined) throw new CommandError(blockerText(first));
  });
}
