/** `tegata member …`: the shop's staff, who log in to the admin and approve clients. */
import type { Command } from 'commander';
import { disableMember, listMembers } from '../../staff/members.ts';
import { endSessionsOfMember } from '../../staff/session.ts';
import { BY_OPERATOR, print, sayMore, withExamples, withServices } from '../command.ts';
import { CommandError } from '../failure.ts';
import { wholeNumber } from '../option-values.ts';
import { table, timeText } from '../table.ts';
import { memberCreateCommand } from './member-create.ts';
import { memberPasswordCommand } from './member-password.ts';

const USUAL_LIMIT = 1_000;
const HIGHEST_ID = 4_294_967_295;

export function memberCommands(program: Command): void {
  const group = program.command('member').description('the shop’s members: those who log in to the admin');
  memberCreateCommand(group);
  withExamples(
    group
      .command('list')
      .description('members, in the order of the shop’s own list')
      .option('--limit <number>', 'how many at the most', wholeNumber(1, 10_000), USUAL_LIMIT)
      .option('--after <id>', 'go on behind the member of this ID', wholeNumber(1, HIGHEST_ID))
      .action(list),
    'member list --json',
    'member list --after 12',
  );
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

async function list(part: { limit: number; after?: number }, command: Command): Promise<void> {
  await withServices(command, async ({ identity, config }) => {
    const { members, more } = await listMembers(identity, part);
    const answer = members.map((member) => ({
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
    const last = members.at(-1);
    if (more && last) sayMore(String(last.id));
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
