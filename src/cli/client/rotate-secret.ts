import type { Command } from 'commander';
import { renewSecret } from '../../oauth/clients.ts';
import { OPERATOR, print, withExamples, withServices } from '../command.ts';
import { CommandError } from '../failure.ts';
import { oneFrom } from '../option-values.ts';
import { facts, timeText } from '../table.ts';
import { clientNamed } from './answer.ts';

/** Seconds that the old secret goes on working, as OAuth管理 offers them. */
const KEEP_OLD = { '0': 0, '1h': 3600, '1d': 86_400, '7d': 604_800 } as const;

type KeepOld = keyof typeof KEEP_OLD;

const CHOICES = Object.keys(KEEP_OLD) as KeepOld[];

export function clientRotateSecretCommand(group: Command): void {
  const command = group
    .command('rotate-secret <client_id>')
    .description('make a new secret, shown this once')
    .option<KeepOld>(
      '--keep-old <time>',
      `how long the old secret goes on working: ${CHOICES.join(', ')}`,
      oneFrom(CHOICES),
      '0',
    )
    .action(rotate);
  withExamples(command, 'client rotate-secret 1f0c…e2 --keep-old 1d');
}

async function rotate(clientId: string, options: { keepOld: KeepOld }, command: Command): Promise<void> {
  const keepSeconds = KEEP_OLD[options.keepOld];
  await withServices(command, async ({ store, clients, clock, config }) => {
    const client = await clientNamed(store, clientId);
    if (client.isPublic) throw new CommandError(`${clientId} is a public client: it has no secret`);
    const secret = await renewSecret(clients, clientId, keepSeconds, OPERATOR);
    if (secret === undefined) throw new CommandError(`${clientId} was deleted meanwhile`);
    const oldUntil = keepSeconds === 0 ? null : clock.now() + keepSeconds;
    print(
      command,
      {
        client_id: clientId,
        client_secret: secret,
        client_secret_expires_at: 0,
        old_secret_expires_at: oldUntil,
      },
      facts({
        'Client ID': clientId,
        'Client secret': `${secret}   (shown this once)`,
        'Old secret': oldUntil === null ? 'ended' : `valid until ${timeText(oldUntil, config.timeZone)}`,
      }),
    );
  });
}
