import type { Command } from 'commander';
import { grantsOfClient } from '../../oauth/client-list.ts';
import { print, withExamples, withServices } from '../command.ts';
import { timeText } from '../table.ts';
import { clientAnswer, clientLines, clientNamed, secretsAnswer } from './answer.ts';

export function clientShowCommand(group: Command): void {
  const command = group
    .command('show <client_id>')
    .description('one client: settings, secrets (never their text), number of live grants')
    .action(show);
  withExamples(command, 'client show 1f0c…e2 --json');
}

async function show(clientId: string, _options: unknown, command: Command): Promise<void> {
  await withServices(command, async ({ store, token, config }) => {
    const client = await clientNamed(store, clientId);
    const { total } = await grantsOfClient(token, clientId, 1);
    const secrets = client.secrets.map(
      ({ createdAt, expiresAt, lastUsedAt }) =>
        `Secret: made ${timeText(createdAt, config.timeZone)}, last used ${timeText(lastUsedAt, config.timeZone)}, valid ${
          expiresAt === null ? 'until replaced' : `until ${timeText(expiresAt, config.timeZone)}`
        }`,
    );
    const { n, more } = total;
    print(
      command,
      { ...clientAnswer(client), secrets: secretsAnswer(client), live_grants: n, live_grants_counted: !more },
      [...clientLines(client, config.timeZone), ...secrets, `Live grants: ${n}${more ? ' or more' : ''}`],
    );
  });
}
