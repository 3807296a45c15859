/** `tegata backup FILE` and `tegata export FILE`: one state of everything that is Tegata's, sealed, while the server runs. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Manifest } from '../../app/backup/manifest.ts';
import { type TakenBackup, takeBackup } from '../../app/backup/take-backup.ts';
import { systemClock } from '../../base/clock.ts';
import { configOf, OPERATOR, print, withExamples } from '../command.ts';
import { type PassphraseOptions, passphraseOf, passphraseOption } from './passphrase.ts';
import { progress, sizeText } from './progress.ts';

type Options = PassphraseOptions & { overwrite?: true };

export function backupCommand(program: Command): void {
  const command = program
    .command('backup')
    .description(
      'write keys, Tegata’s own tables and, where the shop is Tegata’s own, the whole shop into one file, sealed with a ' +
        'passphrase; the server may go on running. Nothing of a shop’s own tables is in it: those have their own backup',
    );
  making(command, 'backup');
  withExamples(
    command,
    'backup /mnt/backup/tegata-2026-04-01.backup',
    'backup /mnt/backup/tegata.backup --overwrite --passphrase-file /root/tegata.passphrase',
  );
}

export function exportCommand(program: Command): void {
  const command = program
    .command('export')
    .description(
      'write keys and Tegata’s own tables into one file, sealed with a passphrase, from which `tegata import FILE` brings ' +
        'them into a database of any kind; the rows of a shop stay where they are',
    );
  making(command, 'export');
  withExamples(command, 'export /mnt/move/tegata.export');
}

const making = (command: Command, form: Manifest['form']): Command =>
  passphraseOption(command.argument('<file>', 'the file to write'))
    .option('--overwrite', 'replace the file when it is there; the old one stays until the new one is whole')
    .action((file: string, options: Options, self: Command) => make(self, form, file, options));

async function make(command: Command, form: Manifest['form'], file: string, options: Options): Promise<void> {
  const config = configOf(command);
  const passphrase = await passphraseOf(command, config, options, 'make');
  const shown = progress();
  const path = resolve(file);
  try {
    const taken = await takeBackup(
      { config, clock: systemClock },
      {
        form,
        file: path,
        passphrase,
        overwrite: options.overwrite ?? false,
        onBytes: (bytes) => shown.say(`${sizeText(bytes)} written`),
      },
      OPERATOR,
    );
    shown.end();
    show(command, path, taken);
  } finally {
    shown.end();
  }
}

function show(command: Command, file: string, { manifest, rows }: TakenBackup): void {
  const { size } = statSync(file);
  const total = [...rows.values()].reduce((sum, count) => sum + count, 0);
  const what = rows.size === 0 ? 'the keys and the whole shop' : `the keys and ${total} rows`;
  const answer = {
    file,
    form: manifest.form,
    bytes: size,
    made_at: manifest.madeAt,
    version: manifest.version,
    database: manifest.database,
    embedded: manifest.embedded,
    rows: Object.fromEntries(rows),
  };
  print(command, answer, [
    `${file}: ${what}, ${sizeText(size)}`,
    'Without its passphrase the file is worth nothing: keep that elsewhere.',
  ]);
}
