/** `tegata takeover …`: a shop moves from EC-CUBE's Web API plugin to Tegata, and back. */
import type { Command } from 'commander';
import { takeoverApplyCommand } from './takeover-apply.ts';
import { takeoverFinishCommand } from './takeover-finish.ts';
import { takeoverPlanCommand } from './takeover-plan.ts';
import { takeoverStatusCommand } from './takeover-status.ts';
import { takeoverUndoCommand } from './takeover-undo.ts';

export function takeoverCommands(program: Command): void {
  const group = program
    .command('takeover')
    .description(
      'move the shop from EC-CUBE’s Web API plugin to Tegata while it is in use, tokens included, and back',
    );
  takeoverPlanCommand(group);
  takeoverApplyCommand(group);
  takeoverStatusCommand(group);
  takeoverUndoCommand(group);
  takeoverFinishCommand(group);
}
