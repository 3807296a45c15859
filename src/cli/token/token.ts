/** `tegata token …`: what members have allowed, listed and ended. A grant is one consent with every token that came from it. */
import type { Command } from 'commander';
import { tokenListCommand } from './token-list.ts';
import { tokenRevokeCommand } from './token-revoke.ts';

export function tokenCommands(program: Command): void {
  const group = program.command('token').description('list and revoke live grants and their tokens');
  tokenListCommand(group);
  tokenRevokeCommand(group);
}
