import type { Command } from 'commander';
import { takeoverStatus } from '../../takeover/status.ts';
import { print, withExamples, withServices } from '../command.ts';
import { statusJson, statusLines } from './takeover-words.ts';

export function takeoverStatusCommand(group: Command): void {
  const command = group
    .command('status')
    .description('say who leads, how many of the plugin’s tokens have come in, and what may be done next')
    .action(status);
  withExamples(command, 'takeover status', 'takeover status --json');
}

async function status(_options: object, command: Command): Promise<void> {
  await withServices(command, async ({ takeover, config }) => {
    const found = await takeoverStatus(takeover);
    print(command, statusJson(found), statusLines(found, config.timeZone));
  });
}
