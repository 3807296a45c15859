/** `tegata link …`: what the login by EC-CUBE's admin (plugin tegata-link) needs on both sides. */
import type { Command } from 'commander';
import { linkAddressOf, ticketUrlOf } from '../app/sign-on.ts';
import { randomToken } from '../base/bytes.ts';
import { configOf, print, withExamples } from './command.ts';
import { facts } from './table.ts';

export function linkCommands(program: Command): void {
  const group = program
    .command('link')
    .description(
      'the login by EC-CUBE’s admin: what its plugin tegata-link and Tegata must know of each other',
    );
  withExamples(
    group
      .command('secret')
      .description('make a secret for TEGATA_LINK_SECRET and the plugin’s settings; it is kept nowhere')
      .action((_options, command: Command) => {
        const secret = randomToken();
        print(command, { secret }, [secret]);
      }),
    'link secret',
  );
  withExamples(
    group
      .command('show')
      .description('what to enter in the plugin’s settings, and where Tegata looks for the plugin')
      .action(show),
    'link show --env-file /var/www/ec-cube/.env',
  );
}

function show(_options: unknown, command: Command): void {
  const config = configOf(command);
  const [url, ticket_url] = [linkAddressOf(config), ticketUrlOf(config)];
  const configured = config.linkSecret !== undefined;
  print(
    command,
    { url, ticket_url, configured },
    facts({
      'TegataのURL (plugin)': url,
      'tickets come from': ticket_url,
      TEGATA_LINK_SECRET: configured ? 'is set' : 'is not set: nobody logs in by EC-CUBE’s admin',
    }),
  );
}
