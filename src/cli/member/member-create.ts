import type { Command } from 'commander';
import { SYSTEM_ADMIN_AUTHORITY_ID } from '../../oauth/rules/scope.ts';
import { createMember } from '../../staff/members.ts';
import { BY_OPERATOR, print, withExamples, withServices } from '../command.ts';
import { CommandError } from '../failure.ts';
import { wholeNumber } from '../option-values.ts';
import { newPassword, PASSWORD_FAULTS, type PasswordOptions, passwordOptions } from './new-password.ts';

type Options = PasswordOptions & { name?: string; authority: number };

const FAULTS = {
  ...PASSWORD_FAULTS,
  'login-id': 'this login ID cannot be stored, or the password contains it',
  taken: 'a member with this login ID exists; to set the password: tegata member password',
  authority: 'the shop has no such authority (権限); 0 is システム管理者, 1 is 店舗オーナー',
};

export function memberCreateCommand(group: Command): void {
  const command = group
    .command('create <login_id>')
    .description('make a member; the password is asked for')
    .option('--name <name>', 'shown name (default: the login ID)')
    .option(
      '--authority <id>',
      '権限: 0 システム管理者 (may approve clients), 1 店舗オーナー',
      wholeNumber(0, 32_767),
      SYSTEM_ADMIN_AUTHORITY_ID,
    )
    .action(create);
  withExamples(
    passwordOptions(command),
    'member create tanaka --name 田中',
    'member create batch --authority 1 --generate --json',
  );
}

async function create(loginId: string, options: Options, command: Command): Promise<void> {
  const { password, madeUp } = await newPassword(command, options, loginId);
  await withServices(command, async ({ identity }) => {
    const { name = loginId, authority: authorityId } = options;
    const outcome = await createMember(identity, { loginId, name, authorityId, password }, BY_OPERATOR);
    if (outcome.kind === 'refused') throw new CommandError(FAULTS[outcome.reason]);
    print(
      command,
      {
        id: outcome.memberId,
        login_id: loginId,
        authority_id: options.authority,
        ...(madeUp ? { password } : {}),
      },
      [`made ${loginId}`, ...(madeUp ? [`Password  ${password}   (shown this once)`] : [])],
    );
  });
}
