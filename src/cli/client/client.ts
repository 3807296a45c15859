/** `tegata client …`: the API clients that OAuth管理 shows. */
import type { Command } from 'commander';
import { clientCreateCommand } from './create.ts';
import { clientDeleteCommand } from './delete.ts';
import { clientListCommand } from './list.ts';
import { clientRotateSecretCommand } from './rotate-secret.ts';
import { clientShowCommand } from './show.ts';
import { clientUpdateCommand } from './update.ts';

export function clientCommands(program: Command): void {
  const group = program.command('client').description('register, show, change and delete API clients');
  clientCreateCommand(group);
  clientListCommand(group);
  clientShowCommand(group);
  clientUpdateCommand(group);
  clientRotateSecretCommand(group);
  clientDeleteCommand(group);
}
