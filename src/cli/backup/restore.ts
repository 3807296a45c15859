/** `tegata restore FILE`: a backup back into its place, while no node runs. */
import type { Command } from 'commander';
import { withExamples } from '../command.ts';
import { type ReplacingOptions, replaceByFile, replacingOptions } from './replace.ts';

type Options = ReplacingOptions & { plan?: true; keepTokens?: true };

export function restoreCommand(program: Command): void {
  const command = program
    .command('restore')
    .argument('<file>', 'a backup (tegata backup FILE)')
    .description(
      'put a backup in the place of what is here: keys, Tegata’s own tables and, where the shop is Tegata’s own, the whole ' +
        'shop. Every node is stopped first. Safe to repeat',
    )
    .option('--plan', 'change nothing; read the whole file and say what would be replaced')
    .option(
      '--keep-tokens',
      'refresh tokens go on; without it each app is approved again, since a backup does not know what was revoked after it',
    );
  replacingOptions(command).action((file: string, options: Options, self: Command) =>
    replaceByFile(self, {
      form: 'backup',
      file,
      keeps: options.keepTokens ? 'tokens' : 'nothing',
      planOnly: options.plan ?? false,
      options,
    }),
  );
  withExamples(
    command,
    'restore /mnt/backup/tegata-2026-04-01.backup --plan',
    'restore /mnt/backup/tegata-2026-04-01.backup --yes --passphrase-file /root/tegata.passphrase',
  );
}
