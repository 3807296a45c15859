/** `tegata client …`: the API clients that OAuth管理 shows. */
import type { Command } from 'commander';
import { clientCreateCommand } from './client-create.ts';
import { clientDeleteCommand } from './client-delete.ts';
import { clientListCommand } from './client-list.ts';
import { clientRotateSecretCommand } from './client-rotate-secret.ts';
import { clientShowCommand } from './client-show.ts';
import { clientUpdateCommand } from './client-update.ts';

export function clientCommands(program: Command): void {
  const group = program.command('client').description('register, show, change and delete API clients');
  clientCreateCommand(group);
  clientListCommand(group);
  clientShowCommand(group);
  clientUpdateCommand(group);
  clientRotateSecretCommand(group);
  clientDeleteCommand(group);
}
