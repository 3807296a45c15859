import type { Command } from 'commander';
import { setMemberPassword } from '../../staff/members.ts';
import { BY_OPERATOR, print, withExamples, withServices } from '../command.ts';
import { CommandError } from '../failure.ts';
import { newPassword, PASSWORD_FAULTS, type PasswordOptions, passwordOptions } from './new-password.ts';

const FAULTS = {
  ...PASSWORD_FAULTS,
  unknown: 'no member has this login ID; see them: tegata member list',
};

export function memberPasswordCommand(group: Command): void {
  const command = group
    .command('password <login_id>')
    .description('set a member’s password; sessions and tokens of the member end')
    .action(setPassword);
  withExamples(
    passwordOptions(command),
    'member password admin',
    'member password admin --generate',
    'member password admin --password-stdin < password.txt',
  );
}

async function setPassword(loginId: string, options: PasswordOptions, command: Command): Promise<void> {
  const { password, madeUp } = await newPassword(command, options, loginId);
  await withServices(command, async ({ identity }) => {
    const outcome = await setMemberPassword(identity, loginId, password, BY_OPERATOR);
    if (outcome.kind === 'refused') throw new CommandError(FAULTS[outcome.reason]);
    const { sessionsEnded, grantsRevoked } = outcome;
    print(
      command,
      {
        login_id: loginId,
        ...(madeUp ? { password } : {}),
        sessions_ended: sessionsEnded,
        grants_revoked: grantsRevoked,
      },
      [
        `set the password of ${loginId}; ended ${sessionsEnded} session(s) and ${grantsRevoked} grant(s)`,
        ...(madeUp ? [`Password  ${password}   (shown this once)`] : []),
      ],
    );
  });
}
