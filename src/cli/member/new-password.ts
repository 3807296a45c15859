/** Where a member's new password comes from: typed unseen, piped in or made up; never an argument, which others can read. */
import type { Command } from 'commander';
import { Option } from 'commander';
import { randomToken } from '../../base/bytes.ts';
import { judgeNewPassword, NEW_PASSWORD_LENGTH, type PasswordFault } from '../../staff/rules/password.ts';
import { wrongUsage } from '../command.ts';
import { askNewPassword, isInteractive, pipedIn } from '../terminal.ts';

export type PasswordOptions = { passwordStdin?: true; generate?: true };

export type NewPassword = { readonly password: string; readonly madeUp: boolean };

const MADE_UP_BYTES = 15; // 20 characters

export const passwordOptions = (command: Command): Command =>
  command
    .option('--password-stdin', 'read the password from standard input')
    .addOption(new Option('--generate', 'make a password up and print it once').conflicts('passwordStdin'));

export async function newPassword(
  command: Command,
  options: PasswordOptions,
  loginId: string,
): Promise<NewPassword> {
  if (options.generate) return { password: madeUp(loginId), madeUp: true };
  if (options.passwordStdin) return { password: await pipedIn(), madeUp: false };
  if (!isInteractive()) wrongUsage(command, 'no terminal to type at: give --password-stdin or --generate');
  return { password: await askNewPassword(), madeUp: false };
}

/** Drawn until the rules are met: nearly always at once. */
function madeUp(loginId: string): string {
  const drawn = randomToken(MADE_UP_BYTES);
  return judgeNewPassword(drawn, { loginId, shopName: '' }) === undefined ? drawn : madeUp(loginId);
}

export const PASSWORD_FAULTS: Record<PasswordFault, string> = {
  length: `a password has ${NEW_PASSWORD_LENGTH.min} to ${NEW_PASSWORD_LENGTH.max} characters`,
  characters: 'a password has no control characters',
  common: 'this password is among the most common ones; choose another',
  'login-id': 'a password must not contain the login ID',
  'shop-name': 'a password must not contain the name of the shop',
};
