import type { Command } from 'commander';
import { finishTakeover } from '../../takeover/finish.ts';
import { OPERATOR, print, withExamples, withServices } from '../command.ts';
import { CommandError } from '../failure.ts';
import { timeText } from '../table.ts';
import { blockerText } from './takeover-words.ts';

export function takeoverFinishCommand(group: Command): void {
  const command = group
    .command('finish')
    .description(
      'close the way back: from then on refresh tokens are Tegata’s own; after an undo, let nothing of the plugin count here. Cannot be taken back',
    )
    .action(finish);
  withExamples(command, 'takeover finish');
}

async function finish(_options: object, command: Command): Promise<void> {
  await withServices(command, async ({ takeover, config }) => {
    const result = await finishTakeover(takeover, OPERATOR);
    if (!result.ok) {
      throw new CommandError(
        result.reason === 'still_telling'
          ? blockerText('still_telling')
          : 'nothing is taken over; see: tegata takeover status',
      );
    }
    const { isNew, state, honouredUntil } = result;
    print(command, { new: isNew, state, honoured_until: honouredUntil }, [
      state === 'ended'
        ? 'nothing of the plugin counts here any more'
        : `complete; what the plugin issued is honoured until ${timeText(honouredUntil, config.timeZone)}: leave its tables until then`,
    ]);
  });
}
