/** `tegata member …`: the shop's staff, who log in to the admin and approve clients. */
import type { Command } from 'commander';
import { disableMember, listMembers } from '../../staff/members.ts';
import { endSessionsOfMember } from '../../staff/session.ts';
import { BY_OPERATOR, print, withExamples, withServices } from '../command.ts';
import { CommandError } from '../failure.ts';
import { table, timeText } from '../table.ts';
import { memberCreateCommand } from './member-create.ts';
import { memberPasswordCommand } from './member-password.ts';

export function memberCommands(program: Command): void {
  const group = program.command('member').description('the shop’s members: those who log in to the admin');
  memberCreateCommand(group);
  withExamples(group.command('list').description('every member').action(list), 'member list --json');
  memberPasswordCommand(group);
  withExamples(
    group
      .command('disable <login_id>')
      .description('make a member 非稼働; sessions and tokens end at once')
      .action(disable),
    'member disable tanaka',
  );
  withExamples(
    group
      .command('logout <login_id>')
      .description('end every session of a member; what the member allowed stays allowed')
      .action(logOut),
    'member logout tanaka',
  );
}

async function list(_options: unknown, command: Command): Promise<void> {
  await withServices(command, async ({ identity, config }) => {
    const answer = (await listMembers(identity)).map((member) => ({
      id: member.id,
      login_id: member.loginId,
      name: member.name,
      authority_id: member.authorityId,
      active: member.active,
      two_factor: member.twoFactor,
      last_login_at: member.lastLoginAt,
    }));
    const rows = answer.map((member) => [
      String(member.id),
      member.login_id,
      member.name ?? '',
      String(member.authority_id ?? '–'),
      member.active ? '稼働' : '非稼働',
      member.two_factor,
      timeText(member.last_login_at, config.timeZone),
    ]);
    const headings = ['ID', 'LOGIN ID', 'NAME', 'AUTHORITY', 'STATE', 'TWO-FACTOR', 'LAST LOGIN'];
    print(command, answer, table(headings, rows));
  });
}

async function disable(loginId: string, _options: unknown, command: Command): Promise<void> {
  await withServices(command, async ({ identity }) => {
    const outcome = await disableMember(identity, loginId, BY_OPERATOR);
    if (outcome.kind === 'refused') throw unknownMember(loginId);
    const { sessionsEnded, grantsRevoked } = outcome;
    print(
      command,
      { login_id: loginId, active: false, sessions_ended: sessionsEnded, grants_revoked: grantsRevoked },
      [`disabled ${loginId}; ended ${sessionsEnded} session(s) and ${grantsRevoked} grant(s)`],
    );
  });
}

async function logOut(loginId: string, _options: unknown, command: Command): Promise<void> {
  await withServices(command, async ({ identity }) => {
    const ended = await endSessionsOfMember(identity, loginId, BY_OPERATOR);
    if (ended === undefined) throw unknownMember(loginId);
    print(command, { login_id: loginId, sessions_ended: ended }, [
      `logged ${loginId} out; ended ${ended} session(s)`,
    ]);
  });
}

const unknownMember = (loginId: string): CommandError =>
  new CommandError(`no member has the login ID ${loginId}; see them: tegata member list`);
